package dev.latchkey.token;

import java.util.Map;

/**
 * A token that was read and not verified: anybody may have written it. For inspection, and for finding out which key or
 * issuer to ask; only a {@link Verifier} can say that it is true.
 *
 * <p>Immutable. It is as well-formed as a verified one has to be.
 */
public final class UnverifiedToken {
    private final Map<String, Object> header;
    private final Map<String, Object> claims;

    private UnverifiedToken(Map<String, Object> header, Map<String, Object> claims) {
        this.header = header;
        this.claims = claims;
    }

    /**
     * Reads a token of up to 16 KiB.
     *
     * @throws TokenRefusedException as {@link RefusalReason#MALFORMED}
     */
    public static UnverifiedToken parse(String token) {
        CompactToken compact = CompactToken.parse(token, CompactToken.DEFAULT_MAX_LENGTH);
        return new UnverifiedToken(compact.header(), Verifier.claimsOf(compact));
    }

    /** The JOSE header; unmodifiable. */
    public Map<String, Object> header() {
        return header;
    }

    /** What the token claims; unmodifiable. */
    public Map<String, Object> claims() {
        return claims;
    }
}
