package dev.latchkey.server.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.Stores;
import dev.latchkey.server.soak.ServerProcess.Program;
import dev.latchkey.server.sql.SqliteDatabase;
import dev.latchkey.server.sql.SqliteSettings;
import dev.latchkey.server.sql.StoreListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One instance behind nginx on SQLite, under load, while it or its disk fails. {@code mvn -Pfaults verify}, as root: the disk is
 * mounted.
 */
class SqliteFaultsTest {
    private static final int USERS = Integer.getInteger("latchkey.fault.users", 24);
    private static final int DISK_MEGABYTES = 64;
    private static final Duration BEFORE = Duration.ofSeconds(6);
    private static final Duration AFTER = Duration.ofSeconds(8);
    private static final Program BUILD = Program.built();

    @TempDir
    Path folder;

    private interface Harming {
        void to(Scene scene) throws Exception;
    }

    private record Scene(FailingDisk disk, Cluster cluster, Load load) {
        /** Ends the process, which cannot do anything about it, does something, and starts it again. */
        void whileItIsDown(Repair repair) throws Exception {
            cluster.kill(0);
            repair.run();
            cluster.start(0, BUILD);
        }

        private interface Repair {
            void run() throws Exception;
        }
    }

    @BeforeAll
    static void skipUnlessInstalled() {
        String test = SqliteFaultsTest.class.getSimpleName();
        Tool.need(Tool.isRoot(), "root", test);
        for (String program : List.of("nginx", "mkfs.ext4", "e2fsck", "fsfreeze", "findmnt", "xfs_io")) {
            Tool.need(Tool.find(program).isPresent(), program, test);
        }
        System.out.println(FaultReport.HEADER);
    }

    @Test
    void theProcessIsKilled() throws Exception {
        harm("SQLite: kill -9, started again at once, five times", scene -> {
            for (int time = 0; time < 5; time++) {
                scene.whileItIsDown(() -> {});
                scene.load.work(Duration.ofSeconds(2));
            }
        });
    }

    @Test
    void thePowerFails() throws Exception {
        harm("SQLite: power cut, whatever was not synced is gone, three times", scene -> {
            for (int time = 0; time < 3; time++) {
                scene.disk.cutPower();
                scene.whileItIsDown(scene.disk::repair);
                assertThat(scene.disk.hasKeptWhatWasNotSynced()).isFalse();
                scene.load.work(Duration.ofSeconds(3));
            }
        });
    }

    @Test
    void theDiskIsFull() throws Exception {
        harm("SQLite: disk full for 15 s", scene -> {
            scene.disk.fill();
            scene.load.work(Duration.ofSeconds(15));
            scene.load.fault("free");
            scene.disk.free();
        });
    }

    @Test
    void theFileSystemBecomesReadOnly() throws Exception {
        harm("SQLite: file system read-only for 10 s, checked, mounted, server started again", scene -> {
            scene.disk.becomeReadOnly();
            scene.load.work(Duration.ofSeconds(10));
            scene.load.fault("repair");
            scene.whileItIsDown(scene.disk::repair);
        });
    }

    @Test
    void theDiskStandsStill() throws Exception {
        harm("SQLite: disk stands still for 12 s", scene -> {
            scene.disk.freeze();
            scene.load.work(Duration.ofSeconds(12));
            scene.load.fault("thaw");
            scene.disk.thaw();
        });
    }

    private void harm(String fault, Harming harming) throws Exception {
        History history;
        try (FailingDisk disk = FailingDisk.mount(DISK_MEGABYTES)) {
            Path store = disk.folder().resolve("latchkey.db");
            List<Cluster.Place> places = List.of(Cluster.Place.here("sqlite:" + store));
            try (Cluster cluster = Cluster.start(folder, places, Requests.configuration(USERS), BUILD);
                    Load load = Load.begin(cluster.url(), USERS, 1)) {
                load.work(BEFORE);
                load.fault(fault);
                harming.to(new Scene(disk, cluster, load));
                load.work(AFTER);
                end(load, store);
                history = load.history();
                cluster.kill(0); // before its disk is taken away
            }
        }
        judge(fault, history);
    }

    private static void end(Load load, Path store) throws Exception {
        try (SqliteDatabase database =
                SqliteDatabase.open(SqliteSettings.of(store), InstantSource.system(), StoreListener.NONE)) {
            load.end(StoreLook.of(Stores.of(database).sessions()));
        }
    }

    private static void judge(String fault, History history) throws IOException {
        Verdict verdict = HistoryChecker.judge(history);
        System.out.println(FaultReport.row(fault, verdict));
        Path kept = Files.createDirectories(Path.of("target", "faults"))
                .resolve(fault.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-") + ".jsonl");
        history.write(kept);
        assertThat(verdict.findings()).as("harm in %s", kept).isEmpty();
        assertThat(verdict.errors().keySet()).as("errors in %s", kept).isSubsetOf("503");
        assertThat(verdict.availability().backForAll())
                .as("all clients are back")
                .isPresent();
    }
}
