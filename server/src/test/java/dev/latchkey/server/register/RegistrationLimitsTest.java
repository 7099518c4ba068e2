package dev.latchkey.server.register;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.Answer;
import dev.latchkey.server.TestServer;
import dev.latchkey.server.UserAgent;
import dev.latchkey.server.authorize.CodeRequest;
import dev.latchkey.server.client.ClientSecret;
import dev.latchkey.server.protocol.ClientId;
import dev.latchkey.token.Json;
import java.net.InetAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who may register, how many clients, and how long those live that nobody uses. */
class RegistrationLimitsTest {
    private static final String TOKEN = "an-initial-access-token-of-a-test";
    private static final String BODY = Json.write(Registrar.metadata());

    private static TestServer server(String settings) {
        return TestServer.start(TestServer.CONFIGURATION + "registration: {" + settings + "}\n");
    }

    private static void giveToken(TestServer server, int uses, Duration life) {
        var stores = server.server().issuer().stores();
        stores.unitOfWork().run(transaction -> {
            stores.initialAccessTokens()
                    .insert(
                            transaction,
                            ClientSecret.hash(TOKEN),
                            uses,
                            server.clock().instant().plus(life));
            return true;
        });
    }

    private static List<ClientId> unused(TestServer server) {
        return server.server()
                .issuer()
                .stores()
                .registrations()
                .listUnused(server.clock().instant().plusSeconds(1), 100);
    }

    @Test
    void offMeansThatThereIsNothing() {
        try (TestServer server = TestServer.start()) {
            assertThat(new Registrar(server).post(BODY).status()).isEqualTo(404);
            assertThat(server.get("/register").status()).isEqualTo(404);
            assertThat(server.get("/.well-known/openid-configuration").json())
                    .doesNotContainKey("registration_endpoint");
        }
    }

    @Test
    void withoutATokenNobodyRegistersWhereOneIsNeeded() {
        try (TestServer server = server("access: initial-access-token")) {
            Registrar registrar = new Registrar(server);
            Answer none = registrar.post(BODY);
            Answer wrong = registrar.postAs("wrong", BODY);

            assertThat(none.status()).isEqualTo(401);
            assertThat(none.header("WWW-Authenticate")).contains("Bearer");
            assertThat(wrong.status()).isEqualTo(401);
            assertThat(wrong.text("error")).isEqualTo("invalid_token");
            assertThat(registrar
                            .postAs(server.login().text("access_token"), BODY)
                            .status())
                    .isEqualTo(401);
            assertThat(unused(server)).isEmpty();
        }
    }

    @Test
    void aTokenIsGoodForSoManyClientsAndARefusalUsesNothingUp() {
        try (TestServer server = server("access: initial-access-token")) {
            Registrar registrar = new Registrar(server);
            giveToken(server, 2, Duration.ofDays(1));

            assertThat(registrar.postAs(TOKEN, BODY).status()).isEqualTo(201);
            assertThat(registrar.postAs(TOKEN, "{}").status()).isEqualTo(400);
            assertThat(registrar.postAs(TOKEN, BODY).status()).isEqualTo(201);
            assertThat(registrar.postAs(TOKEN, BODY).status()).isEqualTo(401);
        }
    }

    @Test
    void aTokenExpires() {
        try (TestServer server = server("access: initial-access-token")) {
            giveToken(server, 2, Duration.ofHours(1));

            server.clock().turn(Duration.ofHours(1));

            assertThat(new Registrar(server).postAs(TOKEN, BODY).status()).isEqualTo(401);
        }
    }

    @Test
    void ofManyWithATokenForOneClientOneWins() throws Exception {
        try (TestServer server = server("access: initial-access-token");
                ExecutorService threads = Executors.newFixedThreadPool(32)) {
            Registrar registrar = new Registrar(server);
            giveToken(server, 1, Duration.ofDays(1));
            Callable<Integer> attempt = () -> registrar.postAs(TOKEN, BODY).status();
            List<Integer> answers = threads
                    .invokeAll(IntStream.range(0, 32).mapToObj(_ -> attempt).toList())
                    .stream()
                    .map(Future::resultNow)
                    .toList();

            assertThat(answers).filteredOn(status -> status == 201).hasSize(1);
            assertThat(answers).filteredOn(status -> status == 401).hasSize(31);
            assertThat(unused(server)).hasSize(1);
        }
    }

    @Test
    void thereAreSoManyClientsAndNoMore() {
        try (TestServer server = server("access: open, max-clients: 2")) {
            Registrar registrar = new Registrar(server);
            Answer first = registrar.post(BODY);
            assertThat(registrar.post(BODY).status()).isEqualTo(201);

            Answer full = registrar.post(BODY);
            assertThat(full.status()).isEqualTo(403);
            assertThat(full.text("error")).isEqualTo("access_denied");

            assertThat(registrar.delete(first).status()).isEqualTo(204);
            assertThat(registrar.post(BODY).status()).isEqualTo(201);
        }
    }

    @Test
    void anAddressIsHeardSoOftenAnHour() {
        try (TestServer server = server("access: open, per-address: 3")) {
            Registrar registrar = new Registrar(server);
            giveToken(server, 1, Duration.ofDays(1));
            List<Integer> answers = Stream.of(BODY, "{}", BODY, BODY)
                    .map(body -> registrar.post(body).status())
                    .toList();
            assertThat(answers).containsExactly(201, 400, 201, 429);
            assertThat(registrar.post(BODY).header("Retry-After")).contains("3600");
            assertThat(registrar.postAs(TOKEN, BODY).status()).isEqualTo(201);

            server.clock().turn(Duration.ofHours(1));

            assertThat(registrar.post(BODY).status()).isEqualTo(201);
        }
    }

    @Test
    void anIpv6NetworkCountsAsOneAddress() {
        try (TestServer server = TestServer.start()) {
            AddressRate rate = new AddressRate(1, server.clock());

            assertThat(rate.count(InetAddress.ofLiteral("2001:db8::1"))).isEmpty();
            assertThat(rate.count(InetAddress.ofLiteral("2001:db8::2"))).isPresent();
            assertThat(rate.count(InetAddress.ofLiteral("2001:db8:0:1::1"))).isEmpty();
            assertThat(rate.count(InetAddress.ofLiteral("192.0.2.1"))).isEmpty();
            assertThat(rate.count(InetAddress.ofLiteral("192.0.2.1"))).isPresent();
        }
    }

    @Test
    void whatNobodyUsesExpiresAndWhatWasUsedStays() {
        try (TestServer server = server("access: open, unused-expire-after: 2d")) {
            Registrar registrar = new Registrar(server);
            Answer idle = registrar.post(BODY);
            Answer used = registrar.post(BODY);
            UserAgent alice = new UserAgent(server);
            var page = alice.authorize(CodeRequest.of(used.text("client_id"), Registrar.REDIRECT_URI));
            alice.submit(alice.signIn(page), "decision", "allow").code();

            server.clock().turn(Duration.ofDays(2).minusSeconds(1));
            server.keepHouse();
            assertThat(registrar.read(idle).status()).isEqualTo(200);
            server.clock().turn(Duration.ofSeconds(2));
            server.keepHouse();

            assertThat(registrar.read(idle).status()).isEqualTo(401);
            assertThat(registrar.read(used).status()).isEqualTo(200);
        }
    }

    @Test
    void aClientOfTheConfigurationDoesNotExpire() {
        try (TestServer server = server("access: open, unused-expire-after: 2d")) {
            Answer client = new Registrar(server).post(BODY);
            ClientId id = new ClientId(client.text("client_id"));
            server.restartWith(TestServer.CONFIGURATION + "  - {client_id: " + id
                    + ", token_endpoint_auth_method: none, redirect_uris: [https://rp.example/]}\n");

            server.clock().turn(Duration.ofDays(60));
            server.keepHouse();

            assertThat(server.server().issuer().stores().clients().find(id)).isPresent();
            assertThat(unused(server)).isEmpty();
        }
    }

    @Test
    void clientCredentialsAndMissingPkceAreTheOperatorsToAllow() {
        try (TestServer server =
                server("access: open, require-pkce: false, grant-types: [authorization_code, client_credentials]")) {
            Registrar registrar = new Registrar(server);

            Answer confidential =
                    registrar.register("grant_types", List.of("client_credentials"), "redirect_uris", List.of());
            Answer visible = registrar.register("token_endpoint_auth_method", "none");

            assertThat(confidential.json()).containsEntry("require_pkce", false);
            assertThat(server.postAs(
                                    confidential.text("client_id"),
                                    confidential.text("client_secret"),
                                    "/token",
                                    "grant_type",
                                    "client_credentials",
                                    "scope",
                                    "email")
                            .status())
                    .isEqualTo(200);
            assertThat(unused(server)).hasSize(1);
            assertThat(visible.json()).containsEntry("require_pkce", true);
            assertThat(registrar
                            .register(
                                    "grant_types",
                                    List.of("client_credentials"),
                                    "token_endpoint_auth_method",
                                    "none",
                                    "redirect_uris",
                                    List.of())
                            .status())
                    .isEqualTo(400);
            assertThat(registrar.register("response_types", List.of("id_token")).json())
                    .isEqualTo(Map.of(
                            "error",
                            "invalid_client_metadata",
                            "error_description",
                            "grant_types has a value that is not supported",
                            "detail",
                            "grant_types has a value that is not supported"));
        }
    }

    @Test
    void scriptsOfOtherSitesRegisterWhereEverybodyMay() {
        for (String access : List.of("open", "initial-access-token")) {
            try (TestServer server = server("access: " + access)) {
                Answer preflight = server.send(server.request("/register")
                        .header("Origin", "https://inspector.example")
                        .method("OPTIONS", BodyPublishers.noBody()));
                assertThat(preflight.header("Access-Control-Allow-Origin").isPresent())
                        .isEqualTo(access.equals("open"));
            }
        }
    }
}
