package dev.latchkey.server.account;

import dev.latchkey.server.browser.BrowserSession;
import dev.latchkey.server.browser.SignedIn;
import dev.latchkey.server.client.Client;
import dev.latchkey.server.consent.Consent;
import dev.latchkey.server.page.Account;
import dev.latchkey.server.page.AccountView;
import dev.latchkey.server.page.ClientView;
import dev.latchkey.server.page.FormTarget;
import dev.latchkey.server.page.ScopeView;
import dev.latchkey.server.protocol.ClientId;
import dev.latchkey.server.session.Session;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Gathers what the account page shows of a user. Safe for many threads. */
final class AccountViews {
    private static final String OFFLINE_ACCESS = "offline_access";
    private static final int MAX_BROWSERS = 100;
    private static final int MAX_CONSENTS = 200;
    private static final int MAX_SESSIONS = 1_000;

    private final String issuer;
    private final AccountEndpoint.Stores stores;
    private final Map<String, String> scopeDescriptions;
    private final InstantSource clock;

    AccountViews(
            String issuer, AccountEndpoint.Stores stores, Map<String, String> scopeDescriptions, InstantSource clock) {
        this.issuer = issuer;
        this.stores = stores;
        this.scopeDescriptions = Map.copyOf(scopeDescriptions);
        this.clock = clock;
    }

    /**
     * What the page shows.
     *
     * @param accounts all who are signed in at the browser; the first one is shown
     */
    AccountView of(List<SignedIn> accounts, FormTarget form, Optional<AccountView.Notice> notice) {
        SignedIn current = accounts.getFirst();
        return new AccountView(
                form,
                current.user().username(),
                name(current),
                browsers(current),
                applications(current),
                accounts.stream().skip(1).map(AccountViews::other).toList(),
                notice);
    }

    private List<AccountView.Session> browsers(SignedIn current) {
        return stores.browserSessions().listLive(current.user().id(), clock.instant(), MAX_BROWSERS).stream()
                .filter(session -> session.credentialVersion() == current.user().credentialVersion())
                .map(session -> browser(session, current))
                .toList();
    }

    private static AccountView.Session browser(BrowserSession session, SignedIn current) {
        return new AccountView.Session(
                session.id().value(),
                session.device().userAgent(),
                session.device().address(),
                session.authTime(),
                session.lastUsedAt(),
                session.id().equals(current.session().id()));
    }

    /** What a client may have of a user: by a consent, by sessions, or both. */
    private static final class Access {
        private final List<Session> sessions = new ArrayList<>();
        private Optional<Consent> consent = Optional.empty();
    }

    private List<AccountView.Application> applications(SignedIn current) {
        Map<String, Access> accesses = new TreeMap<>();
        stores.consents()
                .list(current.user().id(), MAX_CONSENTS)
                .forEach(consent -> accesses.computeIfAbsent(consent.clientId().value(), _ -> new Access()).consent =
                        Optional.of(consent));
        stores.sessions().listLive(current.user().id(), clock.instant(), MAX_SESSIONS).stream()
                .filter(session -> session.credentialVersion() == current.user().credentialVersion())
                .forEach(session -> accesses.computeIfAbsent(session.clientId().value(), _ -> new Access())
                        .sessions
                        .add(session));
        return accesses.entrySet().stream()
                .flatMap(entry -> stores.clients().find(new ClientId(entry.getKey())).stream()
                        .map(client -> application(client, entry.getValue())))
                .toList();
    }

    private AccountView.Application application(Client client, Access access) {
        Set<String> scopes = Stream.concat(
                        access.consent.stream().map(Consent::scope),
                        access.sessions.stream().map(Session::scope))
                .flatMap(scope -> scope.tokens().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        Instant since = access.consent
                .map(Consent::grantedAt)
                .orElseGet(() -> access.sessions.getLast().createdAt());
        return new AccountView.Application(
                ClientView.of(client),
                client.id().value(),
                client.metadata().signIn().initiateLoginUri().map(this::startUri),
                scopeViews(scopes),
                since,
                scopes.contains(OFFLINE_ACCESS),
                access.sessions.size());
    }

    /** The issuer is what the application needs to know whose users it gets (OpenID Connect Core §4). */
    private String startUri(String initiateLoginUri) {
        return initiateLoginUri + (initiateLoginUri.indexOf('?') < 0 ? "?" : "&") + "iss="
                + URLEncoder.encode(issuer, StandardCharsets.UTF_8);
    }

    private List<ScopeView> scopeViews(Collection<String> scopes) {
        return scopes.stream()
                .filter(scope -> !scope.equals(OFFLINE_ACCESS))
                .map(scope -> new ScopeView(scope, scopeDescriptions.getOrDefault(scope, ""), true))
                .toList();
    }

    private static Account other(SignedIn account) {
        return new Account(
                account.session().id().value(), name(account), account.user().username(), Optional.empty());
    }

    private static String name(SignedIn account) {
        return account.user().claims().get("name") instanceof String name ? name : "";
    }
}
