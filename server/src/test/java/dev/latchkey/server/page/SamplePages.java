package dev.latchkey.server.page;

import dev.latchkey.server.http.Headers;
import dev.latchkey.server.http.Request;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every page, with what usually stands on it and with more than anybody would want there. */
final class SamplePages {
    static final Instant NOW = Instant.parse("2026-03-14T15:09:26Z");

    static final ClientView PHOTOS = new ClientView(
            "Photo Stream",
            Optional.empty(),
            Optional.of("https://photos.example"),
            Optional.of("https://photos.example/privacy"),
            Optional.of("https://photos.example/terms"));

    static final ClientView LONG = new ClientView(
            "Bundesverwaltungsdienstleistungsgesellschaft Donaudampfschifffahrt – Reisekostenabrechnung (Testumgebung"
                    + " 2)",
            Optional.empty(),
            Optional.empty(),
            Optional.of("https://travel.example/privacy"),
            Optional.empty());

    private static final String LONG_EMAIL =
            "maximiliane.von-und-zu-hohenstein.administration@subsidiary.department.example.com";

    private static final String FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:147.0) Gecko/20100101 Firefox/147.0";
    private static final String SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_3 like Mac OS X) AppleWebKit/605.1.15"
            + " (KHTML, like Gecko) Version/19.3 Mobile/15E148 Safari/604.1";

    private SamplePages() {}

    record Sample(String name, Page page) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Pages pages() {
        return pages(PageSettings.DEFAULT);
    }

    static Pages pages(PageSettings settings) {
        return Pages.of(settings, "https://login.example", InstantSource.fixed(NOW), new SecureRandom());
    }

    static Request request(String... headers) {
        return new Request(
                "GET", "/", "", Headers.of(headers), new byte[0], InetAddress.getLoopbackAddress(), "k3y7w2m9x4qp");
    }

    static FormTarget form() {
        Map<String, String> hidden = new LinkedHashMap<>();
        hidden.put("csrf", "d41d8cd98f00b204");
        hidden.put("request", "a \"quoted\" <value>");
        return new FormTarget("/authorize/login?step=1", hidden, Optional.of("https://photos.example"));
    }

    static List<Sample> all() {
        List<Sample> samples = new ArrayList<>();
        samples.add(new Sample("login", login(Optional.of(PHOTOS), "", Optional.empty())));
        samples.add(new Sample("login-plain", new Page.Login(form(), Optional.empty(), "", Optional.empty(), false)));
        samples.add(new Sample("login-wrong", login(new LoginProblem.WrongCredentials())));
        samples.add(new Sample("login-locked", login(new LoginProblem.TooManyAttempts(Duration.ofMinutes(15)))));
        samples.add(new Sample("login-busy", login(new LoginProblem.Busy(Duration.ofSeconds(1)))));
        samples.add(new Sample("login-expired", login(new LoginProblem.Expired())));
        samples.add(new Sample(
                "login-long", login(Optional.of(LONG), LONG_EMAIL, Optional.of(new LoginProblem.OtherUserNeeded()))));
        samples.add(new Sample("accounts", accounts()));
        samples.add(new Sample("consent", consent()));
        samples.add(new Sample("consent-long", longConsent()));
        samples.add(new Sample("form-post", formPost()));
        samples.add(new Sample("logout", new Page.Logout(form(), Optional.of(PHOTOS), Optional.of("alice"))));
        samples.add(new Sample("logout-plain", new Page.Logout(form(), Optional.empty(), Optional.empty())));
        samples.add(new Sample("signed-out", new Page.SignedOut(Optional.empty(), Optional.empty(), List.of())));
        samples.add(new Sample(
                "signed-out-back",
                new Page.SignedOut(Optional.of(PHOTOS), Optional.of("https://photos.example/bye"), List.of())));
        samples.add(new Sample("error", error(Optional.of(PHOTOS))));
        samples.add(new Sample("error-plain", error(Optional.empty())));
        samples.add(new Sample("account", new Page.Account(account())));
        samples.add(new Sample("account-empty", new Page.Account(emptyAccount())));
        return samples;
    }

    static Page.Login login(Optional<ClientView> client, String username, Optional<LoginProblem> problem) {
        return new Page.Login(form(), client, username, problem, true);
    }

    private static Page.Login login(LoginProblem problem) {
        return login(Optional.of(PHOTOS), "alice", Optional.of(problem));
    }

    private static Page.AccountChoice accounts() {
        return new Page.AccountChoice(
                form(),
                PHOTOS,
                List.of(
                        new Account("1", "Alice Liddell", "alice", Optional.of("https://elsewhere.example/alice.png")),
                        new Account("2", "", "bob", Optional.empty()),
                        new Account(
                                "3", "Maximiliane von und zu Hohenstein-Administration", LONG_EMAIL, Optional.empty())),
                true);
    }

    static Page.Consent consent() {
        return new Page.Consent(
                form(),
                PHOTOS,
                "alice@example.com",
                List.of(
                        new ScopeView("openid", "", true),
                        new ScopeView("profile", "", true),
                        new ScopeView("email", "", false),
                        new ScopeView("orders:read", "Read your orders", false)),
                true);
    }

    private static Page.Consent longConsent() {
        List<ScopeView> scopes = new ArrayList<>();
        for (int i = 1; i <= 17; i++) {
            scopes.add(new ScopeView("https://api.example/travel/expense-report-" + i + ":administer", "", i % 3 == 0));
        }
        scopes.add(new ScopeView("address", "", false));
        scopes.add(new ScopeView("phone", "", false));
        scopes.add(new ScopeView(
                "export",
                "Export every travel expense report of the last ten years, with all receipts, comments and approvals,"
                        + " and send it to the tax adviser that your department named",
                false));
        return new Page.Consent(form(), LONG, LONG_EMAIL, scopes, false);
    }

    private static Page.FormPost formPost() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("code", "SplxlOBeZQQYbYS6WxSbIA");
        parameters.put("state", "\"><script>alert(1)</script>");
        return new Page.FormPost("https://photos.example/callback?a=1&b=2", parameters);
    }

    private static Page.Error error(Optional<ClientView> client) {
        return new Page.Error(
                "invalid_request",
                "The redirect_uri is none of those that are registered for this client",
                client,
                "k3y7w2m9x4qp");
    }

    static AccountView account() {
        return new AccountView(
                FormTarget.of("/account", Map.of("csrf", "d41d8cd98f00b204")),
                "alice@example.com",
                "Alice Liddell",
                List.of(
                        new AccountView.Session(
                                "s1", FIREFOX, "192.0.2.17", NOW.minusSeconds(7_400), NOW.minusSeconds(20), true),
                        new AccountView.Session(
                                "s2",
                                SAFARI,
                                "2001:db8:85a3:8d3:1319:8a2e:370:7348",
                                NOW.minus(Duration.ofDays(40)),
                                NOW.minus(Duration.ofDays(1)),
                                false),
                        new AccountView.Session(
                                "s3", "", "198.51.100.4", NOW.minus(Duration.ofDays(3)), NOW.minusSeconds(65), false)),
                List.of(application(PHOTOS, "photos", true, 2), application(LONG, "travel-expenses", false, 0)),
                List.of(new Account("s9", "Bob", "bob@example.com", Optional.empty())),
                Optional.of(AccountView.Notice.SESSION_ENDED));
    }

    private static AccountView.Application application(
            ClientView client, String clientId, boolean offline, int sessions) {
        return new AccountView.Application(
                client,
                clientId,
                Optional.of("https://photos.example/start"),
                List.of(
                        new ScopeView("profile", "", true),
                        new ScopeView("email", "", true),
                        new ScopeView("orders:read", "Read your orders", true)),
                NOW.minus(Duration.ofDays(12)),
                offline,
                sessions);
    }

    private static AccountView emptyAccount() {
        return new AccountView(
                FormTarget.of("/account", Map.of()),
                "bob",
                "",
                List.of(new AccountView.Session("s1", FIREFOX, "192.0.2.17", NOW, NOW, true)),
                List.of(),
                List.of(),
                Optional.empty());
    }
}
