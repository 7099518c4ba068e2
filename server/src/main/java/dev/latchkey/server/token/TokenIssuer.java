package dev.latchkey.server.token;

import dev.latchkey.server.client.Client;
import dev.latchkey.server.protocol.BrowserSessionId;
import dev.latchkey.server.protocol.GrantType;
import dev.latchkey.server.protocol.KeyThumbprint;
import dev.latchkey.server.protocol.Scope;
import dev.latchkey.server.protocol.SessionId;
import dev.latchkey.server.protocol.UserId;
import dev.latchkey.server.session.RequestedClaims;
import dev.latchkey.server.session.Session;
import dev.latchkey.server.session.StatusIndexes;
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
    private final IdTokens idTokens;
    private final Subjects subjects;
    private final Beginning beginning;
    private final InstantSource clock;

    /**
     * What a client may be given, decided by a grant.
     *
     * @param client whom
     * @param scope granted
     * @param audience granted
     * @param key that the client has proven and the tokens are bound to; empty for bearer tokens
     */
    public record Granted(Client client, Scope scope, List<String> audience, Optional<KeyThumbprint> key) {
        /** For bearer tokens. */
        public Granted(Client client, Scope scope, List<String> audience) {
            this(client, scope, audience, Optional.empty());
        }

        /** What the refresh token is bound to: one of a confidential client needs its credentials (RFC 9449 §5). */
        public Optional<KeyThumbprint> refreshKey() {
            return key.filter(_ -> !client.isConfidential());
        }
    }

    private record Login(
            UserId userId, long credentialVersion, Instant authTime, Optional<BrowserSessionId> browserSession) {}

    /** What a new session gets that no other has. */
    public record Beginning(StatusIndexes statusIndexes, SecureRandom random) {}

    public TokenIssuer(String issuer, TokenSettings settings, Crypto crypto, Beginning beginning, InstantSource clock) {
        this.issuer = issuer;
        this.settings = settings;
        this.accessTokens = crypto.accessTokens();
        this.refreshTokens = crypto.refreshTokens();
        this.idTokens = crypto.idTokens();
        this.subjects = crypto.subjects();
        this.beginning = beginning;
        this.clock = clock;
    }

    /** The three kinds of token that there are, and whom they name. */
    public record Crypto(
            AccessTokens accessTokens, RefreshTokens refreshTokens, IdTokens idTokens, Subjects subjects) {}

    /** A token for the client itself: no session, no refresh token (RFC 6749 §4.4.3). */
    public TokenResponse issue(Granted granted) {
        Duration lifetime = settings.accessLifetime();
        String accessToken = accessTokens.issue(content(granted, granted.audience(), lifetime));
        return new TokenResponse(
                accessToken, lifetime, Optional.empty(), Optional.empty(), granted.scope(), granted.key());
    }

    /** A session, not to be asked for inside a unit of work, that begins now with a password given to the client itself, its refresh token at generation 1. */
    public Session begin(Granted granted, User user) {
        Login login = new Login(user.id(), user.credentialVersion(), clock.instant(), Optional.empty());
        return session(SessionId.random(beginning.random()), granted, login, RequestedClaims.NONE);
    }

    /** A session, not to be asked for inside a unit of work, that begins now with a code, its refresh token at generation 1. */
    public Session begin(Granted granted, AuthorizationCode code) {
        AuthorizationCode.Login login = code.login();
        return session(
                code.sessionId(),
                granted,
                new Login(
                        login.userId(),
                        login.credentialVersion(),
                        login.authTime(),
                        Optional.of(login.browserSession())),
                code.claims());
    }

    private Session session(SessionId id, Granted granted, Login login, RequestedClaims claims) {
        Instant now = clock.instant();
        return new Session(
                id,
                login.userId(),
                granted.client().id(),
                granted.scope(),
                granted.audience().stream()
                        .filter(resource -> !resource.equals(issuer))
                        .toList(),
                login.credentialVersion(),
                login.authTime(),
                now,
                now,
                expiresAt(now, now),
                1,
                now,
                Optional.empty(),
                login.browserSession(),
                claims,
                settings.statusList() ? Optional.of(beginning.statusIndexes().next()) : Optional.empty(),
                granted.refreshKey());
    }

    /** When a session begun at one instant and used at another ends unless it is used again. */
    public Instant expiresAt(Instant begun, Instant used) {
        Instant last = begun.plus(settings.sessionMaxLifetime());
        Instant next = used.plus(settings.refreshLifetime());
        return next.isBefore(last) ? next : last;
    }

    /** Tokens of a session, for a refresh or for a login without a browser. */
    public TokenResponse issue(Granted granted, User user, Session session, long generation) {
        return issue(granted, user, session, generation, Optional.empty());
    }

    /** The first tokens of a session that a code began. */
    public TokenResponse issue(Granted granted, User user, Session session, AuthorizationCode code) {
        return issue(
                granted, user, session, session.generation(), code.binding().nonce());
    }

    /**
     * With a refresh token where the client may refresh, with an ID token where the login went through a browser (OpenID
     * Connect Core §3.1.3.3, §12.2).
     */
    private TokenResponse issue(Granted granted, User user, Session session, long generation, Optional<String> nonce) {
        Duration lifetime = lifetimeWithin(session);
        Client client = granted.client();
        AccessTokens.Content content = content(granted, audience(granted), lifetime);
        String accessToken = accessTokens.issue(content, session, user, subjects.of(user, client));
        Optional<String> refreshToken = client.mayUse(GrantType.REFRESH_TOKEN)
                ? Optional.of(refreshTokens.encode(new RefreshToken(session.id(), generation)))
                : Optional.empty();
        Optional<String> idToken =
                session.browserSession().isPresent() && granted.scope().contains(OPENID)
                        ? Optional.of(idTokens.issue(new IdTokens.Content(
                                client,
                                new IdTokens.Login(user, session.id(), session.authTime()),
                                nonce,
                                Optional.of(accessToken),
                                Optional.empty(),
                                Scope.NONE,
                                session.claims().idTokenNames())))
                        : Optional.empty();
        return new TokenResponse(accessToken, lifetime, refreshToken, idToken, granted.scope(), granted.key());
    }

    private static AccessTokens.Content content(Granted granted, List<String> audience, Duration lifetime) {
        return new AccessTokens.Content(
                granted.client().id().value(), granted.scope(), audience, lifetime, granted.key());
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
