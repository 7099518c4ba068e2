package dev.latchkey.server.grant;

import dev.latchkey.server.audit.AuditEvent;
import dev.latchkey.server.audit.AuditTrail;
import dev.latchkey.server.client.Entitlement;
import dev.latchkey.server.proof.SenderProof;
import dev.latchkey.server.protocol.GrantType;
import dev.latchkey.server.protocol.OAuthError;
import dev.latchkey.server.protocol.OAuthException;
import dev.latchkey.server.protocol.UnitOfWork;
import dev.latchkey.server.session.Rotation;
import dev.latchkey.server.session.ServiceTime;
import dev.latchkey.server.session.Session;
import dev.latchkey.server.session.SessionStore;
import dev.latchkey.server.token.RefreshToken;
import dev.latchkey.server.token.RefreshTokens;
import dev.latchkey.server.token.TokenIssuer;
import dev.latchkey.server.token.TokenIssuer.Granted;
import dev.latchkey.server.token.TokenResponse;
import dev.latchkey.server.user.User;
import dev.latchkey.server.user.UserStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/** A refresh token becomes the next one, and an access token with it (RFC 6749 §6, RFC 9700 §4.14; DESIGN §6). */
public final class RefreshTokenGrant implements Grant {
    private final String issuer;
    private final RefreshTokens refreshTokens;
    private final TokenIssuer tokens;
    private final Sessions sessions;
    private final InstantSource clock;
    private final AuditTrail audit;

    /** What the state of a refresh is kept and judged by. */
    public record Sessions(SessionStore store, UserStore users, UnitOfWork unitOfWork, ServiceTime serviceTime) {}

    private record Presented(RefreshToken token, Session session, User user) {}

    /** The two kinds of tokens at work. */
    public record Tokens(String issuer, RefreshTokens refreshTokens, TokenIssuer tokenIssuer) {}

    public RefreshTokenGrant(Tokens tokens, Sessions sessions, InstantSource clock, AuditTrail audit) {
        this.issuer = tokens.issuer();
        this.refreshTokens = tokens.refreshTokens();
        this.tokens = tokens.tokenIssuer();
        this.sessions = sessions;
        this.clock = clock;
        this.audit = audit;
    }

    @Override
    public GrantType type() {
        return GrantType.REFRESH_TOKEN;
    }

    @Override
    public Set<String> parameters() {
        return Set.of("refresh_token", "scope", Entitlement.RESOURCE);
    }

    @Override
    public boolean servesUnnamedClient() {
        return true;
    }

    @Override
    public TokenResponse redeem(GrantRequest request) {
        Presented presented = presented(request);
        Session session = presented.session();
        Entitlement entitlement = Entitlement.of(request.client(), issuer).within(session.scope(), session.audience());
        Granted granted = new Granted(
                request.client(),
                entitlement.grantedScope(request.parameters()),
                entitlement.grantedAudience(request.parameters()),
                request.proof().key());
        long generation = rotate(presented, request.proof());
        TokenResponse issued = tokens.issue(granted, presented.user(), session, generation);
        AuditEvent event = event(AuditEvent.Type.REFRESH_TOKEN, session);
        audit.record(granted.key().map(key -> event.with("jkt", key)).orElse(event));
        return issued;
    }

    private Presented presented(GrantRequest request) {
        RefreshToken token = refreshTokens
                .decode(request.parameters().required("refresh_token"))
                .orElseThrow(RefreshTokenGrant::refused);
        Session session = sessions.store()
                .find(token.sessionId())
                .filter(found -> found.clientId().equals(request.client().id())) // RFC 6749 §6: bound to the client
                .filter(found ->
                        !found.createdAt().isBefore(request.client().createdAt())) // not to one of the same name
                .orElseThrow(RefreshTokenGrant::refused);
        requireKey(session, request.proof());
        User user = sessions.users().find(session.userId()).orElseThrow(RefreshTokenGrant::refused);
        return new Presented(token, session, user);
    }

    /**
     * RFC 9449 §5: of use to nobody without the key that it was given out to, not even to end the session. Which key that is, if any,
     * is settled when the session begins: were it the first one that is shown, a thief would bind the session to his own, and
     * the replay by its user would no longer tell.
     */
    private static void requireKey(Session session, SenderProof proof) {
        if (session.key().isEmpty()) {
            return;
        }
        if (proof.key().isEmpty()) {
            throw proof.missing();
        }
        if (!proof.key().equals(session.key())) {
            throw refused();
        }
    }

    private long rotate(Presented presented, SenderProof proof) {
        Session session = presented.session();
        Instant now = clock.instant();
        Rotation.Attempt attempt = new Rotation.Attempt(
                presented.token().generation(),
                now,
                tokens.expiresAt(session.createdAt(), now),
                sessions.serviceTime().graceSince(now));
        Optional<Rotation> rotation = sessions.unitOfWork().run(transaction -> {
            if (!proof.use(transaction)) {
                return Optional.empty();
            }
            Rotation outcome = sessions.store().rotate(transaction, session.id(), attempt);
            if (outcome instanceof Rotation.Replayed) { // which has ended the session
                audit.record(
                        transaction,
                        event(AuditEvent.Type.REFRESH_TOKEN_REPLAY, session).with("generation", attempt.generation()));
            }
            return Optional.of(outcome);
        });
        return switch (rotation.orElseThrow(proof::usedBefore)) {
            case Rotation.Rotated rotated -> {
                sessions.serviceTime().rotated(now);
                yield rotated.generation();
            }
            case Rotation.Repeated repeated -> repeated.generation();
            case Rotation.Replayed _, Rotation.Ended _ -> throw refused();
        };
    }

    private static AuditEvent event(AuditEvent.Type type, Session session) {
        return AuditEvent.of(type)
                .with("sub", session.userId())
                .with("client_id", session.clientId())
                .with("sid", session.id());
    }

    /** One answer for forged, unknown, expired, revoked and replayed. */
    private static OAuthException refused() {
        return new OAuthException(OAuthError.invalidGrant("Invalid refresh token"));
    }
}
