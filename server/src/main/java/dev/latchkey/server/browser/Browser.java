package dev.latchkey.server.browser;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A browser, told from others by the secret in its cookie. The secret also makes its form tokens, so that a form which was
 * not given to this very browser is refused, before a login as much as after it. Immutable.
 */
public final class Browser {
    static final int SECRET_BYTES = 32;
    private static final int CHARACTERS = 43;
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private final byte[] secret;

    Browser(byte[] secret) {
        this.secret = secret;
    }

    static Optional<Browser> ofCookie(String value) {
        if (value.length() != CHARACTERS) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Browser(Base64.getUrlDecoder().decode(value)));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    String cookie() {
        return ENCODER.encodeToString(secret);
    }

    /** Under which its sessions are kept: the SHA-256 of the secret, which is no secret. */
    public String key() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(secret));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("no SHA-256", e);
        }
    }

    /** A token that only this browser can have been given, and only for this purpose. */
    public String token(String purpose) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return ENCODER.encodeToString(mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 failed", e);
        }
    }

    /** Whether the token is that of this browser for the purpose. */
    public boolean proves(String token, String purpose) {
        return MessageDigest.isEqual(
                token.getBytes(StandardCharsets.UTF_8), token(purpose).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "Browser";
    }
}
