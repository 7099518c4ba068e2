package dev.latchkey.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.latchkey.token.UnverifiedToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a test declares is there, and works as in production: users log in, clients have tokens, sessions end. */
@LatchkeyTest(
        audience = "https://orders.example",
        scopes = {"orders:read", "orders:write"},
        users = {
            @TestUser(username = "alice", roles = "admin", name = "Alice Liddell", email = "alice@example.com"),
            @TestUser(username = "bob", password = "bobs password is a long one")
        },
        clients = {
            @TestClient(id = "web", redirectUris = "https://web.example/callback"),
            @TestClient(id = "spa", redirectUris = "http://127.0.0.1/callback", withoutSecret = true),
            @TestClient(id = "stock", scopes = "orders:read", audience = "https://stock.example")
        })
class LatchkeyServerTest {
    private final LatchkeyServer latchkey;
    private final Api api;

    LatchkeyServerTest(LatchkeyServer latchkey) {
        this.latchkey = latchkey;
        this.api = new Api(latchkey);
    }

    @Test
    void aLoginByPasswordIsAnsweredWithTokensForTheApi() {
        Tokens tokens = latchkey.login("alice");

        assertThat(api.check(tokens.accessToken())).isEqualTo("accepted");
        assertThat(tokens.claims())
                .containsEntry("iss", latchkey.issuer())
                .containsEntry("sub", latchkey.subjectOf("alice"))
                .containsEntry("roles", List.of("admin"))
                .containsEntry("client_id", "first-party");
        assertThat(tokens.scope()).contains("orders:read").contains("orders:write");
        assertThat(tokens.expiresIn()).hasMinutes(15);
    }

    @Test
    void aUserWithAPasswordOfItsOwnLogsInToo() {
        assertThat(latchkey.login("bob").claims()).containsEntry("sub", latchkey.subjectOf("bob"));
    }

    @Test
    void aSignInThroughThePagesEndsWithAnIdToken() {
        for (String client : List.of("web", "spa")) {
            Tokens tokens = latchkey.signIn("alice", client);

            assertThat(UnverifiedToken.parse(tokens.idToken()).claims())
                    .containsEntry("aud", client)
                    .containsEntry("sub", latchkey.subjectOf("alice"));
            assertThat(tokens.clientId()).isEqualTo(client);
            assertThat(api.check(tokens.accessToken())).isEqualTo("accepted");
        }
    }

    @Test
    void aSignInCanAskForLess() {
        Tokens tokens = latchkey.signIn("alice", "web", "openid orders:read");

        assertThat(tokens.scope()).isEqualTo("openid orders:read");
    }

    @Test
    void aRefreshGivesTheNextTokens() {
        for (Tokens tokens : List.of(latchkey.login("alice"), latchkey.signIn("alice", "web"))) {
            Tokens next = latchkey.refresh(tokens);

            assertThat(next.refreshToken()).isNotEqualTo(tokens.refreshToken());
            assertThat(next.claims().get("sid")).isEqualTo(tokens.claims().get("sid"));
        }
    }

    @Test
    void aRevokedSessionHasEndedForAllItsTokens() {
        Tokens tokens = latchkey.login("alice");
        Tokens other = latchkey.login("alice");

        latchkey.revoke(tokens);

        assertThat(api.userInfo(tokens.accessToken())).isEqualTo(401);
        assertThat(api.userInfo(other.accessToken())).isEqualTo(200);
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> latchkey.refresh(tokens))
                .satisfies(refused -> assertThat(refused.error()).isEqualTo("invalid_grant"))
                .satisfies(refused -> assertThat(refused.status()).isEqualTo(400));
    }

    @Test
    void allSessionsOfAUserAreRevokedTogether() {
        try (LatchkeyServer own = LatchkeyServer.start()) {
            Tokens alices = own.login("alice");
            Tokens bobs = own.login("bob");

            own.revokeAll("alice");

            assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> own.refresh(alices));
            assertThat(own.refresh(bobs).claims()).containsEntry("sub", own.subjectOf("bob"));
        }
    }

    @Test
    void aDisabledUserIsOut() {
        try (LatchkeyServer own = LatchkeyServer.start()) {
            Tokens tokens = own.login("alice");

            own.disable("alice");

            assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> own.refresh(tokens));
            assertThatExceptionOfType(RefusedException.class)
                    .isThrownBy(() -> own.login("alice"))
                    .satisfies(refused -> assertThat(refused.status()).isEqualTo(401));
        }
    }

    @Test
    void aServiceGetsTokensWithItsSecret() {
        Map<String, Object> answer = api.clientCredentials("stock", latchkey.clientSecret("stock"));

        assertThat(UnverifiedToken.parse(String.valueOf(answer.get("access_token")))
                        .claims())
                .containsEntry("sub", "stock")
                .containsEntry("aud", "https://stock.example")
                .containsEntry("scope", "orders:read");
    }

    @Test
    void theKeysArePublishedWhereTheMetadataSay() {
        Map<String, Object> metadata = api.json(latchkey.issuer() + "/.well-known/openid-configuration");

        assertThat(metadata).containsEntry("issuer", latchkey.issuer()).containsEntry("jwks_uri", latchkey.jwksUri());
        assertThat(api.json(latchkey.jwksUri())).isEqualTo(latchkey.jwks().toPublicMap());
    }

    @Test
    void aNameThatWasNotDeclaredIsTold() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> latchkey.tokenFor("alcie").mint())
                .withMessageContaining("alcie");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> latchkey.tokenFor("alice").client("wbe").mint())
                .withMessageContaining("wbe");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> latchkey.signIn("alice", "stock"))
                .withMessageContaining("redirect URI");
    }

    @Test
    void nothingIsWrittenToTheDisk() throws IOException {
        List<Path> before = files(Path.of(""));

        try (LatchkeyServer own = LatchkeyServer.start()) {
            own.login("alice");

            assertThat(files(Path.of(""))).isEqualTo(before);
            Path open = Path.of("/proc/self/fd");
            assumeThat(open).isDirectory();
            assertThat(files(open)).isNotEmpty().noneMatch(LatchkeyServerTest::isDatabase);
        }
    }

    private static boolean isDatabase(Path openFile) {
        try {
            return Files.readSymbolicLink(openFile).toString().matches(".*(\\.db|-wal|-shm|master\\.key).*");
        } catch (IOException _) {
            return false; // closed by now
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
