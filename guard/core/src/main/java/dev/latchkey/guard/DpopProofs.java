package dev.latchkey.guard;

import dev.latchkey.token.Algorithm;
import dev.latchkey.token.Jwk;
import dev.latchkey.token.JwkSet;
import dev.latchkey.token.TokenRefusedException;
import dev.latchkey.token.UnverifiedToken;
import dev.latchkey.token.VerifiedToken;
import dev.latchkey.token.Verifier;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks DPoP proofs (RFC 9449 §4.3) and takes each only once. Safe for many threads. */
final class DpopProofs {
    /** How old a proof may be: it is made for one request. */
    private static final Duration LIFE = Duration.ofSeconds(30);
    /** How far ahead the sender's clock may be. */
    private static final Duration AHEAD = Duration.ofSeconds(10);

    private static final Set<Algorithm> ALGORITHMS = EnumSet.of(
            Algorithm.ES256, Algorithm.ES384, Algorithm.ES512, Algorithm.EdDSA, Algorithm.RS256, Algorithm.PS256);
    private static final int MAX_LENGTH = 8 * 1024;
    private static final Set<String> PRIVATE_MEMBERS = Set.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");

    private final InstantSource clock;
    private final @Nullable String publicOrigin;
    private final UsedProofs used;

    /** @param publicOrigin scheme and host that clients see, where a proxy changes them; null where it is the request's own */
    DpopProofs(InstantSource clock, @Nullable String publicOrigin) {
        this.clock = clock;
        this.publicOrigin = publicOrigin;
        this.used = new UsedProofs(LIFE.plus(AHEAD), UsedProofs.DEFAULT_ROOM);
    }

    /** The algorithms of {@code algs} in a challenge (RFC 9449 §7.1). */
    static String algorithms() {
        return ALGORITHMS.stream().map(Algorithm::name).collect(Collectors.joining(" "));
    }

    /**
     * @param keyThumbprint of the key that the token is bound to
     * @throws RefusedException if the request has no proof by that key for this very request and token
     */
    void check(GuardRequest request, String accessToken, String keyThumbprint, Challenges challenges) {
        List<String> headers = request.headers("DPoP");
        if (headers.size() != 1) {
            throw challenges.invalidProof("There has to be one DPoP proof");
        }
        Jwk key;
        VerifiedToken proof;
        try {
            String text = headers.get(0).strip();
            key = embeddedKey(text);
            if (!key.thumbprint().equals(keyThumbprint)) {
                throw challenges.invalidToken("The access token belongs to another key"); // RFC 9449 §7.1
            }
            proof = verifier(key).verify(text);
        } catch (TokenRefusedException | IllegalArgumentException | IllegalStateException e) {
            throw challenges.invalidProof("The DPoP proof is malformed or its signature is wrong");
        }
        checkRequest(proof, request, challenges);
        byte[] digest = SenderProofs.sha256(accessToken.getBytes(StandardCharsets.US_ASCII));
        String hash = Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        if (!hash.equals(proof.string("ath"))) {
            throw challenges.invalidProof("The DPoP proof is for another access token");
        }
        checkFresh(proof, keyThumbprint, challenges);
    }

    private static Jwk embeddedKey(String proof) {
        if (proof.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("too long");
        }
        if (!(UnverifiedToken.parse(proof).header().get("jwk") instanceof Map<?, ?> members)
                || members.keySet().stream().anyMatch(PRIVATE_MEMBERS::contains)) {
            throw new IllegalArgumentException("no public key"); // RFC 9449 §4.3, 7
        }
        @SuppressWarnings("unchecked") // JSON's names are strings
        Map<String, ?> named = (Map<String, ?>) members;
        return Jwk.of(named);
    }

    private Verifier verifier(Jwk key) {
        // it brings its own key, so who made it is told by the key alone
        return Verifier.with(JwkSet.of(key))
                .algorithms(ALGORITHMS.toArray(Algorithm[]::new))
                .type("dpop+jwt")
                .anyIssuer()
                .anyAudience()
                .neverExpiring()
                .require("jti", "htm", "htu", "iat", "ath")
                .clock(clock)
                .maxLength(MAX_LENGTH)
                .build();
    }

    private void checkRequest(VerifiedToken proof, GuardRequest request, Challenges challenges) {
        if (!request.method().equals(proof.string("htm"))) {
            throw challenges.invalidProof("The DPoP proof is for another method");
        }
        String sent = proof.string("htu");
        if (sent == null || !TargetUri.same(sent, request.url(), publicOrigin)) {
            throw challenges.invalidProof("The DPoP proof is for another address");
        }
    }

    private void checkFresh(VerifiedToken proof, String keyThumbprint, Challenges challenges) {
        Instant now = clock.instant();
        Instant made = proof.issuedAt();
        if (made == null || made.isBefore(now.minus(LIFE)) || made.isAfter(now.plus(AHEAD))) {
            throw challenges.invalidProof("The DPoP proof was not made just now"); // RFC 9449 §4.3, 11
        }
        // RFC 9449 §11.1: the name of a proof is unique within its key only
        String name = keyThumbprint + ' ' + proof.id();
        switch (used.use(SenderProofs.sha256(name.getBytes(StandardCharsets.UTF_8)), now)) {
            case FIRST -> {}
            case AGAIN -> throw challenges.invalidProof("The DPoP proof was used before");
            case NO_ROOM -> throw Challenges.unavailable("There are too many requests", LIFE);
        }
    }
}
