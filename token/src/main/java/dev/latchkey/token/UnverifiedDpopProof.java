package dev.latchkey.token;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A DPoP proof that says what a proof for a request has to say, and whose signature was not checked: anybody may have written it.
 * When it was made can be judged before {@link #verify} does what costs most (RFC 9449 §4.3). Immutable.
 */
public final class UnverifiedDpopProof {
    private static final String TYPE = "dpop+jwt";
    private static final int MAX_LENGTH = 8 * 1024;
    /** Of an RSA modulus in base64url: 4096 bits. Larger ones would cost more to check than anybody needs. */
    private static final int MAX_MODULUS_LENGTH = 683;

    private static final Set<String> PRIVATE_MEMBERS = Set.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");

    private final String text;
    private final Jwk key;
    private final Map<String, Object> claims;
    private final Instant issuedAt;

    private UnverifiedDpopProof(String text, Jwk key, Map<String, Object> claims, Instant issuedAt) {
        this.text = text;
        this.key = key;
        this.claims = claims;
        this.issuedAt = issuedAt;
    }

    /**
     * Reads the proof of a request, and checks all but its signature and its time.
     *
     * @param headers the values of the DPoP header fields, as many as there are
     * @throws DpopRefusedException if there is not one, or it is not a proof for this request
     */
    public static UnverifiedDpopProof read(List<String> headers, DpopRequest request) {
        if (headers.size() != 1) {
            throw refused(headers.isEmpty() ? DpopRefusal.MISSING : DpopRefusal.SEVERAL); // §4.3, 1
        }
        String text = headers.get(0).strip();
        if (text.length() > MAX_LENGTH) {
            throw refused(DpopRefusal.MALFORMED);
        }
        UnverifiedDpopProof proof;
        try {
            UnverifiedToken token = UnverifiedToken.parse(text);
            Jwk key = embeddedKey(token.header());
            checkType(token.header());
            proof = new UnverifiedDpopProof(text, key, token.claims(), checkClaims(token.claims()));
        } catch (TokenRefusedException | IllegalArgumentException | IllegalStateException e) {
            throw refused(DpopRefusal.MALFORMED);
        }
        proof.checkRequest(request);
        return proof;
    }

    private static Jwk embeddedKey(Map<String, Object> header) {
        Algorithm algorithm = Algorithm.find(String.valueOf(header.get("alg")));
        if (algorithm == null || !DpopProof.ALGORITHMS.contains(algorithm)) { // §4.3, 5
            throw refused(DpopRefusal.UNSUPPORTED_ALGORITHM);
        }
        if (!(header.get("jwk") instanceof Map<?, ?> members)
                || members.keySet().stream().anyMatch(PRIVATE_MEMBERS::contains)
                || (members.get("n") instanceof String modulus && modulus.length() > MAX_MODULUS_LENGTH)) {
            throw refused(DpopRefusal.MALFORMED); // §4.3, 7
        }
        @SuppressWarnings("unchecked") // JSON's names are strings
        Map<String, ?> named = (Map<String, ?>) members;
        return Jwk.of(named);
    }

    private static void checkType(Map<String, Object> header) {
        String type = TokenHeader.optionalText(header, "typ");
        if (type == null || !TokenHeader.mediaType(type).equals(TokenHeader.mediaType(TYPE))) { // §4.3, 4
            throw refused(DpopRefusal.MALFORMED);
        }
    }

    /** Checks that those are there that a proof has to have (RFC 9449 §4.2), and are texts; returns its time. */
    private static Instant checkClaims(Map<String, Object> claims) {
        Instant issuedAt = Claims.time(claims, "iat");
        boolean complete = issuedAt != null
                && List.of("jti", "htm", "htu").stream()
                        .allMatch(name -> claims.get(name) instanceof String value && !value.isEmpty());
        boolean texts = List.of("ath", "nonce").stream()
                .allMatch(name -> !claims.containsKey(name) || claims.get(name) instanceof String);
        if (issuedAt == null || !complete || !texts) {
            throw refused(DpopRefusal.MALFORMED); // §4.3, 3
        }
        return issuedAt;
    }

    private void checkRequest(DpopRequest request) {
        if (request.keyThumbprint() != null && !request.keyThumbprint().equals(key.thumbprint())) {
            throw refused(DpopRefusal.OTHER_KEY);
        }
        if (!request.method().equals(claims.get("htm"))) { // §4.3, 8
            throw refused(DpopRefusal.OTHER_METHOD);
        }
        if (!TargetUri.same(String.valueOf(claims.get("htu")), request.address())) { // §4.3, 9
            throw refused(DpopRefusal.OTHER_ADDRESS);
        }
        String accessToken = request.accessToken();
        if (accessToken != null && !hash(accessToken).equals(claims.get("ath"))) { // §4.3, 12
            throw refused(DpopRefusal.OTHER_TOKEN);
        }
    }

    private static String hash(String accessToken) {
        return Base64Url.encode(DpopProof.sha256(accessToken.getBytes(StandardCharsets.UTF_8)));
    }

    /** The nonce that its maker was given, if it says one (RFC 9449 §8). */
    public @Nullable String nonce() {
        return claims.get("nonce") instanceof String nonce ? nonce : null;
    }

    /** When it was made, as its maker says. */
    public Instant issuedAt() {
        return issuedAt;
    }

    /**
     * Whether it was made just now (RFC 9449 §4.3, 11).
     *
     * @param life how old it may be
     * @param ahead how far its maker's clock may be ahead
     */
    public boolean isFresh(Instant now, Duration life, Duration ahead) {
        Instant expiresAt = Claims.time(claims, "exp"); // none is asked for, but where one is given it is meant
        return !issuedAt.isBefore(now.minus(life))
                && !issuedAt.isAfter(now.plus(ahead))
                && (expiresAt == null || now.isBefore(expiresAt));
    }

    /**
     * Checks its signature.
     *
     * @throws DpopRefusedException if it was not signed by the key that it brings
     */
    public DpopProof verify() {
        try {
            VerifiedToken token = verifier().verify(text);
            return new DpopProof(key.thumbprint(), String.valueOf(token.id()), this);
        } catch (TokenRefusedException e) {
            throw refused(
                    e.reason() == RefusalReason.BAD_SIGNATURE ? DpopRefusal.BAD_SIGNATURE : DpopRefusal.MALFORMED);
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw refused(DpopRefusal.MALFORMED);
        }
    }

    /** Who made it is told by the key alone; when it was made is for its taker to judge, so here it is taken at its word. */
    private Verifier verifier() {
        JwkSet keys = JwkSet.of(key);
        return Verifier.with((kid, algorithm) -> keys.find(null, algorithm))
                .algorithms(DpopProof.ALGORITHMS.toArray(new Algorithm[0]))
                .type(TYPE)
                .anyIssuer()
                .anyAudience()
                .neverExpiring()
                .evenExpired()
                .require("jti")
                .clock(() -> issuedAt)
                .maxLength(MAX_LENGTH)
                .build();
    }

    private static DpopRefusedException refused(DpopRefusal refusal) {
        return new DpopRefusedException(refusal);
    }
}
