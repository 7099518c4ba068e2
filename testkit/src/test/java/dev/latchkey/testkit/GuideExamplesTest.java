package dev.latchkey.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The code of docs/guide/testing.md: it is here letter by letter, and works. */
class GuideExamplesTest {
    private static final Pattern JAVA_BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @Test
    void theGuideShowsWhatIsHere() throws IOException {
        String here = letters(Files.readString(Path.of("src/test/java/dev/latchkey/testkit/GuideExamplesTest.java")));
        List<String> blocks = JAVA_BLOCK
                .matcher(Files.readString(Path.of("../docs/guide/testing.md")))
                .results()
                .map((MatchResult block) -> letters(block.group(1)))
                .toList();

        assertThat(blocks).hasSize(6).allSatisfy(block -> assertThat(here).contains(block));
    }

    private static String letters(String text) {
        return text.replaceAll("\\s+", "");
    }

    @Nested
    @LatchkeyTest(
            audience = "https://orders.example",
            scopes = {"orders:read", "orders:write"},
            users = @TestUser(username = "alice", roles = "admin"))
    class OrdersTest {
        private final OrdersApi api;

        OrdersTest(LatchkeyServer latchkey) {
            api = new OrdersApi(latchkey.issuer(), latchkey.clock());
        }

        @Test
        void whoMayReadOrdersReadsThem(LatchkeyServer latchkey) {
            String token = latchkey.tokenFor("alice").scope("orders:read").mint();

            assertThat(api.get("/orders", token).status()).isEqualTo(200);
        }

        @Test
        void anotherScopeIsNotEnough(LatchkeyServer latchkey) {
            String token = latchkey.tokenFor("alice").scope("orders:write").mint();

            assertThat(api.get("/orders", token).status()).isEqualTo(403);
        }
    }

    @Nested
    @LatchkeyTest(configuration = "orders.yaml", settings = "tokens.access-lifetime=5m")
    class ConfiguredTest {
        @ConfigureLatchkey
        static void configure(ServerConfiguration latchkey) {
            latchkey.user("carol", carol -> carol.email("carol@example.com").claim("locale", "fr"))
                    .client(
                            "spa",
                            spa -> spa.redirectUris("https://spa.example/callback")
                                    .withoutSecret())
                    .environment("WEB_SECRET", "secret-of-this-test-alone");
        }

        @Test
        void carolSignsInAtThePage(LatchkeyServer latchkey) {
            assertThat(latchkey.signIn("carol", "spa").scope()).contains("orders:read");
        }
    }

    @Nested
    @LatchkeyTest(
            audience = "https://orders.example",
            clients = @TestClient(id = "web", redirectUris = "https://web.example/callback"))
    class Uses {
        @Test
        void ofTokens(LatchkeyServer latchkey) {
            OrdersApi api = new OrdersApi(latchkey.issuer(), latchkey.clock());

            String token = latchkey.tokenFor("alice")
                    .client("web")
                    .scope("orders:read")
                    .roles("auditor")
                    .claim("tenant", "acme")
                    .expiresIn(Duration.ofMinutes(1))
                    .mint();

            assertThat(api.get("/orders", token).status()).isEqualTo(200);
        }

        @Test
        void ofLogins(LatchkeyServer latchkey) {
            Tokens tokens = latchkey.login("alice");
            Tokens signedIn = latchkey.signIn("alice", "web");
            Tokens next = latchkey.refresh(signedIn);
            latchkey.revoke(tokens);

            assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> latchkey.refresh(tokens));
            assertThat(latchkey.refresh(next).scope()).contains("openid");
        }

        @Test
        void ofTimeKeysAndOutages(LatchkeyServer latchkey) {
            latchkey.rotateKeys();
            OrdersApi api = new OrdersApi(latchkey.issuer(), latchkey.clock());
            String token = latchkey.tokenFor("alice")
                    .scope("orders:read")
                    .expiresIn(Duration.ofHours(1))
                    .mint();

            latchkey.clock().advance(Duration.ofMinutes(20));
            latchkey.rotateKeys();
            latchkey.withdrawKeys();
            try (Outage _ = latchkey.outage(Outage.Kind.SILENT)) {
                assertThat(api.get("/orders", token).status()).isEqualTo(200);
            }
        }
    }

    @Test
    void aServerWithoutJUnit() {
        try (LatchkeyServer latchkey = LatchkeyServer.start(config -> config.audience("https://orders.example"))) {
            String token = latchkey.tokenFor("alice").scope("orders:read").mint();
            OrdersApi api = new OrdersApi(latchkey.issuer(), latchkey.clock());

            assertThat(api.get("/orders", token).status()).isEqualTo(200);
        }
    }
}
