package dev.latchkey.server.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.server.protocol.SessionId;
import dev.latchkey.server.session.Rotation;
import dev.latchkey.server.session.Session;
import dev.latchkey.server.session.SessionStore;
import dev.latchkey.server.sql.Migrations.Script;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Servers of two versions on one store: the schema of this version, and one that a later version has added to. */
abstract class UpgradeContract {
    private static final Instant NOW = StoreContract.NOW;
    private static final int CALLERS = 8;
    private static final int ROUNDS = 25;

    private static final Script EXPANSION = new Script("9001-next-version.sql", """
        alter table sessions add column colour text;
        alter table users add column shade ${bigint} not null default 7;
        create index sessions_by_colour on sessions (colour);
        create table next_things (id text not null primary key)${table};
        """);
    private static final Script CONTRACTION = new Script("9002-version-after.sql", """
        -- contracts: 9001
        drop table outages;
        """);

    /** Opens the one store of the test, as a version that knows these migrations. */
    abstract Database open(Migrations migrations);

    private static List<Script> scripts(Script... more) {
        List<Script> scripts =
                new ArrayList<>(Migrations.NAMES.stream().map(Script::read).toList());
        scripts.addAll(List.of(more));
        return scripts;
    }

    private static Migrations version(Script... more) {
        return new Migrations(scripts(more), InstantSource.system());
    }

    private Database openOld() {
        return open(version());
    }

    private Database openNew() {
        return open(version(EXPANSION));
    }

    private static void addUserAndClient(Database database) {
        database.run(tx -> {
            new SqlUserStore(database).insert(tx, UserStoreContract.user(SessionStoreContract.ALICE.value(), "alice"));
            new SqlClientStore(database).save(tx, SessionStoreContract.client(SessionStoreContract.WEB, false));
            return true;
        });
    }

    private static SessionId id(int caller, int round) {
        byte[] bytes = new byte[SessionId.BYTES];
        ByteBuffer.wrap(bytes).putInt(caller).putInt(round);
        return SessionId.of(bytes);
    }

    private static Session session(SessionId id) {
        Session like = SessionStoreContract.session(1, NOW);
        return new Session(
                id,
                like.userId(),
                like.clientId(),
                like.scope(),
                like.audience(),
                like.credentialVersion(),
                like.authTime(),
                like.createdAt(),
                like.lastUsedAt(),
                like.expiresAt(),
                like.generation(),
                like.rotatedAt(),
                like.revokedAt(),
                like.browserSession(),
                like.claims(),
                like.statusIndex(),
                like.key());
    }

    /** Begins sessions at one version, and refreshes each at both in turn. */
    private static List<Rotation> live(int caller, Database begunAt, Database refreshedAt) {
        List<Rotation> rotations = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            SessionId id = id(caller, round);
            SessionStore first = new SqlSessionStore(begunAt);
            SessionStore second = new SqlSessionStore(refreshedAt);
            begunAt.run(tx -> {
                first.insert(tx, session(id));
                return true;
            });
            rotations.add(refreshedAt.run(tx -> second.rotate(tx, id, attempt(1))));
            rotations.add(begunAt.run(tx -> first.rotate(tx, id, attempt(2))));
            assertThat(second.find(id).orElseThrow().generation()).isEqualTo(3);
        }
        return rotations;
    }

    private static Rotation.Attempt attempt(long generation) {
        return new Rotation.Attempt(generation, NOW, NOW.plusSeconds(60), NOW);
    }

    @Test
    void bothVersionsServeAtOnceAndTheOlderOneStartsAgain() throws Exception {
        try (Database old = openOld()) {
            addUserAndClient(old);
            assertThat(live(100, old, old)).hasSize(2 * ROUNDS);
            try (Database next = openNew()) {
                List<Callable<List<Rotation>>> callers = new ArrayList<>();
                IntStream.range(0, CALLERS)
                        .forEach(caller ->
                                callers.add(() -> caller % 2 == 0 ? live(caller, old, next) : live(caller, next, old)));
                assertThat(UnitOfWorkContract.together(callers))
                        .allSatisfy(rotations -> assertThat(rotations)
                                .startsWith(new Rotation.Rotated(2), new Rotation.Rotated(3))
                                .allMatch(Rotation.Rotated.class::isInstance));
                try (Database started = openOld()) {
                    assertThat(live(101, started, next)).hasSize(2 * ROUNDS);
                }
            }
            assertThat(live(102, old, old)).as("rolled back").hasSize(2 * ROUNDS);
        }
    }

    @Test
    void ofManyNewOnesThatStartBesideAnOldOneAllServe() throws Exception {
        try (Database old = openOld()) {
            addUserAndClient(old);
            List<Callable<Integer>> starts = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                int caller = i;
                starts.add(() -> {
                    try (Database next = openNew()) {
                        return live(caller, next, old).size();
                    }
                });
            }
            assertThat(UnitOfWorkContract.together(starts)).containsOnly(2 * ROUNDS);
        }
    }

    @Test
    void whatTakesSomethingAwayWaitsUntilItIsAskedForAndThenRefusesTheOlderOne() {
        openOld().close();
        openNew().close();
        Migrations after = version(EXPANSION, CONTRACTION);
        try (Database database = open(after)) {
            openOld().close(); // it has not been applied
            database.run(tx -> {
                after.applyAll(database.in(tx));
                return true;
            });
        }

        assertThatThrownBy(() -> openOld().close())
                .isInstanceOf(IncompatibleStoreException.class)
                .hasMessageContaining("9002-version-after");
        openNew().close();
        open(after).close();
    }

    /** Each on what the one before it left, with rows in every table of the first. */
    @Test
    void everyMigrationRunsOnAFilledDatabase() {
        List<Script> all = scripts();
        try (Database first = open(new Migrations(all.subList(0, 1), InstantSource.system()))) {
            fill(first);
        }
        for (int known = 2; known <= all.size(); known++) {
            open(new Migrations(all.subList(0, known), InstantSource.system())).close();
        }
        try (Database database = openOld()) {
            assertThat(new SqlUserStore(database).find(SessionStoreContract.ALICE))
                    .isPresent();
            Session session = new SqlSessionStore(database).find(id(1, 1)).orElseThrow();
            assertThat(session.isLive(NOW)).isTrue();
            assertThat(database.<Rotation>run(tx -> new SqlSessionStore(database).rotate(tx, session.id(), attempt(1))))
                    .isEqualTo(new Rotation.Rotated(2));
            assertThat(new SqlEpochStore(database).current().number()).isZero();
        }
    }

    private static void fill(Database database) {
        String user = SessionStoreContract.ALICE.value();
        database.run(tx -> {
            Sql sql = database.in(tx);
            sql.update(
                    "insert into users values (?, 'alice', 'alice', '{}', '[]', null, 1, ?, 'COMMAND', 1)",
                    user,
                    false);
            sql.update("insert into configured_credentials values (?, 'f')", user);
            sql.update("insert into login_failures values ('user:alice', 1, 1)");
            sql.update("insert into clients values ('web', null, ?, ?, 'COMMAND', 1)", "{\"redirect_uris\":[]}", false);
            sql.update(
                    "insert into sessions values (?, ?, 'web', 'openid', '[]', 1, 1, 1, 1, ?, 1, 1, null, ?)",
                    id(1, 1).value(),
                    user,
                    NOW.plusSeconds(60),
                    NOW.plusSeconds(60));
            sql.update("insert into revoked_tokens values ('jti', 1)");
            sql.update("insert into issuer_keys values ('k', 'SIGNING', 'ES256', 'sealed', 1, 1)");
            sql.update("insert into last_seen values (1, 1)");
            return sql.update("insert into outages values (1, 1)");
        });
    }
}
