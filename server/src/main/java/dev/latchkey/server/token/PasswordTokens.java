package dev.latchkey.server.token;

import dev.latchkey.server.audit.AuditEvent;
import dev.latchkey.server.audit.AuditTrail;
import dev.latchkey.server.client.Client;
import dev.latchkey.server.client.Entitlement;
import dev.latchkey.server.http.Parameters;
import dev.latchkey.server.password.HashQueueFullException;
import dev.latchkey.server.proof.SenderProof;
import dev.latchkey.server.protocol.OAuthError;
import dev.latchkey.server.protocol.OAuthException;
import dev.latchkey.server.protocol.UnitOfWork;
import dev.latchkey.server.session.Session;
import dev.latchkey.server.session.SessionStore;
import dev.latchkey.server.token.TokenIssuer.Granted;
import dev.latchkey.server.user.PasswordLogin;
import dev.latchkey.server.user.PasswordLogin.Outcome;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;

/** A login by password, from the form's fields to the tokens of a new session; behind {@code /login} and the password grant. */
public final class PasswordTokens {
    private final String issuer;
    private final PasswordLogin passwordLogin;
    private final TokenIssuer tokens;
    private final SessionStore sessions;
    private final UnitOfWork unitOfWork;
    private final AuditTrail audit;

    /** Where a new session goes. */
    public record Sessions(SessionStore store, UnitOfWork unitOfWork) {}

    public PasswordTokens(
            String issuer, PasswordLogin passwordLogin, TokenIssuer tokens, Sessions sessions, AuditTrail audit) {
        this.issuer = issuer;
        this.passwordLogin = passwordLogin;
        this.tokens = tokens;
        this.sessions = sessions.store();
        this.unitOfWork = sessions.unitOfWork();
        this.audit = audit;
    }

    /**
     * Logs the user in at the client.
     *
     * @param proof what the request shows of its sender
     * @return the tokens; empty when the name or the password is wrong, or the user may not log in
     * @throws OAuthException for a bad scope or resource, 429 after too many failures, 503 when too many logins wait
     */
    public Optional<TokenResponse> login(Client client, Parameters parameters, InetAddress address, SenderProof proof) {
        String username = parameters.required("username");
        String password = parameters.required("password");
        Entitlement entitlement = Entitlement.of(client, issuer);
        Granted granted = new Granted(
                client, entitlement.grantedScope(parameters), entitlement.grantedAudience(parameters), proof.key());
        return switch (check(username, password, address)) {
            case Outcome.Accepted accepted -> Optional.of(begin(granted, accepted, address, proof));
            case Outcome.Rejected rejected -> {
                AuditEvent event = failure(client, address).with("reason", rejected.reason());
                audit.record(
                        rejected.user().map(user -> event.with("sub", user)).orElse(event));
                yield Optional.empty();
            }
            case Outcome.Blocked blocked -> throw blocked(client, address, blocked.retryAfter());
        };
    }

    private Outcome check(String username, String password, InetAddress address) {
        try {
            return passwordLogin.check(username, password, address);
        } catch (HashQueueFullException e) {
            throw new OAuthException(OAuthError.temporarilyUnavailable(e.retryAfter()));
        }
    }

    private OAuthException blocked(Client client, InetAddress address, Duration retryAfter) {
        audit.record(failure(client, address).with("reason", "blocked"));
        return new OAuthException(OAuthError.tooManyAttempts(retryAfter));
    }

    /** What a right password comes to: a session, unless the account is locked or the proof was used. */
    private sealed interface Beginning {
        record Begun() implements Beginning {}

        record Locked(Duration retryAfter) implements Beginning {}

        record ProofUsed() implements Beginning {}
    }

    private TokenResponse begin(Granted granted, Outcome.Accepted accepted, InetAddress address, SenderProof proof) {
        Session session = tokens.begin(granted, accepted.user());
        AuditEvent login = login(session, address);
        AuditEvent event = granted.key().map(key -> login.with("jkt", key)).orElse(login);
        Beginning beginning = unitOfWork.run(transaction -> {
            Optional<Duration> locked = passwordLogin.settle(transaction, accepted);
            if (locked.isPresent()) {
                return new Beginning.Locked(locked.get());
            }
            if (!proof.use(transaction)) {
                return new Beginning.ProofUsed();
            }
            sessions.insert(transaction, session);
            audit.record(transaction, event);
            return new Beginning.Begun();
        });
        switch (beginning) {
            case Beginning.Begun _ -> {}
            case Beginning.Locked locked -> throw blocked(granted.client(), address, locked.retryAfter());
            case Beginning.ProofUsed _ -> throw proof.usedBefore();
        }
        return tokens.issue(granted, accepted.user(), session, session.generation());
    }

    private static AuditEvent login(Session session, InetAddress address) {
        return AuditEvent.of(AuditEvent.Type.LOGIN)
                .with("sub", session.userId())
                .with("client_id", session.clientId())
                .with("sid", session.id())
                .with("address", address.getHostAddress());
    }

    private static AuditEvent failure(Client client, InetAddress address) {
        return AuditEvent.of(AuditEvent.Type.LOGIN_ERROR)
                .with("client_id", client.id())
                .with("address", address.getHostAddress());
    }
}
