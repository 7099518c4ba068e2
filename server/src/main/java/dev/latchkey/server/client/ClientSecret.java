package dev.latchkey.server.client;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Client secrets: made with 256 random bits, kept as SHA-256, compared in constant time. A fast hash is enough since there
 * is nothing to guess; a secret from the configuration file is the operator's choice.
 */
public final class ClientSecret {
    private static final int SECRET_BYTES = 32;

    private ClientSecret() {}

    public static String generate(SecureRandom random) {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** What the store keeps: SHA-256 in lower-case hexadecimal, 64 characters. */
    public static String hash(String secret) {
        return HexFormat.of().formatHex(sha256(secret));
    }

    public static boolean matches(String secret, String hash) {
        return MessageDigest.isEqual(sha256(secret), HexFormat.of().parseHex(hash));
    }

    private static byte[] sha256(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
