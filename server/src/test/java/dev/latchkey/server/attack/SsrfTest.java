package dev.latchkey.server.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.Answer;
import dev.latchkey.server.TestServer;
import dev.latchkey.server.UserAgent;
import dev.latchkey.server.client.ClientAssertions;
import dev.latchkey.token.Algorithm;
import dev.latchkey.token.Jwk;
import dev.latchkey.token.Jwt;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Addresses inside, named by clients as places to fetch from: nothing is ever asked there (OWASP ASVS 5.0 V15.3; RFC 9700
 * leaves it to RFC 7591 §5). What resolves or redirects to them is tested where requests to others are made.
 */
class SsrfTest {
    private static final Jwk KEY = Jwk.generate(Algorithm.ES256).withKeyId("k");

    /** Addresses of this machine in every spelling; the port is that of a listener. */
    static Stream<String> insides() {
        return Stream.of(
                "https://127.0.0.1:%d/jwks",
                "https://localhost:%d/jwks",
                "https://127.0.0.1.:%d/jwks",
                "https://127.1:%d/jwks",
                "https://0x7f000001:%d/jwks",
                "https://2130706433:%d/jwks",
                "https://0177.0.0.1:%d/jwks",
                "https://0.0.0.0:%d/jwks",
                "https://0:%d/jwks",
                "https://[::1]:%d/jwks",
                "https://[::]:%d/jwks",
                "https://[::ffff:127.0.0.1]:%d/jwks",
                "https://[::127.0.0.1]:%d/jwks",
                "https://[64:ff9b::127.0.0.1]:%d/jwks",
                "https://[2002:7f00:1::]:%d/jwks",
                "http://127.0.0.1:%d/jwks",
                "http://localhost:%d/jwks");
    }

    private static String configuration(String uri, int port) {
        return """
            passwords: {argon2-memory: 7MiB, argon2-iterations: 1}
            users:
              - {username: alice, password: correct horse battery staple}
            clients:
              - client_id: web
                client_name: Hostile
                client_secret: web-secret-web-secret-web-secret-0
                redirect_uris: [https://rp.example/callback]
                grant_types: [authorization_code]
                scope: openid profile
                jwks_uri: '%1$s'
                userinfo_encrypted_response_alg: ECDH-ES
                logo_uri: '%1$s'
                client_uri: '%1$s'
                policy_uri: '%1$s'
                tos_uri: '%1$s'
                initiate_login_uri: '%1$s'
                backchannel_logout_uri: '%1$s'
              - client_id: keys
                token_endpoint_auth_method: private_key_jwt
                grant_types: [client_credentials]
                jwks_uri: '%1$s'
            """.formatted(uri.formatted(port));
    }

    @ParameterizedTest
    @MethodSource("insides")
    void nothingInsideIsAsked(String inside) throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 50, InetAddress.getByName("::"));
                Scene scene = scene(configuration(inside, listener.getLocalPort()))) {
            Answer refused = assertionAt(scene.server);
            UserAgent alice = scene.browser();
            Answer tokens = scene.redeem(scene.allowed(alice).code());
            Answer userInfo = scene.server.getAs(tokens.text("access_token"), "/userinfo");

            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.text("error")).isEqualTo("invalid_client");
            assertThat(refused.body()).doesNotContain("127.0.0.1", "localhost", "loopback", "https:");
            assertThat(userInfo.status()).isEqualTo(400);
            assertThat(userInfo.body()).doesNotContain("127.0.0.1", "localhost", "loopback", "https:");
            assertThat(isAskedWithin(listener)).isFalse();
        }
    }

    /** Where the configuration does not take such an address at all, that is well too. */
    private static Scene scene(String configuration) {
        try {
            return new Scene(configuration);
        } catch (IllegalArgumentException refused) {
            assertThat(refused).hasMessageContaining("URL");
            return new Scene(configuration.replaceAll("'http[^']*'", "'https://127.0.0.1:1/jwks'"));
        }
    }

    private static Answer assertionAt(TestServer server) {
        String assertion = Jwt.create(server.clock())
                .issuer("keys")
                .subject("keys")
                .audience(server.url())
                .expiresIn(Duration.ofMinutes(1))
                .id("once")
                .sign(KEY);
        List<String> form = List.of(
                "grant_type",
                "client_credentials",
                "client_assertion_type",
                ClientAssertions.TYPE,
                "client_assertion",
                assertion);
        return server.post("/token", form.toArray(String[]::new));
    }

    private static boolean isAskedWithin(ServerSocket listener) throws IOException {
        listener.setSoTimeout(100);
        try {
            listener.accept().close();
            return true;
        } catch (SocketTimeoutException _) {
            return false;
        }
    }
}
