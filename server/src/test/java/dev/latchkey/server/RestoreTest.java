package dev.latchkey.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.Commands.Outcome;
import dev.latchkey.server.authorize.Pkce;
import dev.latchkey.server.client.ClientAssertions;
import dev.latchkey.server.status.StatusReader;
import dev.latchkey.token.Algorithm;
import dev.latchkey.token.Jwk;
import dev.latchkey.token.JwkSet;
import dev.latchkey.token.Jwt;
import dev.latchkey.token.JwtBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A restored old backup revives nothing that was used or revoked after it was taken (decision 0136). */
class RestoreTest {
    private static final Jwk KEY = Jwk.generate(Algorithm.ES256).withKeyId("ec");
    private static final String SECRET = "service-secret-service-secret-00";
    private static final String ISSUER = "http://localhost:9000";
    private static final Duration OUTAGE = Duration.ofMinutes(1);

    private final TestServer server = TestServer.startOnSqlite(
            TestServer.CONFIGURATION + """
                  - client_id: keys
                    token_endpoint_auth_method: private_key_jwt
                    grant_types: [client_credentials]
                    scope: orders:read
                    jwks: '%s'
                issuer: %s
                registration: {access: initial-access-token, scopes: ['orders:read']}
                """.formatted(JwkSet.of(KEY).toJson(), ISSUER));

    private final Path backup = server.folder().resolve("backup.db");

    @AfterEach
    void stop() {
        server.close();
    }

    private Outcome command(String... arguments) {
        return new Commands(server.clock(), server.folder().resolve("data")).run(arguments);
    }

    private void takeBackup() {
        assertThat(command("backup", backup.toString()).exitCode()).isZero();
        server.clock().turn(Duration.ofSeconds(1));
    }

    private void restore() {
        server.whileStopped(() -> {
            server.clock().turn(OUTAGE);
            Outcome restored = command("restore", backup.toString());
            assertThat(restored.exitCode()).as(restored.err()).isZero();
            server.clock().turn(Duration.ofSeconds(1));
        });
    }

    private void isRefused(String refreshToken) {
        Answer answer = server.refresh(refreshToken);
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.text("error")).isEqualTo("invalid_grant");
    }

    private Answer serviceToken() {
        return server.postAs("service", SECRET, "/token", "grant_type", "client_credentials");
    }

    private boolean isActive(String token) {
        return Boolean.TRUE.equals(server.postAs("service", SECRET, "/introspect", "token", token)
                .json()
                .get("active"));
    }

    private int userInfo(Answer tokens) {
        return server.getAs(tokens.text("access_token"), "/users/me").status();
    }

    @Test
    void noRefreshTokenFromBeforeCountsWhetherItWasUsedOrRevokedOrGivenOutLater() {
        Answer revoked = server.login();
        Answer used = server.login();
        Answer untouched = server.login();
        takeBackup();
        Answer later = server.login();
        server.post("/revoke", "token", revoked.text("refresh_token"));
        Answer second = server.refresh(used.text("refresh_token"));
        Answer third = server.refresh(second.text("refresh_token"));
        assertThat(third.status()).isEqualTo(200);

        restore();

        for (Answer answer : List.of(revoked, used, second, third, untouched, later)) {
            isRefused(answer.text("refresh_token"));
            assertThat(userInfo(answer)).isEqualTo(401);
        }
        Answer fresh = server.login();
        assertThat(userInfo(fresh)).isEqualTo(200);
        assertThat(server.refresh(fresh.text("refresh_token")).status()).isEqualTo(200);
    }

    @Test
    void noAccessTokenFromBeforeCountsAtTheServer() {
        String revoked = serviceToken().text("access_token");
        String other = serviceToken().text("access_token");
        takeBackup();
        server.postAs("service", SECRET, "/revoke", "token", revoked);
        assertThat(isActive(revoked)).isFalse();
        assertThat(isActive(other)).isTrue();

        restore();

        assertThat(isActive(revoked)).isFalse();
        assertThat(isActive(other)).as("nobody can tell whether it was revoked").isFalse();
        assertThat(isActive(serviceToken().text("access_token"))).isTrue();
    }

    @Test
    void aCodeThatWasRedeemedAfterTheBackupIsNotRedeemedAgain() {
        UserAgent alice = new UserAgent(server);
        String code = authorize(alice);
        takeBackup();
        Answer first = redeem(code);
        assertThat(first.status()).as(first.body()).isEqualTo(200);

        restore();

        Answer again = redeem(code);
        assertThat(again.status()).isEqualTo(400);
        assertThat(again.text("error")).isEqualTo("invalid_grant");
        assertThat(userInfo(first)).isEqualTo(401);
        Visit visit = alice.authorize(request());
        assertThat(visit.html()).as("the browser is signed out").contains("name=\"password\"");
    }

    private static String[] request() {
        return new String[] {
            "client_id", "service",
            "redirect_uri", "https://service.example/callback",
            "response_type", "code",
            "scope", "openid",
            "code_challenge", Pkce.CHALLENGE,
            "code_challenge_method", "S256"
        };
    }

    private String authorize(UserAgent browser) {
        return browser.signIn(browser.authorize(request())).code();
    }

    private Answer redeem(String code) {
        return server.postAs(
                "service",
                SECRET,
                "/token",
                "grant_type",
                "authorization_code",
                "code",
                code,
                "redirect_uri",
                "https://service.example/callback",
                "code_verifier",
                Pkce.VERIFIER);
    }

    private JwtBuilder assertion() {
        return Jwt.create(server.clock())
                .issuer("keys")
                .subject("keys")
                .audience(ISSUER)
                .expiresIn(Duration.ofMinutes(9))
                .id("jti-" + server.clock().instant());
    }

    private int ask(String assertion) {
        return server.post(
                        "/token",
                        "grant_type",
                        "client_credentials",
                        "client_assertion_type",
                        ClientAssertions.TYPE,
                        "client_assertion",
                        assertion)
                .status();
    }

    @Test
    void anAssertionThatWasUsedAfterTheBackupIsNotUsedAgain() {
        takeBackup();
        String dated = assertion().sign(KEY);
        server.clock().turn(Duration.ofSeconds(1));
        String fast = assertion()
                .issuedAt(server.clock().instant().plus(OUTAGE).plusSeconds(25))
                .sign(KEY);
        assertThat(ask(dated)).isEqualTo(200);

        restore();

        assertThat(ask(dated)).isEqualTo(401);
        assertThat(ask(fast)).as("by a clock that is fast").isEqualTo(401);
        server.clock().turn(Duration.ofSeconds(30));
        assertThat(ask(assertion().sign(KEY))).isEqualTo(200);
        assertThat(ask(dated)).isEqualTo(401);
    }

    @Test
    void theStatusListsTellThatAllFromBeforeHaveEndedAndNoPlaceIsGivenTwice() {
        StatusReader reader = new StatusReader(server);
        String before = server.login().text("access_token");
        takeBackup();
        String unknown = server.login().text("access_token");
        assertThat(reader.tells(before)).isFalse();

        restore();

        String fresh = server.login().text("access_token");
        assertThat(reader.tells(before)).isTrue();
        assertThat(reader.tells(unknown))
                .as("of a session that the backup does not know")
                .isTrue();
        assertThat(reader.tells(fresh)).isFalse();
        assertThat(server.get("/status-lists").body()).contains(StatusReader.path(fresh));
        assertThat(server.get("/status-list?list=999999").status()).isEqualTo(404);
    }

    @Test
    void aBackupThatIsCopiedIntoPlaceBeginsAnEpochByItself() throws IOException {
        Answer login = server.login();
        takeBackup();
        server.post("/revoke", "token", login.text("refresh_token"));
        String token = serviceToken().text("access_token");

        server.whileStopped(() -> {
            server.clock().turn(OUTAGE);
            copy(backup, server.folder().resolve("data/latchkey.db"));
        });

        isRefused(login.text("refresh_token"));
        assertThat(isActive(token)).isFalse();
        server.clock().turn(Duration.ofSeconds(1));
        Answer fresh = server.login();
        server.restartAfter(Duration.ofMinutes(1));
        assertThat(server.refresh(fresh.text("refresh_token")).status())
                .as("an epoch that goes on")
                .isEqualTo(200);
        assertThat(command("audit", "tail", "--type", "epoch_begin").out()).hasLineCount(1);
    }

    private static void copy(Path from, Path to) {
        try {
            Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aRunningServerSeesANewEpoch() {
        Answer login = server.login();
        String token = serviceToken().text("access_token");
        server.clock().turn(Duration.ofSeconds(1));

        Outcome outcome = command("store", "new-epoch");

        assertThat(outcome).isEqualTo(new Outcome(0, "epoch 1 has begun, and every session ended\n", ""));
        isRefused(login.text("refresh_token"));
        server.server().catchUp(); // as the timer does every second
        assertThat(isActive(token)).isFalse();
        Answer fresh = server.login();
        assertThat(userInfo(fresh)).isEqualTo(200);
        assertThat(new StatusReader(server).tells(fresh.text("access_token"))).isFalse();
        assertThat(command("audit", "tail", "--type", "epoch_begin", "--json").out())
                .contains("\"epoch\":\"1\"", "\"origin\":\"command\"");
    }

    /** It would be told of as ended, as it has a status index of the epoch before. */
    @Test
    void aSessionThatBeginsBeforeTheServerSeesTheEpochEndsWithIt() {
        server.login();
        command("store", "new-epoch");

        Answer early = server.login();

        boolean ended = userInfo(early) == 401;
        server.server().catchUp();
        assertThat(new StatusReader(server).tells(early.text("access_token"))).isEqualTo(ended);
        assertThat(userInfo(server.login())).isEqualTo(200);
    }

    @Test
    void initialAccessTokensEnd() {
        Outcome made = command("client", "initial-token", "--uses", "1");
        String token = made.out().replaceAll("(?s)initial access token: (\\S+) .*", "$1");
        takeBackup();
        assertThat(register(token).status()).isEqualTo(201);
        assertThat(register(token).status()).isEqualTo(401);

        restore();

        assertThat(register(token).status()).isEqualTo(401);
    }

    private Answer register(String token) {
        return server.send(server.request("/register")
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token)
                .POST(BodyPublishers.ofString("{\"redirect_uris\":[\"https://new.example/cb\"]}")));
    }

    @Test
    void aBackupIsWrittenOnceForItsOwner() throws IOException {
        assertThat(command("backup", backup.toString()).out()).contains("wrote " + backup, "checked");
        assertThat(Files.getPosixFilePermissions(backup)).isEqualTo(PosixFilePermissions.fromString("rw-------"));

        Outcome again = command("backup", backup.toString());
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.err()).isEqualTo("latchkey: there is a file " + backup + "; nothing was written\n");
        try (var files = Files.list(server.folder())) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("backup.db", "data", "latchkey.yaml");
        }
    }

    @Test
    void nothingIsRestoredUnderARunningServer() {
        takeBackup();
        Answer login = server.login();

        Outcome outcome = command("restore", backup.toString());

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("has").contains("open; stop it first");
        assertThat(server.refresh(login.text("refresh_token")).status()).isEqualTo(200);
    }

    @Test
    void whatIsNoBackupIsNotRestored() throws IOException {
        Path text =
                Files.writeString(server.folder().resolve("notes.txt"), "not a database, but long enough to be read");
        Answer login = server.login();
        server.whileStopped(() -> {
            assertThat(command("restore", text.toString()).err()).contains("is no database");
            assertThat(command("restore", "nowhere.db").err()).contains("there is no file nowhere.db");
        });

        assertThat(server.refresh(login.text("refresh_token")).status()).isEqualTo(200);
    }

    @Test
    void aDamagedStoreIsReplacedAndKept() {
        takeBackup();
        Path store = server.folder().resolve("data/latchkey.db");
        server.whileStopped(() -> {
            damage(store);
            Outcome outcome = command("restore", backup.toString());
            assertThat(outcome.out())
                    .contains("the store that was there is now " + store + ".replaced-", "it could not be read");
        });

        assertThat(server.login().status()).isEqualTo(200);
    }

    /** A session that was begun or revoked after the backup is later than all that the backup knows of. */
    @Test
    void aBackupIsNotRestoredByAClockThatIsBehindASessionOfTheReplacedStore() {
        takeBackup();
        Instant past = server.clock().instant();
        server.clock().turn(Duration.ofHours(1));
        server.login();
        server.whileStopped(() -> {
            Path data = server.folder().resolve("data");
            Outcome refused = new Commands(InstantSource.fixed(past), data).run("restore", backup.toString());
            assertThat(refused.exitCode()).isEqualTo(1);
            assertThat(refused.err()).contains("it is " + past + " by the clock");
        });
    }

    private static void damage(Path file) {
        try {
            Files.write(file, new byte[8192]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
