package dev.latchkey.server.token;

import dev.latchkey.server.key.KeyRing;
import dev.latchkey.server.protocol.SessionId;
import dev.latchkey.token.Algorithm;
import dev.latchkey.token.Refusal;
import dev.latchkey.token.VerifiedToken;
import dev.latchkey.token.Verifier;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Reads ID tokens of this issuer that come back as {@code id_token_hint}. One that has expired still tells of whom it was
 * (OpenID Connect Core §3.1.2.1, RP-Initiated Logout §2), so it is proof of nothing but that it was given out. Safe for many
 * threads.
 */
public final class IdTokenHints {
    private static final int MAX_LENGTH = 8 * 1024;

    private final Verifier verifier;

    /**
     * What a hint tells.
     *
     * @param subject the {@code sub}
     * @param audience the clients it was for
     * @param sessionId the {@code sid}
     */
    public record Hint(String subject, List<String> audience, Optional<SessionId> sessionId) {}

    public IdTokenHints(String issuer, KeyRing keys, InstantSource clock) {
        this.verifier = Verifier.with(keys)
                .issuer(issuer)
                .anyAudience() // whoever asks holds it against the client
                .algorithms(keys.algorithms().stream()
                        .filter(algorithm -> !algorithm.isSymmetric())
                        .toArray(Algorithm[]::new))
                .type("JWT")
                .require("sub", "aud", "iat")
                .clock(clock)
                .evenExpired()
                .maxLength(MAX_LENGTH)
                .build();
    }

    /** What the token tells; empty where it is not an ID token of this issuer under a key that is still published. */
    public Optional<Hint> read(String text) {
        return switch (verifier.check(text)) {
            case Refusal _ -> Optional.empty();
            case VerifiedToken token ->
                Optional.of(new Hint(
                        token.subject(),
                        token.audience(),
                        Optional.ofNullable(token.string("sid"))
                                .filter(SessionId::isValid)
                                .map(SessionId::new)));
        };
    }
}
