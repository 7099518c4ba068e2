package dev.latchkey.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.sql.PostgresLocation;
import dev.latchkey.server.sql.TestPostgres;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code serve} as a process of its own. */
class ServeTest {
    private static final Pattern READY =
            Pattern.compile("Latchkey is ready at (http://localhost:(\\d+)) \\(docs: \\1/docs\\), started in \\d+ ms");
    private static final Pattern FIRST_USER =
            Pattern.compile("First user: admin, password: (\\w{20}) \\(shown only now\\)");

    @TempDir
    private Path folder = Path.of("");

    private Process start(String... more) throws IOException {
        List<String> arguments = new ArrayList<>(
                List.of("serve", "--data", folder.resolve("data").toString()));
        arguments.addAll(List.of(more));
        return latchkey(arguments)
                .redirectError(new File(folder.toFile(), "err.txt"))
                .start();
    }

    private ProcessBuilder latchkey(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                // of the providers that other tests bring along, the one of the program
                "-Dslf4j.provider=org.slf4j.jul.JULServiceProvider",
                "-Dslf4j.internal.verbosity=WARN",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.latchkey.server.Main"));
        command.addAll(arguments);
        return new ProcessBuilder(command).directory(folder.toFile());
    }

    @Test
    void servesWithNothingConfiguredAndStopsWhenTold() throws IOException, InterruptedException {
        Process process = start("--port", "0");
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            Matcher ready = READY.matcher(out.readLine());
            assertThat(ready.matches()).isTrue();
            Matcher user = FIRST_USER.matcher(out.readLine());
            assertThat(user.matches()).isTrue();
            assertThat(out.readLine())
                    .isEqualTo("Log in: curl -d username=admin --data-urlencode 'password=" + user.group(1) + "' "
                            + ready.group(1) + "/login");
            assertThat(login(Integer.parseInt(ready.group(2)), user.group(1))).isEqualTo(200);
            process.destroy();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    private static int login(int port, String password) throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + port + "/login").toURL().openConnection();
        connection.setDoOutput(true);
        connection.getOutputStream().write(("username=admin&password=" + password).getBytes(StandardCharsets.US_ASCII));
        return connection.getResponseCode();
    }

    @Test
    void badSettingsRefuseToStart() throws IOException, InterruptedException {
        Process process = start("--set", "tokens.access-lifetime=never");
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(folder.resolve("err.txt")).content().startsWith("--set: tokens.access-lifetime: ");
        assertThat(folder.resolve("data")).doesNotExist();
    }

    /** Half a minute of silence would look like a server that hangs, and a wrong password would never be told. */
    @Test
    void whyItWaitsForItsDatabaseIsTold() throws IOException {
        String store = "store=postgresql://latchkey:hunter2hunter2@127.0.0.1:" + FreePort.next() + "/latchkey";
        Process process =
                latchkey(List.of("serve", "--port", "0", "--set", store)).start();
        try (BufferedReader err = process.errorReader(StandardCharsets.UTF_8)) {
            assertThat(err.readLine())
                    .contains(" warn store_awaited reason=", "refused", "patience_ms=30000")
                    .doesNotContain("hunter2");
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aCommandTellsNothingOfThePoolThatItOpens() throws IOException, InterruptedException {
        PostgresLocation location = TestPostgres.freshSchema();
        try {
            Process process = latchkey(List.of("user", "list", "--set", "store=" + TestPostgres.url(location)))
                    .redirectErrorStream(true)
                    .start();
            try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
                assertThat(said.readAllLines()).singleElement().asString().startsWith("username");
            }
            assertThat(process.waitFor()).isZero();
        } finally {
            TestPostgres.dropSchema(location);
        }
    }

    /** A new one would be taken for the one that is missing. */
    @Test
    void noMasterKeyIsMadeForAStoreThatHasKeys() throws IOException, InterruptedException {
        Commands commands = new Commands(InstantSource.system(), folder.resolve("data"));
        assertThat(commands.run("key", "rotate").exitCode()).isZero();
        Path masterKey = folder.resolve("data/master.key");
        Files.delete(masterKey);

        Process process = start("--port", "0");

        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(folder.resolve("err.txt")).content().contains("there is no master key ", "the store has keys");
        assertThat(commands.run("key", "rotate").err()).contains("there is no master key");
        assertThat(masterKey).doesNotExist();
    }
}
