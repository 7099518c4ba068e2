package dev.latchkey.server.token;

import dev.latchkey.server.protocol.ClientId;
import dev.latchkey.server.protocol.KeyThumbprint;
import dev.latchkey.server.protocol.Scope;
import dev.latchkey.server.protocol.SessionId;
import dev.latchkey.token.VerifiedToken;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An access token of this issuer whose signature, type, issuer and times are right (RFC 9068). Whether it still counts is
 * {@link TokenStatus}' to say.
 *
 * @param token as verified, with all its claims
 * @param id its {@code jti}
 * @param subject the user's id, or the client's where there is no user
 * @param clientId whom it was issued to
 * @param scope may be empty
 * @param audience whom it is meant for; at least one
 * @param sessionId the session of the user; empty where there is no user
 * @param expiresAt its {@code exp}
 * @param key that it is bound to; empty for a bearer token
 */
public record AccessToken(
        VerifiedToken token,
        String id,
        String subject,
        ClientId clientId,
        Scope scope,
        List<String> audience,
        Optional<SessionId> sessionId,
        Instant expiresAt,
        Optional<KeyThumbprint> key) {
    /** The {@code typ} header of access tokens (RFC 9068 §2.1). */
    public static final String TYPE = "at+jwt";

    /**
     * Reads the claims. Empty where they are not as this issuer writes them, which happens where an API that shares an HMAC
     * secret with it signed the token.
     */
    static Optional<AccessToken> of(VerifiedToken token) {
        try {
            return Optional.of(new AccessToken(
                    token,
                    claim(token, "jti"),
                    claim(token, "sub"),
                    new ClientId(claim(token, "client_id")),
                    Scope.stored(Optional.ofNullable(token.string("scope")).orElse("")),
                    token.audience(),
                    Optional.ofNullable(token.string("sid")).map(SessionId::new),
                    Objects.requireNonNull(token.expiresAt(), "the verifier asks for exp"),
                    key(token.claims().get("cnf"))));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static Optional<KeyThumbprint> key(@Nullable Object confirmation) {
        if (confirmation == null) {
            return Optional.empty();
        }
        if (confirmation instanceof Map<?, ?> members
                && members.size() == 1
                && members.get("jkt") instanceof String jkt) {
            return Optional.of(new KeyThumbprint(jkt));
        }
        throw new IllegalArgumentException("cnf has a member that is not understood"); // RFC 7800 §3.1
    }

    private static String claim(VerifiedToken token, String name) {
        String value = token.string(name);
        if (value == null) {
            throw new IllegalArgumentException(name + " is not a string");
        }
        return value;
    }
}
