package dev.latchkey.token;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A token that met every expectation of a {@link Verifier}, which alone can make one. Immutable. */
public final class VerifiedToken implements Verification {
    private final Map<String, Object> header;
    private final Map<String, Object> claims;
    private final Jwk key;

    VerifiedToken(Map<String, Object> header, Map<String, Object> claims, Jwk key) {
        this.header = header;
        this.claims = claims;
        this.key = key;
    }

    /** The JOSE header; unmodifiable. */
    public Map<String, Object> header() {
        return header;
    }

    /** All claims, numbers and lists as {@link Json} reads them; unmodifiable. */
    public Map<String, Object> claims() {
        return claims;
    }

    /** The name of the key that signed it. */
    public String keyId() {
        return key.keyId();
    }

    /** The algorithm it was signed with. */
    public Algorithm algorithm() {
        return key.algorithm();
    }

    /**
     * Whom the token is about, {@code sub}.
     *
     * @throws IllegalStateException if it does not say; have the verifier require {@code sub} where one is needed
     */
    public String subject() {
        String subject = string("sub");
        if (subject == null) {
            throw new IllegalStateException("the token has no sub, and its verifier does not require one");
        }
        return subject;
    }

    /** Who issued it, {@code iss}. */
    public @Nullable String issuer() {
        return string("iss");
    }

    /** Whom it is for, {@code aud}; empty if it does not say. */
    public List<String> audience() {
        return strings("aud");
    }

    /** The first moment at which it is no longer valid, {@code exp}. */
    public @Nullable Instant expiresAt() {
        return Claims.time(claims, "exp");
    }

    /** When it was made, {@code iat}. */
    public @Nullable Instant issuedAt() {
        return Claims.time(claims, "iat");
    }

    /** Its own name, {@code jti}. */
    public @Nullable String id() {
        return string("jti");
    }

    /** The claim of this name if it is a string. */
    public @Nullable String string(String claim) {
        return claims.get(claim) instanceof String text ? text : null;
    }

    /** The strings of the claim of this name: of a list, or the one that it is; empty if there is none. */
    public List<String> strings(String claim) {
        return Claims.strings(claims, claim);
    }
}
