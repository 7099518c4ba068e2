package dev.latchkey.token;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;

/** The little DER it takes to put old OpenSSL key formats into the PKCS#8 envelope that JCA reads. */
final class Der {
    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    private static final int CURVE_OF_SEC1 = 0xa0;
    private static final byte[] VERSION_0 = {2, 1, 0};
    private static final byte[] RSA_ENCRYPTION = HexFormat.of().parseHex("300d06092a864886f70d0101010500");
    private static final byte[] EC_PUBLIC_KEY = HexFormat.of().parseHex("06072a8648ce3d0201");

    private Der() {}

    /** RFC 8017 §A.1.2 into RFC 5208 §5. */
    static byte[] pkcs1ToPkcs8(byte[] key) {
        return element(SEQUENCE, VERSION_0, RSA_ENCRYPTION, element(OCTETS, key));
    }

    /** RFC 5915 §3 into RFC 5208 §5. */
    static byte[] sec1ToPkcs8(byte[] key, Curve curve) {
        byte[] identifier = HexFormat.of().parseHex(curve.objectIdentifierDer());
        byte[] named = element(CURVE_OF_SEC1, identifier);
        if (!contains(key, named)) {
            // the number alone would fit any curve of its length
            throw new IllegalArgumentException("the key is not on the curve " + curve.jwkName());
        }
        return element(SEQUENCE, VERSION_0, element(SEQUENCE, EC_PUBLIC_KEY, identifier), element(OCTETS, key));
    }

    private static boolean contains(byte[] bytes, byte[] part) {
        for (int i = 0; i + part.length <= bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
                return true;
            }
        }
        return false;
    }

    private static byte[] element(int tag, byte[]... contents) {
        int length = 0;
        for (byte[] content : contents) {
            length += content.length;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(length + 5);
        out.write(tag);
        if (length >= 0x80) {
            int size = length < 0x100 ? 1 : length < 0x10000 ? 2 : 3;
            out.write(0x80 | size);
            for (int shift = 8 * (size - 1); shift > 0; shift -= 8) {
                out.write(length >> shift);
            }
        }
        out.write(length);
        for (byte[] content : contents) {
            out.writeBytes(content);
        }
        return out.toByteArray();
    }
}
