package dev.latchkey.token;

import java.math.BigInteger;

/** Big-endian bytes of a number that is never negative, as JWK writes them (RFC 7518 §2). */
final class UnsignedNumber {
    private UnsignedNumber() {}

    /** As few bytes as it takes. */
    static byte[] bytes(BigInteger number) {
        return bytes(number, Math.max(1, (number.bitLength() + 7) / 8));
    }

    /** Exactly this many bytes. */
    static byte[] bytes(BigInteger number, int length) {
        byte[] signed = number.toByteArray();
        byte[] bytes = new byte[length];
        int kept = Math.min(signed.length, length);
        System.arraycopy(signed, signed.length - kept, bytes, length - kept, kept);
        return bytes;
    }
}
