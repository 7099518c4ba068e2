package dev.latchkey.guard;

import dev.latchkey.token.Algorithm;
import dev.latchkey.token.DpopProof;
import dev.latchkey.token.DpopRefusal;
import dev.latchkey.token.DpopRefusedException;
import dev.latchkey.token.DpopRequest;
import dev.latchkey.token.UnverifiedDpopProof;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks DPoP proofs (RFC 9449 §4.3) and takes each only once. Safe for many threads. */
final class DpopProofs {
    /** How old a proof may be: it is made for one request. */
    private static final Duration LIFE = Duration.ofSeconds(30);
    /** How far ahead the sender's clock may be. */
    private static final Duration AHEAD = Duration.ofSeconds(10);

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
        return DpopProof.ALGORITHMS.stream().map(Algorithm::name).collect(Collectors.joining(" "));
    }

    /**
     * @param keyThumbprint of the key that the token is bound to
     * @throws RefusedException if the request has no proof by that key for this very request and token
     */
    void check(GuardRequest request, String accessToken, String keyThumbprint, Challenges challenges) {
        DpopProof proof;
        Instant now = clock.instant();
        try {
            DpopRequest asked = DpopRequest.forTokens(request.method(), address(request.url()));
            UnverifiedDpopProof read =
                    UnverifiedDpopProof.read(request.headers(DpopProof.HEADER), asked.with(accessToken, keyThumbprint));
            if (!read.isFresh(now, LIFE, AHEAD)) {
                throw refused(DpopRefusal.NOT_FRESH, challenges);
            }
            proof = read.verify();
        } catch (DpopRefusedException e) {
            throw refused(e.refusal(), challenges);
        }
        switch (used.use(proof.digest(), now)) {
            case FIRST -> {}
            case AGAIN -> throw refused(DpopRefusal.USED_BEFORE, challenges);
            case NO_ROOM -> throw Challenges.unavailable("There are too many requests", LIFE);
        }
    }

    private static RefusedException refused(DpopRefusal refusal, Challenges challenges) {
        return refusal == DpopRefusal.OTHER_KEY
                ? challenges.invalidToken("The access token belongs to another key") // RFC 9449 §7.1
                : challenges.invalidProof(refusal.sentence());
    }

    /** The address that clients see; empty, which no proof is for, where what was asked cannot be made out. */
    private String address(String url) {
        if (publicOrigin == null) {
            return url;
        }
        try {
            int query = url.indexOf('?'); // browsers send queries that are not as RFC 3986 has them
            URI asked = URI.create(query < 0 ? url : url.substring(0, query));
            URI seen = URI.create(publicOrigin);
            return seen.getScheme() + "://" + seen.getRawAuthority() + asked.getRawPath();
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
