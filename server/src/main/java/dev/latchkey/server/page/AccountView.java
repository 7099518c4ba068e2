package dev.latchkey.server.page;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What {@code /account} shows a signed-in user.
 *
 * <p>Its buttons send {@code end-session} with a session's id, {@code withdraw} with a client id, {@code end-all=yes},
 * {@code sign-out=yes}, or {@code switch} with the key of another account or {@code another}.
 *
 * @param form for all of its buttons
 * @param name of the person, or empty
 * @param sessions of the user in browsers
 * @param applications that have access
 * @param others that are signed in at this browser as well
 * @param notice what was just done
 */
public record AccountView(
        FormTarget form,
        String username,
        String name,
        List<Session> sessions,
        List<Application> applications,
        List<Account> others,
        Optional<Notice> notice) {
    public AccountView {
        Objects.requireNonNull(form);
        Objects.requireNonNull(username);
        Objects.requireNonNull(name);
        sessions = List.copyOf(sessions);
        applications = List.copyOf(applications);
        others = List.copyOf(others);
        Objects.requireNonNull(notice);
    }

    /**
     * A browser that the user is signed in with.
     *
     * @param id what the form sends for it
     * @param userAgent the header it sent; shown as "Firefox on Linux"
     * @param address it came from last
     * @param current whether it is the one that looks at the page
     */
    public record Session(
            String id, String userAgent, String address, Instant signedInAt, Instant lastUsed, boolean current) {
        public Session {
            Objects.requireNonNull(id);
            Objects.requireNonNull(userAgent);
            Objects.requireNonNull(address);
            Objects.requireNonNull(signedInAt);
            Objects.requireNonNull(lastUsed);
        }
    }

    /**
     * An application that the user let in.
     *
     * @param startUri where a login at it may be begun from here (OpenID Connect Core §4), if it has such an address
     * @param offlineAccess whether it may act while the user is away
     * @param activeSessions how many sessions it has now
     */
    public record Application(
            ClientView client,
            String clientId,
            Optional<String> startUri,
            List<ScopeView> scopes,
            Instant grantedAt,
            boolean offlineAccess,
            int activeSessions) {
        public Application {
            Objects.requireNonNull(client);
            Objects.requireNonNull(clientId);
            Objects.requireNonNull(startUri);
            scopes = List.copyOf(scopes);
            Objects.requireNonNull(grantedAt);
        }
    }

    /** What a form of the page has just done. */
    public enum Notice {
        SESSION_ENDED,
        CONSENT_WITHDRAWN,
        SIGNED_OUT_EVERYWHERE,
        /** What was to be ended had ended before. */
        ALREADY_DONE
    }
}
