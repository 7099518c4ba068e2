package dev.latchkey.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.token.Algorithm;
import dev.latchkey.token.Jwk;
import dev.latchkey.token.Verifier;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What a start makes of the configuration, the first time and when the file has changed. */
class ConfiguredTest {
    private static final String SECRET = "a shared secret of the simple set-up, long enough";

    @Test
    void whoLeavesTheFileIsDisabledAndComesBackWithIt() {
        try (TestServer server = TestServer.start()) {
            Answer login = server.login();
            server.restartWith("passwords: {argon2-memory: 7MiB, argon2-iterations: 1}\n");
            assertThat(server.login().status()).isEqualTo(401);
            assertThat(server.refresh(login.text("refresh_token")).status()).isEqualTo(400);
            assertThat(server.postAs(
                                    "service",
                                    "service-secret-service-secret-00",
                                    "/token",
                                    "grant_type",
                                    "client_credentials")
                            .status())
                    .isEqualTo(401);
            server.restartWith(TestServer.CONFIGURATION);
            assertThat(server.login().status()).isEqualTo(200);
            assertThat(server.refresh(login.text("refresh_token")).status())
                    .as("a session of before")
                    .isEqualTo(400);
        }
    }

    @Test
    void aScopeTakenFromAClientIsGoneAtTheNextRefresh() {
        try (TestServer server = TestServer.start()) {
            String token = server.post(
                            "/login", "username", "alice", "password", TestServer.PASSWORD, "client_id", "app")
                    .text("refresh_token");
            server.restartWith(
                    TestServer.CONFIGURATION.replace("scope: openid profile orders:read", "scope: openid profile"));
            Answer refreshed =
                    server.post("/token", "grant_type", "refresh_token", "refresh_token", token, "client_id", "app");
            assertThat(refreshed.json()).containsEntry("scope", "openid profile");
        }
    }

    @Test
    void aNewPasswordInTheFileEndsTheSessionsOfTheOldOne() {
        try (TestServer server = TestServer.start()) {
            Answer login = server.login();
            server.restartWith(TestServer.CONFIGURATION.replace(TestServer.PASSWORD, "quite another long password"));
            assertThat(server.refresh(login.text("refresh_token")).status()).isEqualTo(400);
            assertThat(server.login().status()).isEqualTo(401);
            assertThat(server.post("/login", "username", "alice", "password", "quite another long password")
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void theFirstStartWithoutUsersMakesOneWhoCanLogIn() {
        try (TestServer server = TestServer.start("passwords: {argon2-memory: 7MiB, argon2-iterations: 1}\n")) {
            FirstUser first = server.server().firstUser().orElseThrow();
            assertThat(first.password()).hasSizeGreaterThanOrEqualTo(15);
            Answer login = server.post("/login", "username", first.username(), "password", first.password());
            assertThat(login.status()).isEqualTo(200);
            server.restartWith("passwords: {argon2-memory: 7MiB, argon2-iterations: 1}\n");
            assertThat(server.server().firstUser()).isEmpty();
            assertThat(server.refresh(login.text("refresh_token")).status()).isEqualTo(200);
        }
    }

    @Test
    void aSharedSecretSignsAndIsNotPublished() {
        try (TestServer server = TestServer.start(
                TestServer.CONFIGURATION + "tokens: {signing-algorithm: HS256, shared-secret: '" + SECRET + "'}\n")) {
            Answer login = server.login();
            Verifier verifier = Verifier.with(Jwk.secret(Algorithm.HS256, SECRET.getBytes(StandardCharsets.UTF_8)))
                    .issuer(server.url())
                    .audience(server.url())
                    .algorithms(Algorithm.HS256)
                    .type("at+jwt")
                    .clock(server.clock())
                    .build();
            assertThat(verifier.verify(login.text("access_token")).string("client_id"))
                    .isEqualTo("first-party");
            assertThat(server.getAs(login.text("access_token"), "/users/me").status())
                    .isEqualTo(200);
            assertThat(server.get("/jwks").body()).doesNotContain("\"oct\"").doesNotContain("HS256");
        }
    }
}
