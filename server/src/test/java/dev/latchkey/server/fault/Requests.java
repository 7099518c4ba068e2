package dev.latchkey.server.fault;

import dev.latchkey.server.Answer;
import dev.latchkey.server.Site;
import dev.latchkey.server.TestServer;
import dev.latchkey.server.UserAgent;
import dev.latchkey.server.Visit;
import dev.latchkey.server.authorize.Pkce;
import dev.latchkey.server.fault.Operation.Kind;
import dev.latchkey.server.fault.Operation.Presented;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a client of the fault tests can ask, each request noted with its outcome. */
final class Requests {
    private static final String REDIRECT_URI = "https://rp.example/callback";
    private static final String WEB_SECRET = "web-secret-web-secret-web-secret-0";
    private static final String WEB = TestServer.basic("web", WEB_SECRET);
    private static final String FIRST_PARTY = "";
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;

    private final String user;
    private final Site site;
    private final History.Recorder recorder;

    /** What came of a request, and what the client now has of it. */
    record Tried<T>(Outcome outcome, Optional<T> got) {}

    /** A browser of the user, signed in or not. */
    static final class Browser {
        private final String name;
        private final UserAgent agent;
        private boolean signedIn;

        private Browser(String name, UserAgent agent) {
            this.name = name;
            this.agent = agent;
        }
    }

    Requests(String user, Site site, History.Recorder recorder) {
        this.user = user;
        this.site = site;
        this.recorder = recorder;
    }

    /** The users and the client that these requests need, in YAML. */
    static String configuration(int users) {
        String each = IntStream.range(0, users)
                .mapToObj(i -> "  - {username: %s, password: %s}".formatted(user(i), TestServer.PASSWORD))
                .collect(Collectors.joining("\n"));
        return """
            passwords: {argon2-memory: 7MiB, argon2-iterations: 1}
            clients:
              - client_id: web
                client_secret: %s
                redirect_uris: [%s]
                grant_types: [authorization_code, refresh_token]
                skip_consent: true
                scope: openid profile offline_access
            users:
            %s
            """.formatted(WEB_SECRET, REDIRECT_URI, each);
    }

    static String user(int number) {
        return "user" + number;
    }

    Tried<Grant> login() {
        return grant(
                Kind.LOGIN,
                Presented.NOTHING,
                FIRST_PARTY,
                () -> post("/login", FIRST_PARTY, "username", user, "password", TestServer.PASSWORD));
    }

    Browser browser(String name) {
        return new Browser(user + "-" + name, new UserAgent(site));
    }

    /** A code, for which the browser signs in if it is asked to. */
    Tried<String> authorize(Browser browser) {
        Outcome outcome = recorder.record(
                user, Kind.AUTHORIZE, new Presented(browser.name, 0), () -> answered(() -> authorized(browser)));
        browser.signedIn = outcome.isAcknowledged() || (browser.signedIn && !(outcome instanceof Outcome.Refused));
        return new Tried<>(
                outcome, outcome instanceof Outcome.Acknowledged done ? Optional.of(done.of()) : Optional.empty());
    }

    private Outcome authorized(Browser browser) {
        Visit visit = browser.agent.authorize(
                "client_id", "web",
                "redirect_uri", REDIRECT_URI,
                "response_type", "code",
                "scope", "openid offline_access",
                "state", "state",
                "code_challenge", Pkce.CHALLENGE,
                "code_challenge_method", "S256");
        if (visit.status() == OK && browser.signedIn) {
            return new Outcome.Refused("login_required");
        }
        if (visit.status() == OK) {
            visit = browser.agent.submit(visit, "username", user, "password", TestServer.PASSWORD);
        }
        if (visit.answer().header("Location").isEmpty()) {
            return visit.status() == OK ? new Outcome.Broken("sign-in page again") : failed(visit.answer());
        }
        String code = visit.query().get("code");
        if (code != null) {
            return new Outcome.Acknowledged(code, 0, "");
        }
        String error = visit.query().getOrDefault("error", "neither code nor error");
        return error.equals("temporarily_unavailable") ? new Outcome.Unavailable() : new Outcome.Refused(error);
    }

    Tried<Grant> redeem(String code) {
        return grant(
                Kind.REDEEM,
                new Presented(code, 0),
                WEB,
                () -> post(
                        "/token",
                        WEB,
                        "grant_type",
                        "authorization_code",
                        "code",
                        code,
                        "redirect_uri",
                        REDIRECT_URI,
                        "code_verifier",
                        Pkce.VERIFIER));
    }

    Tried<Grant> refresh(Grant held) {
        return grant(
                Kind.REFRESH,
                held.presented(),
                held.authorization(),
                () -> post(
                        "/token",
                        held.authorization(),
                        "grant_type",
                        "refresh_token",
                        "refresh_token",
                        held.refreshToken()));
    }

    Outcome revoke(Grant held) {
        return done(Kind.REVOKE, held, () -> post("/revoke", held.authorization(), "token", held.refreshToken()));
    }

    Outcome introspect(Grant held) {
        return recorder.record(
                user,
                Kind.INTROSPECT,
                held.presented(),
                () -> answered(() -> {
                    Answer answer = post("/introspect", WEB, "token", held.accessToken());
                    if (answer.status() != OK) {
                        return failed(answer);
                    }
                    boolean active = Boolean.TRUE.equals(answer.json().get("active"));
                    return active ? told(held) : new Outcome.Refused("inactive");
                }));
    }

    Outcome userInfo(Grant held) {
        return done(
                Kind.USERINFO,
                held,
                () -> site.send(site.request("/userinfo").header("Authorization", "Bearer " + held.accessToken())));
    }

    private Outcome done(Kind kind, Grant held, Supplier<Answer> request) {
        return recorder.record(
                user,
                kind,
                held.presented(),
                () -> answered(() -> {
                    Answer answer = request.get();
                    return answer.status() == OK ? told(held) : failed(answer);
                }));
    }

    private static Outcome told(Grant held) {
        return new Outcome.Acknowledged(held.presented().of(), held.presented().generation(), "");
    }

    private Tried<Grant> grant(Kind kind, Presented presented, String authorization, Supplier<Answer> request) {
        AtomicReference<Grant> got = new AtomicReference<>();
        Outcome outcome = recorder.record(
                user,
                kind,
                presented,
                () -> answered(() -> {
                    Answer answer = request.get();
                    if (answer.status() != OK) {
                        return failed(answer);
                    }
                    Grant grant = Grant.of(answer, authorization);
                    got.set(grant);
                    return grant.acknowledged();
                }));
        return new Tried<>(outcome, Optional.ofNullable(got.get()));
    }

    private static Outcome answered(Supplier<Outcome> request) {
        try {
            return request.get();
        } catch (UncheckedIOException e) {
            return new Outcome.Unknown(e.getCause().getClass().getSimpleName());
        }
    }

    private static Outcome failed(Answer answer) {
        if (answer.status() == UNAVAILABLE) {
            return new Outcome.Unavailable();
        }
        boolean bearer = answer.header("WWW-Authenticate").orElse("").contains("invalid_token");
        if (bearer) {
            return new Outcome.Refused("invalid_token");
        }
        boolean json = answer.header("Content-Type").orElse("").startsWith("application/json");
        return json && answer.json().get("error") instanceof String error && answer.status() < 500
                ? new Outcome.Refused(error)
                : new Outcome.Broken(String.valueOf(answer.status()));
    }

    private Answer post(String path, String authorization, String... namesAndValues) {
        HttpRequest.Builder request = site.request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(TestServer.form(namesAndValues)));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return site.send(request);
    }
}
