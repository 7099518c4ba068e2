package dev.latchkey.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.command.Program;
import dev.latchkey.server.command.Terminal;
import dev.latchkey.token.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Users of passlib, Django, Keycloak and others: imported by the command while the server runs, they log in over HTTP with the
 * passwords they have, and rest under Argon2id from then on.
 */
class ForeignPasswordTest {
    private static final Path RESOURCES = Path.of("src/test/resources/dev/latchkey/server");
    private static final String VECTOR_PASSWORD = "correct horse battery staple";
    private static final String CONFIGURED_ARGON2 = "$argon2id$v=19$m=7168,t=1,p=1$";

    private final TestServer server = TestServer.start();
    /** Passwords by username. */
    private final Map<String, String> passwords = new LinkedHashMap<>();

    @AfterEach
    void stop() {
        server.close();
    }

    @BeforeEach
    void importUsers() throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(RESOURCES.resolve("user/foreign-users.jsonl")));
        for (String name : List.of("sha1", "sha256", "sha512")) {
            passwords.put("keycloak-" + name, "secret keycloak-" + name);
        }
        for (String name : List.of("pbkdf2_sha256", "argon2")) {
            passwords.put("django-" + name, "secret django-" + name);
        }
        hashesByMaker().forEach((maker, hash) -> {
            lines.add(Json.write(Map.of("username", maker, "password_hash", hash)));
            passwords.put(maker, VECTOR_PASSWORD);
        });
        Path file = Files.write(server.folder().resolve("users.jsonl"), lines);
        assertThat(command("user", "import", file.toString())).contains("added " + lines.size() + ", refused 0");
        assertThat(command("user", "enable", "keycloak-argon2")).contains("enabled");
    }

    /** One hash of each format and maker. */
    private static Map<String, String> hashesByMaker() throws IOException {
        Map<String, String> hashes = new LinkedHashMap<>();
        for (String line : Files.readAllLines(RESOURCES.resolve("password/hash-vectors.tsv"))) {
            String[] columns = line.split("\t", -1);
            if (columns[2].equals('"' + VECTOR_PASSWORD + '"')) {
                hashes.putIfAbsent(columns[0] + " of " + columns[1], columns[3]);
            }
        }
        return hashes;
    }

    private String command(String... words) {
        List<String> arguments = new ArrayList<>(List.of(words));
        arguments.addAll(
                List.of("--config", server.folder().resolve("latchkey.yaml").toString()));
        arguments.addAll(server.storeOptions());
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(written, true, StandardCharsets.UTF_8);
        Terminal terminal = new Terminal(
                InputStream.nullInputStream(),
                out,
                out,
                Map.of(),
                _ -> Optional.empty(),
                server.clock(),
                new SecureRandom());
        int exitCode = Program.create(new LocalBackend(server.clock(), new SecureRandom()))
                .run(arguments, terminal);
        assertThat(exitCode).as(written.toString(StandardCharsets.UTF_8)).isZero();
        return written.toString(StandardCharsets.UTF_8);
    }

    private String storedHash(String username) {
        return server.server()
                .issuer()
                .stores()
                .users()
                .findByUsername(username)
                .orElseThrow()
                .passwordHash()
                .orElseThrow();
    }

    private Answer login(String username, String password) {
        return server.post("/login", "username", username, "password", password);
    }

    @Test
    void theyLogInAndAreArgon2idAfterwards() {
        assertThat(passwords).hasSizeGreaterThan(20);
        assertThat(passwords).allSatisfy((username, password) -> {
            assertThat(storedHash(username)).doesNotStartWith(CONFIGURED_ARGON2);
            Answer first = login(username, password);
            assertThat(first.status()).as(first.body()).isEqualTo(200);
            String renewed = storedHash(username);
            assertThat(renewed).startsWith(CONFIGURED_ARGON2);
            assertThat(login(username, password).status()).isEqualTo(200);
            assertThat(storedHash(username)).as("renewed once").isEqualTo(renewed);
        });
    }

    @Test
    void anArgon2idHashThatCostsMoreThanNewOnesStays() {
        String username = "keycloak-argon2";
        String imported = storedHash(username);
        assertThat(imported).startsWith("$argon2id$v=19$m=7168,t=5,p=1$");
        assertThat(login(username, "secret " + username).status()).isEqualTo(200);
        assertThat(storedHash(username)).isEqualTo(imported);
    }

    @Test
    void renewingAHashEndsNoSession() {
        String username = "keycloak-sha1";
        Answer first = login(username, passwords.getOrDefault(username, ""));
        assertThat(storedHash(username)).startsWith(CONFIGURED_ARGON2);
        assertThat(server.refresh(first.text("refresh_token")).status()).isEqualTo(200);
    }
}
