package dev.latchkey.server.hosting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.Answer;
import dev.latchkey.server.TestServer;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which issuer a request is for. */
class IssuerAddressTest {
    private static final ManyIssuers ISSUERS = ManyIssuers.start();
    private static final TestServer SERVER = ISSUERS.server;

    @AfterAll
    static void stop() {
        ISSUERS.close();
    }

    @ParameterizedTest // OpenID Connect Discovery §4, RFC 8414 §3.1, and both for the document of the other (§5)
    @ValueSource(
            strings = {
                "/red/.well-known/openid-configuration",
                "/red/.well-known/oauth-authorization-server",
                "/.well-known/oauth-authorization-server/red",
                "/.well-known/openid-configuration/red"
            })
    void theMetadataOfAPathAreFoundBothWays(String path) {
        Answer metadata = SERVER.get(path);

        assertThat(metadata.status()).isEqualTo(200);
        assertThat(metadata.json())
                .containsEntry("issuer", SERVER.url() + "/red")
                .containsEntry("token_endpoint", SERVER.url() + "/red/token")
                .containsEntry("jwks_uri", SERVER.url() + "/red/jwks");
        assertThat(metadata.headers("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void theMetadataOfAHostAreAtItsTop() {
        Answer metadata = ManyIssuers.at(SERVER, "green.example", "/.well-known/openid-configuration");

        assertThat(metadata.json()).containsEntry("issuer", "https://green.example");
        assertThat(ManyIssuers.at(SERVER, "shared.example", "/.well-known/oauth-authorization-server/deep/gray")
                        .json())
                .containsEntry("issuer", "https://shared.example/deep/gray");
    }

    @ParameterizedTest
    @CsvSource({
        "green.example, 200",
        "GREEN.example:443, 200",
        "green.example., 200",
        "'evil.example, green.example', 200",
        "'green.example, evil.example', 404",
        "red.example, 404",
        "green.example.evil.example, 404",
        "localhost, 404"
    })
    void aHostIsComparedWhole(String host, int status) {
        assertThat(ManyIssuers.at(SERVER, host, "/jwks").status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "/red/jwks, 200",
        "/jwks, 404",
        "/reddish/jwks, 404",
        "/red, 404",
        "/red/, 404",
        "//red/jwks, 404",
        "/red//jwks, 404",
        "/%72ed/jwks, 404",
        "/blue/../red/jwks, 404",
        "/deep/gray/jwks, 404",
        "/gray/jwks, 404",
        "/.well-known/openid-configuration, 404",
        "/.well-known/openid-configuration/purple, 404",
        "/.well-known/jwks/red, 404",
        "/red/health/live, 404",
        "/red/metrics, 404"
    })
    void aPathIsComparedWhole(String path, int status) {
        assertThat(SERVER.send(SERVER.request("/jwks").uri(java.net.URI.create(SERVER.url() + path)))
                        .status())
                .isEqualTo(status);
    }

    @Test
    void healthAndMetricsAreOfTheProcess() {
        assertThat(SERVER.get("/red/jwks").status()).isEqualTo(200); // ready is who has an open store at once
        assertThat(SERVER.get("/health/live").status()).isEqualTo(200);
        assertThat(SERVER.readiness()).isEqualTo(200);
        assertThat(SERVER.get("/metrics").body())
                .contains("latchkey_issuers 4.0", "latchkey_issuers_open ", "latchkey_issuers_failing 0.0");
        assertThat(ManyIssuers.at(SERVER, "green.example", "/health/live").status())
                .isEqualTo(200);
    }

    @Test
    void pagesAndDescriptionsAreOfTheIssuer() {
        assertThat(SERVER.get("/red/docs").body()).contains(SERVER.url() + "/red", "\"/red/docs/");
        assertThat(SERVER.get("/blue/openapi.json").json().get("servers"))
                .isEqualTo(List.of(java.util.Map.of("url", SERVER.url() + "/blue")));
        assertThat(SERVER.get("/blue/account").body()).contains("action=\"/blue/account/sign-in\"");
    }

    @Test
    void tokensNameTheirIssuer() {
        String token = ManyIssuers.login(SERVER, "green.example", "").text("access_token");

        assertThat(dev.latchkey.token.UnverifiedToken.parse(token).claims())
                .containsEntry("iss", "https://green.example");
    }
}
