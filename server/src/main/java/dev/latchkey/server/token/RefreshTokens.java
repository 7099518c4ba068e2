package dev.latchkey.server.token;

import dev.latchkey.server.protocol.SessionId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Refresh tokens as text: version ‖ session id ‖ generation ‖ HMAC-SHA256, in base64url (76 characters). The store keeps no
 * part of it that could be used, and a forged one is refused without touching the store. The same session and generation
 * always give the same text: that is how a repeated refresh gets the same successor. Immutable, safe for many threads.
 */
public final class RefreshTokens {
    private static final byte VERSION = 1;
    private static final int SIGNED_BYTES = 1 + SessionId.BYTES + Long.BYTES;
    private static final int BYTES = SIGNED_BYTES + 32;
    private static final int CHARACTERS = BYTES / 3 * 4;
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private final SecretKeySpec key;

    public RefreshTokens(byte[] secret) {
        this.key = new SecretKeySpec(secret, "HmacSHA256");
    }

    public String encode(RefreshToken token) {
        byte[] bytes = ByteBuffer.allocate(BYTES)
                .put(VERSION)
                .put(token.sessionId().bytes())
                .putLong(token.generation())
                .array();
        System.arraycopy(mac(bytes), 0, bytes, SIGNED_BYTES, BYTES - SIGNED_BYTES);
        return ENCODER.encodeToString(bytes);
    }

    /** Reads a refresh token; empty for everything that {@link #encode} did not write, letter by letter. */
    public Optional<RefreshToken> decode(String text) {
        if (text.length() != CHARACTERS) {
            return Optional.empty();
        }
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(text.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
        if (bytes.length != BYTES || bytes[0] != VERSION) {
            return Optional.empty();
        }
        if (!MessageDigest.isEqual(mac(bytes), Arrays.copyOfRange(bytes, SIGNED_BYTES, BYTES))) {
            return Optional.empty();
        }
        ByteBuffer fields = ByteBuffer.wrap(bytes, 1, SIGNED_BYTES - 1);
        byte[] id = new byte[SessionId.BYTES];
        fields.get(id);
        return Optional.of(new RefreshToken(SessionId.of(id), fields.getLong()));
    }

    private byte[] mac(byte[] bytes) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update(bytes, 0, SIGNED_BYTES);
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 failed", e);
        }
    }
}
