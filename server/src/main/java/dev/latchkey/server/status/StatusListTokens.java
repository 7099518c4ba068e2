package dev.latchkey.server.status;

import dev.latchkey.server.http.EntityTag;
import dev.latchkey.server.http.Response;
import dev.latchkey.server.key.KeyRing;
import dev.latchkey.server.session.StatusIndex;
import dev.latchkey.token.Algorithm;
import dev.latchkey.token.Jwk;
import dev.latchkey.token.Jwt;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The lists as signed tokens, each made when it is asked for and kept until what it tells has changed, half of its life is over
 * or another key signs (Token Status List §5.1). Instances of one issuer give the same state the same entity tag. Safe for many
 * threads.
 */
final class StatusListTokens {
    static final String CONTENT_TYPE = "application/statuslist+jwt";

    private static final String TYPE = "statuslist+jwt";

    /** A list is good for one to two of these; an API that cannot reach the issuer can go on as long. */
    private static final Duration HALF_LIFE = Duration.ofMinutes(30);

    private static final Duration TIME_TO_LIVE = Duration.ofSeconds(5);
    private static final String CACHED = "public, max-age=1";
    private static final int TAG_BYTES = 16;

    private final String issuer;
    private final Algorithm algorithm;
    private final KeyRing keys;
    private final Revocations revocations;
    private final InstantSource clock;
    private final Map<Long, Made> kept = new ConcurrentHashMap<>();

    /**
     * What a list depends on.
     *
     * @param revoked its bits
     * @param half the number of the half-life that the present is in
     * @param key signs
     */
    private record State(BitSet revoked, long half, Jwk key) {
        /** Bits by identity: they are the same object as long as they are the same. */
        @SuppressWarnings("ReferenceEquality")
        boolean isThatOf(State other) {
            return revoked == other.revoked && half == other.half && key.keyId().equals(other.key.keyId());
        }
    }

    /**
     * A list as it is answered.
     *
     * @param state that it was made of
     * @param tag names the state
     * @param whole the answer to who does not have it
     * @param unchanged the answer to who has it
     */
    record Made(State state, EntityTag tag, Response whole, Response unchanged) {}

    StatusListTokens(String issuer, Algorithm algorithm, KeyRing keys, Revocations revocations, InstantSource clock) {
        this.issuer = issuer;
        this.algorithm = algorithm;
        this.keys = keys;
        this.revocations = revocations;
        this.clock = clock;
    }

    /** A list as it is now; empty if there is none of that number. */
    Optional<Made> find(long list) {
        Made known = kept.get(list);
        Optional<State> state = state(list);
        if (state.isEmpty() || (known != null && known.state().isThatOf(state.get()))) {
            return state.map(_ -> known);
        }
        return Optional.ofNullable(kept.compute(list, this::makeUnlessCurrent));
    }

    private Optional<State> state(long list) {
        long half = clock.instant().getEpochSecond() / HALF_LIFE.toSeconds();
        return revocations.of(list).map(revoked -> new State(revoked, half, keys.signer(algorithm)));
    }

    /** Looks once more: somebody else may have made it, of a state that came later than the one that was seen outside. */
    private @Nullable Made makeUnlessCurrent(long list, @Nullable Made known) {
        State state = state(list).orElse(null);
        return state == null || (known != null && known.state().isThatOf(state)) ? known : make(list, state);
    }

    private Made make(long list, State state) {
        Instant now = clock.instant();
        String token = Jwt.create(clock)
                .type(TYPE)
                .issuer(issuer)
                .subject(StatusIndex.uri(issuer, list))
                .issuedAt(now)
                .expiresAt(Instant.ofEpochSecond((state.half() + 2) * HALF_LIFE.toSeconds()))
                .claim("ttl", TIME_TO_LIVE.toSeconds())
                .claim("status_list", StatusList.claim(state.revoked()))
                .sign(state.key());
        EntityTag tag = tag(state);
        Response whole = Response.of(
                200,
                CONTENT_TYPE,
                token.getBytes(StandardCharsets.US_ASCII),
                "default-src 'none'; frame-ancestors 'none'");
        return new Made(state, tag, withTag(whole, tag), withTag(Response.empty(304), tag));
    }

    private static Response withTag(Response response, EntityTag tag) {
        return response.withHeader("ETag", tag.headerValue()).withHeader("Cache-Control", CACHED);
    }

    private static EntityTag tag(State state) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((state.half() + " " + state.key().keyId() + " ").getBytes(StandardCharsets.UTF_8));
            byte[] hash = digest.digest(state.revoked().toByteArray());
            return new EntityTag(
                    Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, TAG_BYTES)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is missing", e);
        }
    }
}
