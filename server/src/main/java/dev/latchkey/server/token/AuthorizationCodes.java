package dev.latchkey.server.token;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Authorization codes as text, and the hashes by which they are kept and bound: 32 random bytes in base64url, so a code
 * cannot be guessed and the store holds nothing that could be redeemed (RFC 6749 §10.5). Safe for many threads.
 */
public final class AuthorizationCodes {
    private static final int BYTES = 32;
    private static final int CHARACTERS = 43;
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    /** RFC 7636 §4.1. */
    private static final Pattern VERIFIER = Pattern.compile("[A-Za-z0-9._~-]{43,128}");

    private AuthorizationCodes() {}

    /** A new code. */
    public static String generate(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return ENCODER.encodeToString(bytes);
    }

    /** The hash under which a code is kept; empty for what cannot be one. */
    public static Optional<String> hash(String code) {
        return code.length() == CHARACTERS ? Optional.of(HexFormat.of().formatHex(sha256(code))) : Optional.empty();
    }

    /** Whether the verifier is one and belongs to the challenge: method S256 (RFC 7636 §4.6). */
    public static boolean matches(String challenge, String verifier) {
        return VERIFIER.matcher(verifier).matches()
                && MessageDigest.isEqual(
                        challenge.getBytes(StandardCharsets.US_ASCII),
                        ENCODER.encodeToString(sha256(verifier)).getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("no SHA-256", e);
        }
    }
}
