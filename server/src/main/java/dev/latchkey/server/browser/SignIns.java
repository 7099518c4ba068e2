package dev.latchkey.server.browser;

import dev.latchkey.server.audit.AuditEvent;
import dev.latchkey.server.audit.AuditTrail;
import dev.latchkey.server.http.Headers;
import dev.latchkey.server.http.Request;
import dev.latchkey.server.page.LoginProblem;
import dev.latchkey.server.password.HashQueueFullException;
import dev.latchkey.server.protocol.BrowserSessionId;
import dev.latchkey.server.protocol.Transaction;
import dev.latchkey.server.protocol.UnitOfWork;
import dev.latchkey.server.user.PasswordLogin;
import dev.latchkey.server.user.PasswordLogin.Outcome;
import dev.latchkey.server.user.UserStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Signs users in at browsers and knows who is. A sign-in gives the browser a new secret, so that one which somebody else
 * planted or saw before is worth nothing after it (OWASP ASVS 5.0 V7.2.4). Safe for many threads.
 */
public final class SignIns {
    private static final int MAX_USER_AGENT = 300;
    private static final Duration USE_IS_NOTED_AFTER = Duration.ofMinutes(1);

    private final Stores stores;
    private final PasswordLogin passwordLogin;
    private final BrowserSettings settings;
    private final AuditTrail audit;
    private final Chance chance;

    /** Where browser sessions and users are kept. */
    public record Stores(BrowserSessionStore sessions, UserStore users, UnitOfWork unitOfWork) {}

    /** What is different every time. */
    public record Chance(InstantSource clock, SecureRandom random, Browsers browsers) {}

    public SignIns(
            Stores stores, PasswordLogin passwordLogin, BrowserSettings settings, AuditTrail audit, Chance chance) {
        this.stores = stores;
        this.passwordLogin = passwordLogin;
        this.settings = settings;
        this.audit = audit;
        this.chance = chance;
    }

    /** Everybody who is signed in at the browser, whoever was chosen last first. */
    public List<SignedIn> at(Browser browser) {
        return stores.sessions().listLive(browser.key(), chance.clock().instant()).stream()
                .flatMap(session -> signedIn(session).stream())
                .toList();
    }

    private Optional<SignedIn> signedIn(BrowserSession session) {
        return stores.users()
                .find(session.userId())
                .filter(user -> !user.disabled() && user.credentialVersion() == session.credentialVersion())
                .map(user -> new SignedIn(session, user));
    }

    /** Signs a user in, beside those who are already. */
    public SignInOutcome signIn(Browser browser, String username, String password, Request request) {
        Outcome outcome;
        try {
            outcome = passwordLogin.check(username, password, request.remoteAddress());
        } catch (HashQueueFullException e) {
            return new SignInOutcome.Refused(new LoginProblem.Busy(e.retryAfter()));
        }
        return switch (outcome) {
            case Outcome.Accepted accepted -> accept(browser, accepted, request);
            case Outcome.Rejected rejected -> {
                AuditEvent event = failure(request, rejected.reason());
                audit.record(
                        rejected.user().map(user -> event.with("sub", user)).orElse(event));
                yield new SignInOutcome.Refused(new LoginProblem.WrongCredentials());
            }
            case Outcome.Blocked blocked -> blocked(request, blocked.retryAfter());
        };
    }

    private SignInOutcome accept(Browser before, Outcome.Accepted accepted, Request request) {
        Browser browser = chance.browsers().create();
        BrowserSessionId id = at(before).stream()
                .filter(signedIn -> signedIn.user().id().equals(accepted.user().id()))
                .map(signedIn -> signedIn.session().id())
                .findFirst()
                .orElseGet(this::newId);
        BrowserSession session = session(id, browser, accepted, request);
        Optional<Duration> blocked = stores.unitOfWork().run(transaction -> {
            Optional<Duration> locked = passwordLogin.settle(transaction, accepted);
            if (locked.isEmpty()) {
                stores.sessions().move(transaction, before.key(), browser.key());
                stores.sessions().save(transaction, session);
                audit.record(transaction, login(session));
            }
            return locked;
        });
        if (blocked.isPresent()) {
            return blocked(request, blocked.get());
        }
        return new SignInOutcome.Accepted(browser, new SignedIn(session, accepted.user()));
    }

    private static AuditEvent login(BrowserSession session) {
        return AuditEvent.of(AuditEvent.Type.LOGIN)
                .with("sub", session.userId())
                .with("browser_session", session.id())
                .with("address", session.device().address());
    }

    private BrowserSessionId newId() {
        byte[] id = new byte[BrowserSessionId.BYTES];
        chance.random().nextBytes(id);
        return BrowserSessionId.of(id);
    }

    private BrowserSession session(BrowserSessionId id, Browser browser, Outcome.Accepted accepted, Request request) {
        Instant now = chance.clock().instant();
        String userAgent = request.headers().first(Headers.USER_AGENT).orElse("");
        return new BrowserSession(
                id,
                browser.key(),
                accepted.user().id(),
                accepted.user().credentialVersion(),
                now,
                now,
                now,
                expiresAt(now, now),
                new BrowserSession.Device(
                        userAgent.substring(0, Math.min(userAgent.length(), MAX_USER_AGENT)),
                        request.remoteAddress().getHostAddress()),
                Optional.empty());
    }

    private Instant expiresAt(Instant authTime, Instant used) {
        Instant idle = used.plus(settings.idleLifetime());
        Instant last = authTime.plus(settings.maxLifetime());
        return idle.isBefore(last) ? idle : last;
    }

    private SignInOutcome blocked(Request request, Duration retryAfter) {
        audit.record(failure(request, "blocked"));
        return new SignInOutcome.Refused(new LoginProblem.TooManyAttempts(retryAfter));
    }

    private static AuditEvent failure(Request request, String reason) {
        return AuditEvent.of(AuditEvent.Type.LOGIN_ERROR)
                .with("address", request.remoteAddress().getHostAddress())
                .with("reason", reason);
    }

    /** Makes one who is signed in the one whom applications meet. */
    public void choose(SignedIn signedIn) {
        Instant now = chance.clock().instant();
        BrowserSession session = signedIn.session();
        stores.unitOfWork().run(transaction -> {
            stores.sessions().choose(transaction, session.id(), now);
            return true;
        });
    }

    /** Notes that an application made use of the session; not more often than once a minute. */
    public void use(Transaction transaction, SignedIn signedIn) {
        Instant now = chance.clock().instant();
        BrowserSession session = signedIn.session();
        if (!now.isBefore(session.lastUsedAt().plus(USE_IS_NOTED_AFTER))) {
            stores.sessions().use(transaction, session.id(), now, expiresAt(session.authTime(), now));
        }
    }
}
