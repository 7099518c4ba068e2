package dev.latchkey.server.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.fault.Finding.Harm;
import dev.latchkey.server.soak.ServerProcess.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three instances behind nginx on PostgreSQL with a synchronous standby, under load, while one thing after another is taken
 * away. {@code mvn -Pfaults verify}, as root: it mounts a small disk and makes networks.
 */
class ClusterFaultsTest {
    private static final int INSTANCES = 3;
    private static final int USERS = Integer.getInteger("latchkey.fault.users", 24);
    private static final int DISK_MEGABYTES = 192;
    private static final long DISK_LEFT = 24L << 20;
    private static final Duration BEFORE = Duration.ofSeconds(6);
    private static final Duration AFTER = Duration.ofSeconds(10);
    private static final Program BUILD = Program.built();

    @TempDir
    Path folder;

    /** What is done to a cluster while its clients work. */
    private interface Harming {
        void to(Scene scene) throws Exception;
    }

    /** What a harm is done to. */
    private record Scene(PostgresCluster postgres, Cluster cluster, Load load) {}

    @BeforeAll
    static void skipUnlessInstalled() {
        String test = ClusterFaultsTest.class.getSimpleName();
        Tool.need(Tool.isRoot(), "root", test);
        Tool.need(Tool.postgresBin().isPresent(), "PostgreSQL programs", test);
        Tool.need(Tool.find("nginx").isPresent(), "nginx", test);
        System.out.println(FaultReport.HEADER);
    }

    @Test
    void anInstanceIsKilled() throws Exception {
        onOneMachine("kill -9 of an instance, back after 10 s", scene -> {
            scene.cluster.kill(0);
            scene.load.work(Duration.ofSeconds(10));
            scene.cluster.start(0, BUILD);
        });
    }

    @Test
    void theStandbyTakesOver() throws Exception {
        onOneMachine("primary stopped at once, standby promoted after 5 s", scene -> {
            scene.postgres.primary().stopImmediately();
            scene.load.work(Duration.ofSeconds(5)); // until somebody has made sure that it is gone
            scene.load.fault("promote");
            scene.postgres.failOver();
            scene.load.fault("promoted");
        });
    }

    /** Nothing may be acknowledged that only the primary has; not even, to who asks again, that it has been done. */
    @Test
    void theStandbyIsLostAndThenThePrimary() throws Exception {
        onOneMachine("standby lost, primary lost 10 s later, standby promoted", scene -> {
            scene.postgres.standby().stopImmediately();
            scene.load.work(Duration.ofSeconds(10));
            scene.load.fault("promote");
            scene.postgres.primary().stopImmediately();
            scene.postgres.standby().start();
            scene.postgres.failOver();
            scene.load.fault("promoted");
        });
    }

    /** That nothing was lost elsewhere says something only if this judge finds what is lost here. */
    @Test
    void whatAnAsynchronousStandbyLosesIsFound() throws Exception {
        try (PostgresCluster postgres = PostgresCluster.start()) {
            postgres.waitForNoStandby(postgres.primary());
            Verdict verdict =
                    harm("control: the same without waiting for the standby", postgres, here(postgres), scene -> {
                        postgres.standby().stopImmediately();
                        scene.load.work(Duration.ofSeconds(3));
                        postgres.primary().stopImmediately();
                        postgres.standby().start();
                        postgres.failOver();
                    });
            assertThat(verdict.count(Harm.LOST)).isPositive();
        }
    }

    @Test
    void theDatabaseStandsStill() throws Exception {
        onOneMachine("database stands still for 20 s", scene -> {
            scene.postgres.pause();
            scene.load.work(Duration.ofSeconds(20));
            scene.load.fault("resume");
            scene.postgres.resume();
        });
    }

    @Test
    void theDiskOfTheDatabaseIsFull() throws Exception {
        Tool.need(Tool.find("mkfs.ext4").isPresent(), "mkfs.ext4", "theDiskOfTheDatabaseIsFull");
        try (SmallDisk disk = SmallDisk.mount(DISK_MEGABYTES);
                PostgresCluster postgres = PostgresCluster.startIn(disk.folder())) {
            disk.leave(DISK_LEFT);
            requireNoHarm(harm("disk of the primary full for 20 s", postgres, here(postgres), scene -> {
                disk.fill();
                scene.load.work(Duration.ofSeconds(20));
                scene.load.fault("free");
                disk.free();
                if (!postgres.primary().isRunning()) {
                    postgres.primary().start();
                }
            }));
        }
    }

    @Test
    void anInstanceLosesSightOfTheDatabase() throws Exception {
        try (Namespace namespace = Namespace.create();
                PostgresCluster postgres = PostgresCluster.startAt(namespace.databaseAddress())) {
            List<Cluster.Place> places = here(postgres);
            places.set(
                    0,
                    new Cluster.Place(
                            namespace.address(), postgres.store(namespace.databaseAddress()), namespace.before()));
            requireNoHarm(harm("an instance cut off from the database for 20 s", postgres, places, scene -> {
                namespace.cut();
                scene.load.work(Duration.ofSeconds(20));
                scene.load.fault("heal");
                namespace.heal();
            }));
        }
    }

    /** From the build in {@code latchkey.fault.previous}, a distribution, or else from the same one. */
    @Test
    void allInstancesAreReplacedByANewVersion() throws Exception {
        String previous = System.getProperty("latchkey.fault.previous", "");
        Program before = previous.isEmpty() ? BUILD : Program.of(Path.of(previous));
        try (PostgresCluster postgres = PostgresCluster.start()) {
            requireNoHarm(harm(
                    "all instances replaced, one after the other", postgres, here(postgres), before, scene -> {
                        for (int instance = 0; instance < scene.cluster.size(); instance++) {
                            scene.cluster.stop(instance);
                            scene.cluster.start(instance, BUILD);
                            scene.load.work(Duration.ofSeconds(2));
                        }
                    }));
        }
    }

    private void onOneMachine(String fault, Harming harm) throws Exception {
        try (PostgresCluster postgres = PostgresCluster.start()) {
            requireNoHarm(harm(fault, postgres, here(postgres), harm));
        }
    }

    private static List<Cluster.Place> here(PostgresCluster postgres) {
        return new ArrayList<>(Collections.nCopies(INSTANCES, Cluster.Place.here(postgres.store())));
    }

    private Verdict harm(String fault, PostgresCluster postgres, List<Cluster.Place> places, Harming harming)
            throws Exception {
        return harm(fault, postgres, places, BUILD, harming);
    }

    private Verdict harm(
            String fault, PostgresCluster postgres, List<Cluster.Place> places, Program program, Harming harming)
            throws Exception {
        History history;
        try (Cluster cluster = Cluster.start(folder, places, Requests.configuration(USERS), program);
                Load load = Load.begin(cluster.url(), USERS, 1)) {
            load.work(BEFORE);
            load.fault(fault);
            harming.to(new Scene(postgres, cluster, load));
            load.work(AFTER);
            load.end(StoreLook.of(postgres.current()));
            history = load.history();
            Files.writeString(file(fault, ".log"), cluster.log());
        }
        history.write(file(fault, ".jsonl"));
        Verdict verdict = HistoryChecker.judge(history);
        System.out.println(FaultReport.row(fault, verdict));
        return verdict;
    }

    /** For whoever wants to know more than the table tells. */
    private static Path file(String fault, String end) throws IOException {
        return Files.createDirectories(Path.of("target", "faults")).resolve(fault.replaceAll("[^a-z0-9]+", "-") + end);
    }

    private static void requireNoHarm(Verdict verdict) {
        assertThat(verdict.findings()).isEmpty();
        assertThat(verdict.errors().keySet()).isSubsetOf("503");
        assertThat(verdict.availability().backForAll())
                .as("all clients are back")
                .isPresent();
    }
}
