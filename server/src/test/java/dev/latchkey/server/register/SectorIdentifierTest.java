package dev.latchkey.server.register;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.latchkey.server.Answer;
import dev.latchkey.server.TestServer;
import dev.latchkey.server.conformance.Certifies;
import dev.latchkey.server.tls.TestAuthority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The one address that a registration makes the server ask (OpenID Connect Registration §5). */
class SectorIdentifierTest {
    private static final List<String> TWO_HOSTS = List.of("https://rp.example/callback", "https://other.example/cb");

    private final TestAuthority authority = new TestAuthority();
    private final AtomicReference<String> document = new AtomicReference<>("[]");
    private final AtomicInteger status = new AtomicInteger(200);
    private final AtomicInteger asked = new AtomicInteger();
    private final HttpsServer sector = sector();

    @TempDir
    private Path folder = Path.of("");

    private HttpsServer sector() {
        try {
            HttpsServer https = HttpsServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
            https.setHttpsConfigurator(new HttpsConfigurator(
                    authority.identity("127.0.0.1", "localhost").serverContext()));
            https.createContext("/", exchange -> {
                asked.incrementAndGet();
                byte[] body = document.get().getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.getResponseHeaders().add("Location", "/elsewhere");
                exchange.sendResponseHeaders(status.get(), body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            https.start();
            return https;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void stop() {
        sector.stop(0);
    }

    private String sectorUri() {
        return "https://127.0.0.1:" + sector.getAddress().getPort() + "/sector.json";
    }

    private TestServer lenient() throws IOException {
        Path certificates = Files.writeString(folder.resolve("ca.pem"), authority.certificatePem());
        return TestServer.start(Registrar.OPEN
                + "outbound: {insecure-allow-private-addresses: true, trust-certificates: " + certificates + "}\n");
    }

    private static void assertRefused(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.text("error")).isEqualTo("invalid_client_metadata");
        assertThat(answer.text("error_description")).startsWith("sector_identifier_uri ");
    }

    @Certifies({"oidcc-registration-sector-uri", "oidcc-registration-sector-bad"})
    @ParameterizedTest
    @ValueSource(strings = {"public", "pairwise"})
    void theListHasToHaveEveryRedirectUri(String subjectType) throws IOException {
        try (TestServer server = lenient()) {
            Registrar registrar = new Registrar(server);
            Object[] metadata = {
                "subject_type", subjectType, "redirect_uris", TWO_HOSTS, "sector_identifier_uri", sectorUri()
            };
            document.set("[\"https://rp.example/callback\", \"https://other.example/cb\", \"https://third.example/\"]");
            Answer accepted = registrar.register(metadata);
            assertThat(accepted.status()).as(accepted.body()).isEqualTo(201);
            assertThat(accepted.json()).containsEntry("sector_identifier_uri", sectorUri());

            for (String bad : List.of(
                    "[\"https://rp.example/callback\"]",
                    "[\"https://rp.example/callback\", \"https://OTHER.example/cb\"]",
                    "[\"https://rp.example/callback\", \"https://other.example/cb\", 1]",
                    "{\"redirect_uris\": [\"https://rp.example/callback\", \"https://other.example/cb\"]}",
                    "[]",
                    "",
                    "[",
                    "null")) {
                document.set(bad);
                assertRefused(registrar.register(metadata));
                assertRefused(registrar.update(accepted, Registrar.metadata(metadata)));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 404, 500})
    void noRedirectIsFollowedAndNoErrorTaken(int answer) throws IOException {
        try (TestServer server = lenient()) {
            document.set("[\"https://rp.example/callback\"]");
            status.set(answer);

            assertRefused(new Registrar(server).register("sector_identifier_uri", sectorUri()));
            assertThat(asked).hasValue(1);
        }
    }

    @Test
    void severalHostsAndLoopbackNeedASector() {
        try (TestServer server = TestServer.start(Registrar.OPEN)) {
            Registrar registrar = new Registrar(server);

            assertRefused(registrar.register("subject_type", "pairwise", "redirect_uris", TWO_HOSTS));
            assertRefused(registrar.register(
                    "subject_type",
                    "pairwise",
                    "application_type",
                    "native",
                    "redirect_uris",
                    List.of("http://127.0.0.1/callback")));
            assertRefused(registrar.register(
                    "subject_type",
                    "pairwise",
                    "application_type",
                    "native",
                    "redirect_uris",
                    List.of("com.example.app:/callback")));
            assertThat(registrar
                            .register(
                                    "subject_type",
                                    "pairwise",
                                    "redirect_uris",
                                    List.of("https://rp.example/a", "https://RP.example:8443/b"))
                            .status())
                    .isEqualTo(201);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1:%d/",
                "https://localhost:%d/",
                "https://[::1]:%d/",
                "https://[::ffff:127.0.0.1]:%d/",
                "https://0.0.0.0:%d/",
                "https://2130706433:%d/",
                "https://localtest.localhost:%d/",
                "https://169.254.169.254/latest/meta-data/",
                "https://10.0.0.1/",
                "https://192.168.0.1/",
                "https://[fd00:ec2::254]/",
                "https://metadata.google.internal/",
                "https://127.0.0.1:22/"
            })
    void nothingBehindTheFirewallIsAskedAndAllAnswersAreOne(String uri) {
        try (TestServer server = TestServer.start(Registrar.OPEN)) {
            Answer answer = new Registrar(server)
                    .register(
                            "sector_identifier_uri",
                            uri.formatted(sector.getAddress().getPort()));

            assertRefused(answer);
            assertThat(asked).hasValue(0);
            assertThat(answer.text("error_description"))
                    .isIn(
                            "sector_identifier_uri does not lead to a JSON list of redirect URIs",
                            "sector_identifier_uri is not an https URL");
        }
    }

    @Test
    void theOtherAddressesAreNotAsked() throws IOException {
        try (TestServer server = lenient()) {
            String uri = sectorUri();
            Answer answer = new Registrar(server)
                    .register(
                            "client_uri", uri,
                            "logo_uri", uri,
                            "policy_uri", uri,
                            "tos_uri", uri,
                            "jwks_uri", uri,
                            "initiate_login_uri", uri,
                            "backchannel_logout_uri", uri);

            assertThat(answer.status()).as(answer.body()).isEqualTo(201);
            assertThat(asked).hasValue(0);
        }
    }

    @Test
    void aRefusedRequestAsksNobody() throws IOException {
        try (TestServer server = lenient()) {
            assertRefusedBefore(
                    new Registrar(server).register("sector_identifier_uri", sectorUri(), "client_name", "a\u202eb"));
            assertThat(asked).hasValue(0);
        }
    }

    private static void assertRefusedBefore(Answer answer) {
        assertThat(answer.text("error_description")).startsWith("client_name ");
    }
}
