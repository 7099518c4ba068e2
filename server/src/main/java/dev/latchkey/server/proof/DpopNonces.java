package dev.latchkey.server.proof;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The nonces that makers of proofs are given (RFC 9449 §8, §9): the second in which one was given out, and an HMAC-SHA256 of
 * it, in base64url. Nothing is stored, and every instance of an issuer takes what another gave out. Safe for many threads.
 */
public final class DpopNonces {
    /** How long one can be used. A new one comes with every answer, so who goes on asking always has one. */
    public static final Duration LIFE = Duration.ofMinutes(2);

    /** How far apart the clocks of two instances may be. */
    static final Duration SKEW = Duration.ofSeconds(10);

    private static final int MAC_BYTES = 16;
    private static final int BYTES = Long.BYTES + MAC_BYTES;
    private static final int CHARACTERS = BYTES / 3 * 4;
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private final SecretKeySpec key;
    private final InstantSource clock;

    /** @param secret of the issuer, the same on all its instances */
    public DpopNonces(byte[] secret, InstantSource clock) {
        this.key = new SecretKeySpec(secret, "HmacSHA256");
        this.clock = clock;
    }

    /** The nonce of this second. */
    public String current() {
        return nonce(clock.instant().getEpochSecond());
    }

    private String nonce(long second) {
        byte[] bytes = ByteBuffer.allocate(BYTES).putLong(second).array();
        System.arraycopy(mac(bytes), 0, bytes, Long.BYTES, MAC_BYTES);
        return ENCODER.encodeToString(bytes);
    }

    /** When the nonce was given out; empty for one that was not given out by this issuer, or is too old. */
    Optional<Instant> givenOutAt(String nonce) {
        if (nonce.length() != CHARACTERS) {
            return Optional.empty();
        }
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(nonce.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
        if (!MessageDigest.isEqual(mac(bytes), Arrays.copyOfRange(bytes, Long.BYTES, BYTES))) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        return Optional.of(Instant.ofEpochSecond(ByteBuffer.wrap(bytes).getLong()))
                .filter(at -> !at.isBefore(now.minus(LIFE)) && !at.isAfter(now.plus(SKEW)));
    }

    private byte[] mac(byte[] bytes) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update(bytes, 0, Long.BYTES);
            return Arrays.copyOf(mac.doFinal(), MAC_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 failed", e);
        }
    }
}
