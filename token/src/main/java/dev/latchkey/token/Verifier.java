package dev.latchkey.token;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks tokens against what is expected of them. It is built from every expectation there is: one that shall not be
 * checked has to be waived by name, so that none can be forgotten.
 *
 * <pre>{@code
 * Verifier verifier = Verifier.with(keys)
 *         .issuer("https://login.example")
 *         .audience("https://orders.example")
 *         .algorithms(Algorithm.ES256)
 *         .type("at+jwt")
 *         .build();
 * VerifiedToken token = verifier.verify(text);
 * }</pre>
 *
 * <p>Safe for use by many threads. Keys are found by name and algorithm in the {@link KeySource} and nowhere
 * else. The signature is checked before anything of the claims is read.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7519#section-7.2">RFC 7519 §7.2</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8725">RFC 8725, best practices for JWT</a>
 */
public final class Verifier {
    /** How far ahead of this clock another one may be when it says {@code iat}, over and above the leeway. */
    private static final Duration FUTURE_ISSUE = Duration.ofMinutes(1);

    private final Expectations expected;
    /** That of the last token that was accepted; a stranger cannot displace it. Saves a quarter of the reading. */
    private volatile CompactToken.@Nullable KnownHeader lastHeader;

    Verifier(Expectations expected) {
        this.expected = expected;
    }

    /** Begins a verifier that takes tokens signed by keys of this source. */
    public static VerifierBuilder with(KeySource keys) {
        return new VerifierBuilder(keys);
    }

    /** Begins a verifier that takes tokens signed by this key. */
    public static VerifierBuilder with(Jwk key) {
        return new VerifierBuilder(JwkSet.of(key));
    }

    /** The verified token, or why it is refused. */
    public Verification check(String token) {
        try {
            return verify(token);
        } catch (TokenRefusedException e) {
            return e.refusal();
        }
    }

    /**
     * The verified token.
     *
     * @throws TokenRefusedException if it is refused
     */
    public VerifiedToken verify(String token) {
        CompactToken.KnownHeader known = lastHeader;
        CompactToken compact = CompactToken.parse(token, expected.maxLength(), known);
        Jwk key = signingKey(compact);
        checkType(compact.header());
        Map<String, Object> claims = claimsOf(compact);
        checkTimes(claims);
        checkIssuer(claims);
        checkAudience(claims);
        for (String claim : expected.required()) {
            requireClaim(claims, claim);
        }
        for (String claim : expected.strings()) {
            if (claims.containsKey(claim) && !(claims.get(claim) instanceof String)) {
                throw CompactToken.malformed("the claim " + claim + " is not a string");
            }
        }
        if (known == null || !known.begins(token)) {
            lastHeader = compact.knownHeader();
        }
        return new VerifiedToken(compact.header(), claims, key);
    }

    private Jwk signingKey(CompactToken token) {
        Algorithm algorithm = Algorithm.find(token.algorithmName());
        if (algorithm == null || !expected.algorithms().contains(algorithm)) {
            // RFC 8725 §3.1, §3.2
            throw refused(
                    RefusalReason.UNSUPPORTED_ALGORITHM,
                    "the token is not signed with an expected algorithm: " + expected.algorithms());
        }
        List<Jwk> keys = expected.keys().find(TokenHeader.optionalText(token.header(), "kid"), algorithm);
        boolean tried = false;
        for (Jwk key : keys) {
            // a source that answers with a key of another algorithm must not decide which one is used
            if (key.algorithm() == algorithm && key.canVerify()) {
                tried = true;
                if (key.signer().verify(token.characters(), token.signedLength(), token.signature())) {
                    return key;
                }
            }
        }
        throw tried
                ? refused(RefusalReason.BAD_SIGNATURE, "the token's signature is wrong")
                : refused(RefusalReason.UNKNOWN_KEY, "the token is signed with a key that is not known here");
    }

    private void checkType(Map<String, Object> header) {
        String wanted = expected.type();
        if (wanted == null) {
            return;
        }
        String type = TokenHeader.optionalText(header, "typ");
        if (type == null || !TokenHeader.mediaType(type).equals(TokenHeader.mediaType(wanted))) {
            // RFC 8725 §3.11
            throw refused(RefusalReason.WRONG_TYPE, "the token is not of the type " + wanted);
        }
    }

    static Map<String, Object> claimsOf(CompactToken token) {
        Map<String, Object> claims = CompactToken.object(token.payload(), "payload");
        String defect = Claims.defect(claims);
        if (defect != null) {
            throw CompactToken.malformed(defect);
        }
        return claims;
    }

    private void checkTimes(Map<String, Object> claims) {
        Instant now = expected.clock().instant();
        Duration leeway = expected.leeway();
        Instant expiry = Claims.time(claims, "exp");
        if (expiry == null) {
            if (!expected.neverExpiring()) {
                throw missing("exp");
            }
        } else if (!expected.evenExpired() && !now.isBefore(expiry.plus(leeway))) {
            throw refused(RefusalReason.EXPIRED, "the token expired at " + expiry); // RFC 7519 §4.1.4
        }
        Instant start = Claims.time(claims, "nbf");
        if (start != null && now.isBefore(start.minus(leeway))) {
            throw refused(RefusalReason.NOT_YET_VALID, "the token is not valid before " + start); // RFC 7519 §4.1.5
        }
        Instant issued = Claims.time(claims, "iat");
        if (issued != null && now.isBefore(issued.minus(leeway).minus(FUTURE_ISSUE))) {
            throw refused(RefusalReason.NOT_YET_VALID, "the token was issued in the future, at " + issued);
        }
    }

    private void checkIssuer(Map<String, Object> claims) {
        String wanted = expected.issuer();
        if (wanted == null) {
            return;
        }
        requireClaim(claims, "iss");
        if (!wanted.equals(claims.get("iss"))) {
            throw refused(RefusalReason.WRONG_ISSUER, "the token was not issued by " + wanted); // RFC 8725 §3.8
        }
    }

    private void checkAudience(Map<String, Object> claims) {
        Set<String> wanted = expected.audience();
        if (wanted.isEmpty()) {
            return;
        }
        requireClaim(claims, "aud");
        for (String audience : Claims.strings(claims, "aud")) {
            if (wanted.contains(audience)) {
                return;
            }
        }
        throw refused(RefusalReason.WRONG_AUDIENCE, "the token is not for " + String.join(" or ", wanted)); // §3.9
    }

    private static void requireClaim(Map<String, Object> claims, String name) {
        Object value = claims.get(name);
        if (value == null || value.equals("")) {
            throw missing(name);
        }
    }

    private static TokenRefusedException missing(String claim) {
        return refused(RefusalReason.MISSING_CLAIM, "the token has no " + claim);
    }

    private static TokenRefusedException refused(RefusalReason reason, String message) {
        return new TokenRefusedException(reason, message);
    }
}
