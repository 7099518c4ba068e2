package dev.latchkey.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.tls.TestAuthority;
import dev.latchkey.server.tls.TlsFiles;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole server behind its own certificate. */
class TlsServeTest {
    private static final String QUICK = "passwords: {argon2-memory: 7MiB, argon2-iterations: 1}\n";

    @TempDir
    Path folder;

    private final TestAuthority authority = new TestAuthority();

    private String configuration() {
        TlsFiles files = TlsFiles.in(folder).write(authority.identity("localhost"));
        return "tls: {certificate: " + files.certificate() + ", private-key: " + files.key() + "}\n" + QUICK;
    }

    private HttpResponse<String> get(TestServer server, String path) throws Exception {
        try (HttpClient client =
                HttpClient.newBuilder().sslContext(authority.clientContext()).build()) {
            URI url = URI.create("https://localhost:" + server.server().port() + path);
            return client.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString());
        }
    }

    @Test
    void theIssuerIsHttpsOnLocalhost() throws Exception {
        try (TestServer server = TestServer.start(configuration())) {
            HttpResponse<String> metadata = get(server, "/.well-known/openid-configuration");
            assertThat(metadata.body())
                    .contains(
                            "\"issuer\":\"https://localhost:" + server.server().port() + "\"");
            assertThat(metadata.headers().firstValue("strict-transport-security"))
                    .isEmpty();
        }
    }

    @Test
    void browsersAreToldToComeByHttpsOnly() throws Exception { // RFC 6797 §7.1
        try (TestServer server = TestServer.start("issuer: https://login.example\n" + configuration())) {
            for (String path : new String[] {"/jwks", "/missing", "/docs"}) {
                assertThat(get(server, path).headers().allValues("strict-transport-security"))
                        .containsExactly("max-age=31536000; includeSubDomains");
            }
        }
    }

    /** A proxy has the TLS then. */
    @Test
    void behindAProxyToo() {
        try (TestServer server = TestServer.start("issuer: https://login.example\n" + QUICK)) {
            assertThat(server.get("/jwks").header("strict-transport-security"))
                    .contains("max-age=31536000; includeSubDomains");
        }
    }
}
