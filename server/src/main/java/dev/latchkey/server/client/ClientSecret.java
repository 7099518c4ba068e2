package dev.latchkey.server.client;

import dev.latchkey.token.Algorithm;
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
    /** With HS512 a key has as many bytes as the hash (RFC 7518 §3.2): so many has this in base64url. */
    private static final int KEY_BYTES = 48;

    private static final int SECRET_BYTES = 32;

    private ClientSecret() {}

    public static String generate(SecureRandom random) {
        return generate(random, SECRET_BYTES);
    }

    /** A secret for the method: one that is the key of assertions is long enough for each of their algorithms. */
    public static String generate(SecureRandom random, AuthenticationMethod method) {
        return generate(random, method == AuthenticationMethod.CLIENT_SECRET_JWT ? KEY_BYTES : SECRET_BYTES);
    }

    private static String generate(SecureRandom random, int length) {
        byte[] bytes = new byte[length];
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

    /** Whether a secret of so many bytes is long enough to be a key of the algorithm: as long as the hash (RFC 7518 §3.2). */
    public static boolean isKeyFor(Algorithm algorithm, int bytes) {
        return switch (algorithm) {
            case HS256 -> bytes >= 32;
            case HS384 -> bytes >= 48;
            case HS512 -> bytes >= 64;
            case RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512, EdDSA -> false;
        };
    }

    private static byte[] sha256(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
