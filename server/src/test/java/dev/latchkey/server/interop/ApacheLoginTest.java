package dev.latchkey.server.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.latchkey.server.TestServer;
import dev.latchkey.server.interop.Visitor.Page;
import dev.latchkey.token.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Apache's mod_auth_openidc guards an application that reads who is signed in from headers. */
class ApacheLoginTest {
    private static final String SECRET = "apache-secret-apache-secret-00000";

    private final Visitor alice = new Visitor();
    private final int port = Apache.freePort();
    private HttpServer application;
    private TestServer server;
    private Apache apache;

    @BeforeAll
    static void skipWithoutApache() {
        Apache.skipUnlessInstalled("ApacheLoginTest");
    }

    @BeforeEach
    void start() throws IOException {
        String url = "http://127.0.0.1:" + port;
        server = TestServer.start("outbound: {insecure-allow-private-addresses: true}\n" + TestServer.CONFIGURATION
                + """
                  - client_id: apache
                    client_secret: %s
                    redirect_uris: ['%s/oidc']
                    post_logout_redirect_uris: ['%s/signed-out']
                    backchannel_logout_uri: '%s/oidc?logout=backchannel'
                    grant_types: [authorization_code, refresh_token]
                    scope: openid profile email offline_access
                """.formatted(SECRET, url, url, url));
        server.clock().turnToPresent();
        application = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        application.createContext("/", ApacheLoginTest::tellWhoIsSignedIn);
        application.start();
        apache = Apache.start(
                port, "http://127.0.0.1:" + application.getAddress().getPort(), """
                    OIDCProviderMetadataURL %s/.well-known/openid-configuration
                    OIDCClientID apache
                    OIDCClientSecret %s
                    OIDCRedirectURI %s/oidc
                    OIDCCryptoPassphrase of-this-test-alone
                    OIDCScope "openid profile email offline_access"
                    OIDCPKCEMethod S256
                    OIDCInfoHook iat access_token access_token_expires id_token userinfo refresh_token session
                    """.formatted(
                                server.url(), SECRET, url));
    }

    @AfterEach
    void stop() {
        alice.close();
        if (apache != null) {
            apache.close();
            application.stop(0);
            server.close();
        }
    }

    private static void tellWhoIsSignedIn(HttpExchange exchange) throws IOException {
        byte[] text = String.join(
                        "\n",
                        exchange.getRequestHeaders().getFirst("OIDC_CLAIM_name"),
                        exchange.getRequestHeaders().getFirst("OIDC_CLAIM_email"),
                        exchange.getRequestHeaders().getFirst("OIDC_CLAIM_iss"))
                .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, text.length);
        exchange.getResponseBody().write(text);
        exchange.close();
    }

    private Page signedIn() {
        Page page = alice.signIn(alice.get(apache.url() + "/orders"));
        assertThat(page.uri()).as(() -> page.text() + apache.errors()).hasToString(apache.url() + "/orders");
        return page;
    }

    /** What the module knows, after a refresh if that is wanted. */
    private Map<String, Object> info(String more) {
        Page page = alice.get(apache.url() + "/oidc?info=json" + more);
        assertThat(page.status()).as(() -> page.text() + apache.errors()).isEqualTo(200);
        return Json.parseObject(page.text());
    }

    @Test
    void signsInAndTellsTheApplicationWhoItIs() {
        Page login = alice.get(apache.url() + "/orders");
        assertThat(login.uri().toString())
                .as(() -> login.text() + apache.errors())
                .startsWith(server.url());

        assertThat(signedIn().text()).isEqualTo("Alice Liddell\nalice@example.com\n" + server.url());
        assertThat(info(""))
                .extractingByKey("userinfo", InstanceOfAssertFactories.map(String.class, Object.class))
                .containsEntry("name", "Alice Liddell");
    }

    @Test
    void refreshes() {
        signedIn();
        Map<String, Object> first = info("");

        Map<String, Object> second = info("&access_token_refresh_interval=0");

        assertThat(second.get("access_token")).isNotEqualTo(first.get("access_token"));
        assertThat(second.get("refresh_token")).isNotEqualTo(first.get("refresh_token"));
        assertThat(server.getAs((String) second.get("access_token"), "/userinfo")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void signsOutHereAndAtTheServer() {
        signedIn();

        Page signedOut = alice.get(apache.url() + "/oidc?logout=" + TestServer.encode(apache.url() + "/signed-out"));

        assertThat(signedOut.uri()).as(signedOut.text()).hasToString(apache.url() + "/signed-out");
        assertThat(signedOut.text()).doesNotContain("Alice");
        assertThat(alice.get(apache.url() + "/orders").uri().toString()).startsWith(server.url());
    }

    @Test
    void isToldOfALogoutAtTheServer() {
        signedIn();
        Visitor other = new Visitor();
        other.signIn(other.get(apache.url() + "/orders"));

        alice.submit(alice.get(server.url() + "/logout"), "logout", "yes");

        Page page = alice.get(apache.url() + "/orders");
        for (int visits = 0; visits < 100 && page.text().startsWith("Alice"); visits++) {
            page = alice.get(apache.url() + "/orders"); // until the logout token is there
        }
        assertThat(page.uri().toString()).startsWith(server.url());
        assertThat(other.get(apache.url() + "/orders").text()).startsWith("Alice");
        other.close();
    }
}
