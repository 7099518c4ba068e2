package dev.latchkey.server.logout;

import dev.latchkey.server.Answer;
import dev.latchkey.server.TestServer;
import dev.latchkey.server.UserAgent;
import dev.latchkey.server.Visit;
import dev.latchkey.server.audit.AuditQuery;
import dev.latchkey.server.audit.StoredEvent;
import dev.latchkey.server.authorize.Pkce;
import dev.latchkey.token.UnverifiedToken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A server with applications that want to hear of logouts, and users who sign in at them. */
public final class SignedInScene implements AutoCloseable {
    public static final String BYE = "https://web.example/bye";

    private final RelyingParty relyingParty = new RelyingParty();
    private final TestServer server = TestServer.start(configuration());

    /** What an application has after a sign-in. */
    public record Tokens(String client, Answer answer) {
        public String access() {
            return answer.text("access_token");
        }

        public String refresh() {
            return answer.text("refresh_token");
        }

        public String id() {
            return answer.text("id_token");
        }

        public Map<String, Object> claims() {
            return UnverifiedToken.parse(id()).claims();
        }

        public Object sid() {
            return Objects.requireNonNull(claims().get("sid"));
        }
    }

    private String configuration() {
        return """
                passwords: {argon2-memory: 7MiB, argon2-iterations: 1}
                outbound: {insecure-allow-private-addresses: true}
                users:
                  - {username: alice, password: correct horse battery staple, name: Alice Liddell, email: alice@example.com}
                  - {username: bob, password: bobs password is a long one, email: bob@example.com}
                clients:
                """ + client("web", true, "backchannel_logout_uri: " + relyingParty.url("/web"))
                + client(
                        "pair",
                        true,
                        "subject_type: pairwise",
                        "id_token_signed_response_alg: RS256",
                        "backchannel_logout_uri: " + relyingParty.url("/pair"))
                + client("silent", true)
                + client("asks", false)
                + client(
                        "front",
                        true,
                        "frontchannel_logout_uri: https://front.example/out?a=b",
                        "frontchannel_logout_session_required: true")
                + client("simple", true, "frontchannel_logout_uri: https://simple.example/out");
    }

    private static String client(String id, boolean skipConsent, String... more) {
        StringBuilder client = new StringBuilder("""
              - client_id: %s
                client_secret: secret-secret-secret-secret-secret
                client_name: The %1$s application
                redirect_uris: [https://%1$s.example/callback]
                post_logout_redirect_uris: [https://%1$s.example/bye, 'https://%1$s.example/bye?from=op', com.example.app:/bye]
                grant_types: [authorization_code, refresh_token]
                response_types: [code, code id_token, id_token]
                scope: openid profile email offline_access
                skip_consent: %s
            """.formatted(id, skipConsent));
        for (String line : more) {
            client.append("    ").append(line).append('\n');
        }
        return client.toString();
    }

    public TestServer server() {
        return server;
    }

    public RelyingParty relyingParty() {
        return relyingParty;
    }

    public UserAgent browser() {
        return new UserAgent(server);
    }

    public Visit authorize(UserAgent agent, String client, String scope, String... more) {
        List<String> parameters = new ArrayList<>(List.of(
                "client_id",
                client,
                "redirect_uri",
                "https://" + client + ".example/callback",
                "response_type",
                "code",
                "scope",
                scope,
                "nonce",
                "n-0S6",
                "code_challenge",
                Pkce.CHALLENGE,
                "code_challenge_method",
                "S256"));
        for (int i = 0; i < more.length; i += 2) {
            int at = parameters.indexOf(more[i]);
            if (at >= 0) {
                parameters.set(at + 1, more[i + 1]);
            } else {
                parameters.addAll(List.of(more[i], more[i + 1]));
            }
        }
        return agent.authorize(parameters.toArray(String[]::new));
    }

    public Answer redeem(String client, String code) {
        return postAs(
                client,
                "/token",
                "grant_type",
                "authorization_code",
                "code",
                code,
                "redirect_uri",
                "https://" + client + ".example/callback",
                "code_verifier",
                Pkce.VERIFIER);
    }

    public Answer postAs(String client, String path, String... form) {
        return server.postAs(client, "secret-secret-secret-secret-secret", path, form);
    }

    /** Signs alice in, by her password where she is not signed in at the browser yet. */
    public Tokens signIn(UserAgent agent, String client) {
        return signIn(agent, client, "openid profile");
    }

    public Tokens signIn(UserAgent agent, String client, String scope) {
        Visit visit = authorize(agent, client, scope);
        if (visit.status() == 200) {
            visit = agent.signIn(visit);
        }
        if (visit.status() == 200) {
            visit = agent.submit(visit, "decision", "allow");
        }
        return new Tokens(client, redeem(client, visit.code()));
    }

    public Tokens signInBob(UserAgent agent, String client) {
        server.clock().turn(Duration.ofSeconds(1)); // so that bob is the one who was chosen last
        Visit visit = authorize(agent, client, "openid", "prompt", "login");
        visit = agent.submit(visit, "username", "bob", "password", "bobs password is a long one");
        return new Tokens(client, redeem(client, visit.code()));
    }

    public boolean isSignedIn(UserAgent agent) {
        return authorize(agent, "silent", "openid", "prompt", "none").query().containsKey("code");
    }

    public Answer refresh(Tokens tokens) {
        return postAs(tokens.client(), "/token", "grant_type", "refresh_token", "refresh_token", tokens.refresh());
    }

    public int userInfo(Tokens tokens) {
        return server.getAs(tokens.access(), "/userinfo").status();
    }

    /** Whether the access token, the refresh token and introspection all say that it has ended. */
    public boolean hasEnded(Tokens tokens) {
        Answer introspected = postAs(tokens.client(), "/introspect", "token", tokens.access());
        return userInfo(tokens) == 401
                && Boolean.FALSE.equals(introspected.json().get("active"))
                && refresh(tokens).status() == 400;
    }

    /** Asks for a logout with names and values. */
    public Visit logout(UserAgent agent, String... namesAndValues) {
        StringBuilder query = new StringBuilder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            query.append(query.isEmpty() ? "?" : "&")
                    .append(namesAndValues[i])
                    .append('=')
                    .append(TestServer.encode(namesAndValues[i + 1]));
        }
        return agent.get("/logout" + query);
    }

    /** The audit events of a type, when there are so many. */
    public List<StoredEvent> awaitEvents(String type, int count) {
        AuditQuery query = new AuditQuery(
                Optional.of(type), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (true) {
            List<StoredEvent> events =
                    server.server().issuer().stores().auditEvents().last(query, 100);
            if (events.size() >= count) {
                return events;
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("only " + events);
            }
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        server.close();
        relyingParty.close();
    }
}
