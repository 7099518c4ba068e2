package dev.latchkey.server.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.soak.ServerProcess.Program;
import dev.latchkey.server.sql.PostgresDatabase;
import dev.latchkey.server.sql.PostgresLocation;
import dev.latchkey.server.sql.SqlSessionStore;
import dev.latchkey.server.sql.StoreListener;
import dev.latchkey.server.sql.TestPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A short fault in every build: one of two instances is killed under load. The others are {@link ClusterFaultsTest}. */
class InstanceKilledTest {
    private static final int USERS = 8;

    @TempDir
    Path folder;

    @Test
    void whoeverWasToldSomethingCanRelyOnIt() throws Exception {
        PostgresLocation store = TestPostgres.freshSchema();
        Cluster.Place place = Cluster.Place.here(TestPostgres.url(store));
        Verdict verdict;
        try (Cluster cluster = Cluster.startWithoutProxy(
                        folder, List.of(place, place), Requests.configuration(USERS), Program.built());
                Load load = Load.begin(cluster.url(), cluster.servers(), USERS, 1)) {
            load.work(Duration.ofMillis(1500));
            load.fault("kill -9");
            cluster.kill(0);
            load.work(Duration.ofMillis(1500));
            try (PostgresDatabase database =
                    PostgresDatabase.open(TestPostgres.settings(store), InstantSource.system(), StoreListener.NONE)) {
                load.end(StoreLook.of(new SqlSessionStore(database)));
            }
            verdict = HistoryChecker.judge(load.history());
        }
        TestPostgres.dropSchema(store);
        assertThat(verdict.findings()).isEmpty();
        assertThat(verdict.operations()).isGreaterThan(20);
        assertThat(verdict.availability().back()).hasValue(Duration.ZERO);
    }
}
