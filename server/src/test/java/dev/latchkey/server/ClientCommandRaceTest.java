package dev.latchkey.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.Commands.Outcome;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two operators work on one client at the same time. */
class ClientCommandRaceTest {
    @TempDir
    private Path folder = Path.of("");

    private Commands commands() {
        return new Commands(InstantSource.system(), folder);
    }

    private Outcome add() {
        return commands().run("client", "add", "web", "--redirect-uri", "https://a.example/cb");
    }

    /** Does something the first time that a secret is made: after the client was read, and before it is written. */
    private static SecureRandom meanwhile(Runnable task) {
        return new SecureRandom() {
            private static final long serialVersionUID = 1L;
            private boolean done;

            @Override
            public void nextBytes(byte[] bytes) {
                super.nextBytes(bytes);
                if (!done) {
                    done = true;
                    task.run();
                }
            }
        };
    }

    private Outcome newSecretWhile(String... other) {
        return commands()
                .run(
                        meanwhile(() ->
                                assertThat(commands().run(other).exitCode()).isZero()),
                        "client",
                        "secret",
                        "web");
    }

    @Test
    void aClientThatIsRemovedMeanwhileStaysRemoved() {
        add();

        Outcome outcome = newSecretWhile("client", "remove", "web");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).contains("was changed or removed meanwhile");
        assertThat(commands().run("client", "list").out()).doesNotContain("web");
    }

    @Test
    void aSecretThatIsMadeMeanwhileStays() {
        add();

        Outcome outcome = newSecretWhile("client", "secret", "web");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).as("a secret that nobody keeps").isEmpty();
    }

    @Test
    void ofManyWhoAddAClientOneIsToldItsSecret() throws Exception {
        commands().run("client", "add", "first", "--redirect-uri", "https://a.example/cb"); // makes store and keys
        List<Callable<Outcome>> callers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            callers.add(this::add);
        }
        List<Outcome> outcomes = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(callers.size())) {
            for (Future<Outcome> outcome : threads.invokeAll(callers)) {
                outcomes.add(outcome.get());
            }
        }

        assertThat(outcomes).filteredOn(outcome -> outcome.exitCode() == 0).hasSize(1);
        assertThat(outcomes)
                .filteredOn(outcome -> outcome.exitCode() != 0)
                .allSatisfy(outcome -> assertThat(outcome.err()).isEqualTo("latchkey: there is a client web\n"));
    }
}
