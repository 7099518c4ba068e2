package dev.latchkey.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.latchkey.server.command.Program;
import dev.latchkey.server.command.Terminal;
import dev.latchkey.server.sql.Database;
import dev.latchkey.server.sql.SqliteSettings;
import dev.latchkey.server.sql.StoreListener;
import dev.latchkey.token.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that work on a store, on a real one. */
class AdministrationTest {
    private static final String PASSWORD = "mauve umbrella over Lisbon";

    @TempDir
    private Path folder = Path.of("");

    private record Outcome(int exitCode, String out, String err) {}

    private Outcome run(String... arguments) {
        return runWith("", arguments);
    }

    private Outcome runWith(String input, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        InstantSource clock = InstantSource.fixed(Instant.parse("2026-03-01T12:00:00Z"));
        SecureRandom random = new SecureRandom();
        Terminal terminal = new Terminal(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.of(),
                _ -> Optional.empty(),
                clock,
                random);
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data", folder.toString()));
        int exitCode = Program.create(new LocalBackend(clock, random)).run(all, terminal);
        return new Outcome(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    @BeforeEach
    void aMissingStoreIsMadeAndThatIsSaid() {
        assertThat(run("user", "list").err())
                .isEqualTo("latchkey: made a new store, " + folder.resolve("latchkey.db") + "\n");
    }

    @Test
    void addsListsSwitchesAndRenamesThePasswordOfAUser() {
        assertThat(runWith(
                        PASSWORD + "\n",
                        "user",
                        "add",
                        "alice",
                        "--password-stdin",
                        "--role",
                        "admin",
                        "--email",
                        "a@b.c"))
                .isEqualTo(new Outcome(0, "added alice\n", ""));
        Outcome generated = run("user", "add", "bob");
        assertThat(generated.out()).matches("added bob\\npassword: \\w{20} \\(shown only now\\)\\n");
        assertThat(run("user", "add", "ALICE").err()).isEqualTo("latchkey: there is a user ALICE\n");

        assertThat(run("user", "disable", "alice").out()).isEqualTo("disabled alice\n");
        assertThat(run("user", "list", "--json").out())
                .contains("\"username\":\"alice\"", "\"roles\":[\"admin\"]", "\"email\":\"a@b.c\"")
                .doesNotContain("argon2");
        assertThat(run("user", "list").out().lines())
                .satisfiesExactly(
                        head -> assertThat(head).startsWith("username"),
                        alice -> assertThat(alice).startsWith("alice").contains("true"),
                        bob -> assertThat(bob).startsWith("bob"));
        assertThat(run("user", "enable", "alice").out()).isEqualTo("enabled alice\n");
        assertThat(run("user", "passwd", "alice").out()).contains("changed the password of alice", "password: ");
        assertThat(run("user", "passwd", "carol")).isEqualTo(new Outcome(1, "", "latchkey: there is no user carol\n"));
    }

    @Test
    void aWeakPasswordIsRefused() {
        Outcome outcome = runWith("hunter2\n", "user", "add", "alice", "--password-stdin");
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err())
                .contains("at least 15")
                .doesNotContain("hunter2")
                .hasLineCount(1);
        assertThat(run("user", "list").out()).hasLineCount(1);
    }

    @Test
    void importsUsersAndTellsTheRowsThatAreWrong() throws IOException {
        Path file = folder.resolve("users.csv");
        Files.writeString(file, """
            username,password_hash,email
            alice,$2b$12$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW,a@b.c
            bob,$nonsense$,b@b.c
            alice,,
            """);
        Outcome outcome = run("user", "import", file.toString());
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).isEqualTo("added 1, refused 2\n");
        assertThat(outcome.err().lines())
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line).startsWith(file + ":3: ").doesNotContain("nonsense"),
                        line -> assertThat(line).startsWith(file + ":4: "));
    }

    @Test
    void addsListsAndRemovesClients() {
        Outcome added =
                run("client", "add", "web", "--redirect-uri", "https://a.example/cb", "--scope", "openid profile");
        assertThat(added.out()).matches("added web\\nclient_secret: [\\w-]{43} \\(shown only now\\)\\n");
        assertThat(run("client", "add", "spa", "--auth-method", "none", "--redirect-uri", "http://localhost/cb")
                        .out())
                .isEqualTo("added spa\n");
        assertThat(run("client", "list", "--json").out())
                .contains("\"client_id\":\"web\"", "\"scope\":\"openid profile\"");
        assertThat(run("client", "secret", "web").out()).startsWith("client_secret: ");
        assertThat(run("client", "secret", "spa").err()).contains("is a public client");
        assertThat(run(
                                "client",
                                "add",
                                "jwt",
                                "--auth-method",
                                "client_secret_jwt",
                                "--grant-type",
                                "client_credentials")
                        .out())
                .matches("added jwt\\nclient_secret: [\\w-]{64} \\(shown only now\\)\\n");
        assertThat(run("client", "secret", "jwt").out()).matches("client_secret: [\\w-]{64} .*\\n");
        assertThat(run(
                                "client",
                                "add",
                                "keys",
                                "--auth-method",
                                "private_key_jwt",
                                "--jwks-uri",
                                "https://a.example/jwks",
                                "--grant-type",
                                "client_credentials")
                        .out())
                .isEqualTo("added keys\n");
        assertThat(run(
                                "client",
                                "add",
                                "bound",
                                "--dpop-bound-access-tokens",
                                "--auth-method",
                                "none",
                                "--redirect-uri",
                                "http://localhost/cb")
                        .out())
                .isEqualTo("added bound\n");
        assertThat(run("client", "secret", "keys").err()).contains("proves itself by its keys");
        assertThat(run("client", "remove", "web").out()).isEqualTo("removed web\n");
        assertThat(run("client", "remove", "web").err()).isEqualTo("latchkey: there is no client web\n");
    }

    @Test
    void aClientMayHaveToPushItsRequests() {
        run("client", "add", "strict", "--redirect-uri", "https://a.example/cb", "--require-par");
        run("client", "add", "free", "--redirect-uri", "https://a.example/cb");

        InstantSource clock = InstantSource.fixed(Instant.parse("2026-03-01T12:00:00Z"));
        try (Database database =
                Database.open(SqliteSettings.of(folder.resolve("latchkey.db")), clock, StoreListener.NONE)) {
            assertThat(Stores.of(database).clients().list("", 100))
                    .filteredOn(client -> client.metadata().signIn().requirePushedRequests())
                    .extracting(client -> client.id().value())
                    .containsExactly("strict");
        }
    }

    @Test
    void theListOfClientsTellsWhatTheyAreHeldTo() {
        run("client", "add", "a-bound", "--redirect-uri", "https://a.example/cb", "--dpop-bound-access-tokens");
        run("client", "add", "b-strict", "--redirect-uri", "https://a.example/cb", "--require-par");

        assertThat(run("client", "list").out().lines().findFirst().orElseThrow())
                .contains("  dpop_bound_access_tokens  require_pushed_authorization_requests  ");
        assertThat(Json.parse(run("client", "list", "--json").out()))
                .asInstanceOf(InstanceOfAssertFactories.list(Map.class))
                .extracting(
                        client -> client.get("client_id"),
                        client -> client.get("dpop_bound_access_tokens"),
                        client -> client.get("require_pushed_authorization_requests"))
                .containsExactly(tuple("a-bound", true, false), tuple("b-strict", false, true));
    }

    @Test
    void aClientIsHeldToTheRulesOfTheConfiguration() {
        Outcome outcome = run("client", "add", "x", "--auth-method", "none", "--grant-type", "client_credentials");
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("grant_types: client_credentials needs a client that authenticates");
    }

    @Test
    void rotatesKeys() {
        Outcome made = run("key", "rotate");
        assertThat(made.err()).isEmpty();
        assertThat(made.out()).matches("made [\\w-]{43}, published now, signing from \\S+\\n");
        String keyId = made.out().split(" |,", 3)[1];
        assertThat(Json.parse(run("key", "list", "--json").out()))
                .asString()
                .contains("kid=" + keyId, "alg=RS256", "alg=ES256");
        assertThat(run("key", "rotate", "--alg", "ES512").err()).contains("does not sign with ES512");
    }

    @Test
    void sessionsOfNobodyAreNone() {
        run("user", "add", "alice");
        assertThat(run("session", "list").out()).hasLineCount(1);
        assertThat(run("session", "revoke", "--user", "alice").out()).isEqualTo("ended 0\n");
        assertThat(run("session", "revoke", "AAAAAAAAAAAAAAAAAAAAAA").exitCode())
                .isEqualTo(1);
        assertThat(run("session", "revoke").exitCode()).isEqualTo(2);
    }

    @Test
    void badSettingsAreToldBeforeTheStoreIsTouched() throws IOException {
        Files.delete(folder.resolve("latchkey.db"));
        Outcome outcome = run("user", "list", "--set", "port=no", "--set", "prt=1");
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).hasLineCount(2).contains("--set: port: ", "--set: prt: ");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aCommandSaysWhichIssuerWhereThereAreSeveral() throws IOException {
        String file = Files.writeString(
                        folder.resolve("many.yaml"), "issuers: {red: {}, blue: {issuer: 'https://blue.example'}}")
                .toString();

        assertThat(run("user", "add", "alice", "--issuer", "red", "--config", file)
                        .exitCode())
                .isZero();
        assertThat(run("user", "list", "--issuer", "http://localhost:9000/red", "--config", file)
                        .out())
                .contains("alice");
        assertThat(run("user", "list", "--issuer", "https://blue.example", "--config", file)
                        .out())
                .doesNotContain("alice");
        assertThat(run("user", "list", "--config", file).err()).contains("there are 2 issuers: --issuer says which");
        assertThat(run("user", "list", "--issuer", "green", "--config", file).err())
                .contains("there is no issuer green");
        assertThat(run("user", "list", "--issuer", "red").err()).contains("there is one issuer");
        assertThat(run("user", "list", "--issuer", "http://localhost:9000").exitCode())
                .isZero();
    }
}
