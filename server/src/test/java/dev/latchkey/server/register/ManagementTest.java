package dev.latchkey.server.register;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.Answer;
import dev.latchkey.server.TestServer;
import dev.latchkey.server.UserAgent;
import dev.latchkey.server.Visit;
import dev.latchkey.server.authorize.CodeRequest;
import dev.latchkey.server.authorize.Pkce;
import dev.latchkey.server.status.StatusReader;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7592: reading, replacing and removing a registration. */
class ManagementTest {
    private static final String[] GRANTS = {"authorization_code", "refresh_token"};

    private final TestServer server = TestServer.start(Registrar.OPEN);
    private final Registrar registrar = new Registrar(server);
    private final UserAgent alice = new UserAgent(server);

    @AfterEach
    void close() {
        server.close();
    }

    private Answer registered() {
        return registrar.register("grant_types", List.of(GRANTS), "client_name", "before");
    }

    private Visit authorize(Answer client) {
        return alice.authorize(CodeRequest.of(client.text("client_id"), Registrar.REDIRECT_URI));
    }

    private String code(Answer client) {
        return alice.submit(alice.signIn(authorize(client)), "decision", "allow")
                .code();
    }

    private Answer token(Answer client, String... namesAndValues) {
        return server.postAs(client.text("client_id"), client.text("client_secret"), "/token", namesAndValues);
    }

    private Answer redeem(Answer client, String code) {
        return token(
                client,
                "grant_type",
                "authorization_code",
                "code",
                code,
                "redirect_uri",
                Registrar.REDIRECT_URI,
                "code_verifier",
                Pkce.VERIFIER);
    }

    @Test
    void readingGivesWhatRegisteringGaveButTheSecret() {
        Answer client = registered();

        Answer read = registrar.read(client);

        assertThat(read.status()).isEqualTo(200);
        assertThat(read.header("Cache-Control")).contains("no-store");
        Map<String, Object> expected = new HashMap<>(client.json());
        expected.remove("client_secret");
        expected.remove("client_secret_expires_at");
        assertThat(read.json()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE"})
    void onlyTheTokenOfThisClientOpensIt(String method) {
        Answer client = registered();
        Answer other = registered();
        String token = client.text("registration_access_token");
        String body = method.equals("PUT") ? "{}" : "";

        for (String wrong : List.of("x", token + "x", other.text("registration_access_token"))) {
            Answer refused = registrar.manage(method, registrar.path(client), wrong, body);
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.text("error")).isEqualTo("invalid_token");
            assertThat(refused.header("WWW-Authenticate").orElse("")).startsWith("Bearer");
        }
        for (String path : List.of("unknown", "web", "first-party", "%C3%A9", "x".repeat(300))) {
            assertThat(registrar
                            .manage(method, "/register?client_id=" + path, token, body)
                            .status())
                    .isEqualTo(401);
        }
        assertThat(server.send(server.request(registrar.path(client)).method(method, BodyPublishers.noBody()))
                        .status())
                .isEqualTo(401);
        assertThat(registrar.read(client).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/register", "/register?client_id=a&client_id=b", "/register?client_id="})
    void theClientHasToBeNamedOnce(String path) {
        assertThat(registrar
                        .manage("GET", path, registered().text("registration_access_token"), "")
                        .status())
                .isIn(400, 401);
    }

    @Test
    void anUpdateReplacesEverything() {
        Answer client = registered();

        Answer updated = registrar.update(client, Map.of("redirect_uris", List.of("https://rp.example/other")));

        assertThat(updated.status()).as(updated.body()).isEqualTo(200);
        assertThat(updated.json())
                .containsEntry("redirect_uris", List.of("https://rp.example/other"))
                .containsEntry("grant_types", List.of("authorization_code"))
                .containsEntry("registration_access_token", client.text("registration_access_token"))
                .containsEntry("client_id_issued_at", client.json().get("client_id_issued_at"))
                .doesNotContainKeys("client_name", "client_secret");
        assertThat(registrar.read(client).json()).isEqualTo(updated.json());
        assertThat(authorize(client).status()).isEqualTo(400);
    }

    @Test
    void theSecretStaysAndMayBeShownButNotChosen() {
        Answer client = registered();
        Map<String, Object> metadata = Registrar.metadata("grant_types", List.of(GRANTS));

        metadata.put("client_secret", "a secret of my own choice, and long enough");
        assertThat(registrar.update(client, metadata).text("error")).isEqualTo("invalid_client_metadata");
        metadata.put("client_secret", 7);
        assertThat(registrar.update(client, metadata).status()).isEqualTo(400);
        metadata.put("client_secret", client.text("client_secret"));
        assertThat(registrar.update(client, metadata).status()).isEqualTo(200);

        assertThat(redeem(client, code(client)).status()).isEqualTo(200);
    }

    @Test
    void anotherKindOfSecretIsMade() {
        Answer client = registrar.register("token_endpoint_auth_method", "none");

        Answer basic = registrar.update(client, Registrar.metadata());
        Answer jwt = registrar.update(client, Registrar.metadata("token_endpoint_auth_method", "client_secret_jwt"));
        Map<String, Object> same = Registrar.metadata("token_endpoint_auth_method", "client_secret_jwt");
        same.put("client_secret", jwt.text("client_secret"));
        Answer again = registrar.update(client, same);

        assertThat(basic.json()).containsEntry("client_secret_expires_at", 0L);
        assertThat(jwt.text("client_secret")).isNotEqualTo(basic.text("client_secret"));
        assertThat(again.status()).as(again.body()).isEqualTo(200);
        assertThat(again.json()).doesNotContainKey("client_secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "registration_access_token",
                "registration_client_uri",
                "client_secret_expires_at",
                "client_id_issued_at"
            })
    void whatOnlyTheServerSetsIsRefused(String member) { // RFC 7592 §2.2
        Answer refused = registrar.update(registered(), Registrar.metadata(member, "x"));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("error_description")).contains(member);
    }

    @Test
    void theClientIdHasToBeItsOwn() {
        Answer client = registered();

        assertThat(registrar
                        .update(client, Registrar.metadata("client_id", "web"))
                        .status())
                .isEqualTo(400);
        assertThat(registrar
                        .manage(
                                "PUT",
                                registrar.path(client),
                                client.text("registration_access_token"),
                                "{\"redirect_uris\": [\"https://rp.example/\"]}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aBadUpdateChangesNothing() {
        Answer client = registered();

        Answer refused = registrar.update(client, Registrar.metadata("redirect_uris", List.of("http://rp.example/")));

        assertThat(refused.text("error")).isEqualTo("invalid_redirect_uri");
        assertThat(registrar.read(client).json()).containsEntry("client_name", "before");
    }

    @Test
    void withTheClientEverythingOfItEnds() {
        Answer client = registered();
        Answer tokens = redeem(client, code(client));
        String unused = authorize(client).code();
        assertThat(server.getAs(tokens.text("access_token"), "/userinfo").status())
                .isEqualTo(200);

        Answer deleted = registrar.delete(client);

        assertThat(deleted.status()).isEqualTo(204);
        assertThat(deleted.body()).isEmpty();
        assertThat(new StatusReader(server).tellsOfNothingBut(tokens.text("access_token")))
                .isTrue();
        assertThat(server.getAs(tokens.text("access_token"), "/userinfo").status())
                .isEqualTo(401);
        assertThat(redeem(client, unused).text("error")).isEqualTo("invalid_client");
        assertThat(token(client, "grant_type", "refresh_token", "refresh_token", tokens.text("refresh_token"))
                        .text("error"))
                .isEqualTo("invalid_client");
        Answer introspection = server.postAs(
                "service", "service-secret-service-secret-00", "/introspect", "token", tokens.text("access_token"));
        assertThat(introspection.json()).isEqualTo(Map.of("active", false));
        assertThat(authorize(client).status()).isEqualTo(400);
        assertThat(registrar.read(client).status()).isEqualTo(401);
        assertThat(registrar.update(client, Registrar.metadata()).status()).isEqualTo(401);
        assertThat(registrar.delete(client).status()).isEqualTo(401);
    }

    @Test
    void aRestartLeavesRegisteredClientsAlone() {
        Answer client = registered();

        server.restartAfter(Duration.ofMinutes(1));

        assertThat(server.server()
                        .issuer()
                        .stores()
                        .registrations()
                        .listUnused(server.clock().instant(), 10))
                .hasSize(1);
        assertThat(registrar
                        .manage(
                                "GET",
                                "/register?client_id=" + client.text("client_id"),
                                client.text("registration_access_token"),
                                "")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aClientThatTheOperatorTookOverIsHis() {
        Answer client = registered();
        String configured = "  - {client_id: " + client.text("client_id")
                + ", token_endpoint_auth_method: none, redirect_uris: [https://rp.example/]}\n";
        server.restartWith(TestServer.CONFIGURATION + configured + "registration: {access: open}\n");

        for (String method : List.of("GET", "PUT", "DELETE")) {
            Answer refused = registrar.manage(
                    method,
                    "/register?client_id=" + client.text("client_id"),
                    client.text("registration_access_token"),
                    "{}");
            assertThat(refused.status()).isEqualTo(403);
        }
    }
}
