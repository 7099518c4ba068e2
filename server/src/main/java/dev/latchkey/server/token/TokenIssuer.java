package dev.latchkey.server.token;

import dev.latchkey.server.client.Client;
import dev.latchkey.server.protocol.GrantType;
import dev.latchkey.server.protocol.Scope;
import dev.latchkey.server.protocol.SessionId;
import dev.latchkey.server.session.Session;
import dev.latchkey.server.user.User;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes the tokens that a grant has decided on. Stores nothing: a session that it begins and a generation that it puts into
 * a refresh token are stored by the caller, before the answer is sent. Safe for many threads.
 */
public final class TokenIssuer {
    private static final String OPENID = "openid";

    private final String issuer;
    private final TokenSettings settings;
    private final AccessTokens accessTokens;
    private final RefreshTokens refreshTokens;
    private final InstantSource clock;
    private final SecureRandom random;

    /**
     * What a client may be given, decided by a grant.
     *
     * @param client whom
     * @param scope granted
     * @param audience granted
     */
    public record Granted(Client client, Scope scope, List<String> audience) {}

    public TokenIssuer(String issuer, TokenSettings settings, Crypto crypto, InstantSource clock, SecureRandom random) {
        this.issuer = issuer;
        this.settings = settings;
        this.accessTokens = crypto.accessTokens();
        this.refreshTokens = crypto.refreshTokens();
        this.clock = clock;
        this.random = random;
    }

    /** The two kinds of token that there are. */
    public record Crypto(AccessTokens accessTokens, RefreshTokens refreshTokens) {}

    /** A token for the client itself: no session, no refresh token (RFC 6749 §4.4.3). */
    public TokenResponse issue(Granted granted) {
        Duration lifetime = settings.accessLifetime();
        String accessToken = accessTokens.issue(content(granted, granted.audience(), lifetime));
        return new TokenResponse(accessToken, lifetime, Optional.empty(), granted.scope());
    }

    /** A session that begins now, its refresh token at generation 1. */
    public Session begin(Granted granted, User user) {
        byte[] id = new byte[SessionId.BYTES];
        random.nextBytes(id);
        Instant now = clock.instant();
        return new Session(
                SessionId.of(id),
                user.id(),
                granted.client().id(),
                granted.scope(),
                granted.audience().stream()
                        .filter(resource -> !resource.equals(issuer))
                        .toList(),
                user.credentialVersion(),
                now,
                now,
                now,
                expiresAt(now, now),
                1,
                now,
                Optional.empty());
    }

    /** When a session begun at one instant and used at another ends unless it is used again. */
    public Instant expiresAt(Instant begun, Instant used) {
        Instant last = begun.plus(settings.sessionMaxLifetime());
        Instant next = used.plus(settings.refreshLifetime());
        return next.isBefore(last) ? next : last;
    }

    /** Tokens of a session; with a refresh token of the generation where the client may refresh. */
    public TokenResponse issue(Granted granted, User user, Session session, long generation) {
        Duration lifetime = lifetimeWithin(session);
        String accessToken = accessTokens.issue(content(granted, audience(granted), lifetime), session, user);
        Optional<String> refreshToken = granted.client().mayUse(GrantType.REFRESH_TOKEN)
                ? Optional.of(refreshTokens.encode(new RefreshToken(session.id(), generation)))
                : Optional.empty();
        return new TokenResponse(accessToken, lifetime, refreshToken, granted.scope());
    }

    private static AccessTokens.Content content(Granted granted, List<String> audience, Duration lifetime) {
        return new AccessTokens.Content(granted.client().id().value(), granted.scope(), audience, lifetime);
    }

    /** An API that asks nobody cannot see the longest life of a session end, so its tokens end no later. */
    private Duration lifetimeWithin(Session session) {
        Duration left = Duration.between(clock.instant(), session.createdAt().plus(settings.sessionMaxLifetime()));
        return left.compareTo(settings.accessLifetime()) < 0 ? left : settings.accessLifetime();
    }

    /** With {@code openid} the token is for the user info endpoint as well, which is the issuer's own resource. */
    private List<String> audience(Granted granted) {
        if (!granted.scope().contains(OPENID) || granted.audience().contains(issuer)) {
            return granted.audience();
        }
        List<String> audience = new ArrayList<>(granted.audience());
        audience.add(issuer);
        return audience;
    }
}
