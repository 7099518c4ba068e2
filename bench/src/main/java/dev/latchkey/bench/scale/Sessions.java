package dev.latchkey.bench.scale;

import dev.latchkey.server.Stores;
import dev.latchkey.server.protocol.SessionId;
import dev.latchkey.server.protocol.StoreUnavailableException;
import dev.latchkey.server.session.Rotation;
import dev.latchkey.server.session.Session;
import dev.latchkey.server.sql.Database;
import dev.latchkey.server.sql.PostgresLocation;
import dev.latchkey.server.sql.PostgresSettings;
import dev.latchkey.server.sql.StoreListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;

/** A table with very many sessions, and refreshes of any of them by what the server does for one, without HTTP and tokens. */
final class Sessions {
    private static final Duration LIFETIME = Duration.ofDays(30);
    private static final int PER_USER = 10;

    private final PostgresServer postgres;

    Sessions(PostgresServer postgres) {
        this.postgres = postgres;
    }

    /** The id of the numbered session: one that lies anywhere in the index, as those of the server do. */
    private static SessionId id(long number) {
        try {
            return SessionId.of(MessageDigest.getInstance("MD5")
                    .digest(String.valueOf(number).getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    long count() throws IOException, InterruptedException {
        return Long.parseLong(postgres.sql("select count(*) from sessions where client_id = 'bench'"));
    }

    /** Adds sessions until there are so many, ten for each user. */
    void fill(long number) throws IOException, InterruptedException {
        long present = count();
        for (long from = present; from < number; from += 1_000_000) {
            long to = Math.min(number, from + 1_000_000);
            postgres.sql("""
                insert into users (id, username, username_key, claims, roles, password_hash, credential_version, disabled, origin,
                    created_at)
                select 'user-' || n, 'user-' || n, 'user-' || n, '{"email":"user@example.com","name":"Somebody"}', '[]', null, 1,
                    false, 'COMMAND', 0
                from generate_series(%d, %d) n on conflict do nothing\
                """.formatted(from / PER_USER, to / PER_USER));
            postgres.sql("""
                insert into sessions (id, user_id, client_id, scope, audience, credential_version, auth_time, created_at,
                    last_used_at, expires_at, generation, rotated_at, revoked_at, sweep_at, browser_session, claims, status_index)
                select translate(rtrim(encode(decode(md5(n::text), 'hex'), 'base64'), '='), '+/', '-_'), 'user-' || n / %d, 'bench',
                    'openid profile email offline_access', '["https://orders.example"]', 1, t, t, t, t + 2592000000, 1, t, null,
                    t + 2592000000, null, '', n
                from generate_series(%d, %d) n, (select (extract(epoch from now()) * 1000)::bigint - 60000 as t) times\
                """.formatted(PER_USER, from, to - 1));
        }
        postgres.sql("vacuum analyze sessions");
        postgres.sql("vacuum analyze users");
        postgres.sql("checkpoint");
    }

    /** MiB of the table and of its indexes. */
    String size() throws IOException, InterruptedException {
        return postgres.sql("select round(pg_table_size('sessions') / 1048576.0) || ' + ' ||"
                + " round(pg_indexes_size('sessions') / 1048576.0) || ' MiB'");
    }

    /** What refreshes of random sessions came to. */
    record Cost(double perSecond, Duration median, Duration p99, long failures) {}

    Cost refresh(long sessions, int callers, Duration warmUp, Duration measured)
            throws InterruptedException, ExecutionException {
        PostgresSettings settings = PostgresSettings.of(
                        PostgresLocation.parse(postgres.url()).orElseThrow())
                .withConnections(callers, callers);
        try (Database database = Database.open(settings, InstantSource.system(), StoreListener.NONE);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Stores stores = Stores.of(database);
            long start = System.nanoTime() + warmUp.toNanos();
            long end = start + measured.toNanos();
            List<Future<List<Long>>> running = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                running.add(threads.submit(() -> refresh(stores, sessions, start, end)));
            }
            List<Long> all = new ArrayList<>();
            for (Future<List<Long>> times : running) {
                all.addAll(times.get());
            }
            long[] good = all.stream()
                    .mapToLong(Long::longValue)
                    .filter(nanos -> nanos >= 0)
                    .sorted()
                    .toArray();
            return new Cost(
                    good.length * 1e9 / measured.toNanos(),
                    Duration.ofNanos(good[good.length / 2]),
                    Duration.ofNanos(good[(int) (good.length * 0.99)]),
                    all.size() - good.length);
        }
    }

    /** How long each took, in nanoseconds; -1 for one that failed. */
    private static List<Long> refresh(Stores stores, long sessions, long start, long end) {
        List<Long> times = new ArrayList<>();
        for (long begin = System.nanoTime(); begin < end; begin = System.nanoTime()) {
            boolean done = refresh(stores, id(ThreadLocalRandom.current().nextLong(sessions)));
            long now = System.nanoTime();
            if (begin >= start) {
                times.add(done ? now - begin : -1L);
            }
        }
        return times;
    }

    private static boolean refresh(Stores stores, SessionId id) {
        try {
            Session session = stores.sessions().find(id).orElseThrow();
            if (stores.users().find(session.userId()).isEmpty()) {
                throw new IllegalStateException("the user is gone");
            }
            Instant now = Instant.now();
            Rotation.Attempt attempt =
                    new Rotation.Attempt(session.generation(), now, now.plus(LIFETIME), now.minusSeconds(10));
            Rotation rotation =
                    stores.unitOfWork().run(transaction -> stores.sessions().rotate(transaction, id, attempt));
            // two may want the same session at once: the second one is answered with the first one's successor. With
            // far fewer
            // than 10 000 sessions three do: the third one's token is two generations old, a replay, which ends the
            // session
            return rotation instanceof Rotation.Rotated || rotation instanceof Rotation.Repeated;
        } catch (StoreUnavailableException e) {
            return false;
        }
    }

    /** For pgbench: the statement of a refresh by itself, one transaction each, on any of the sessions. */
    static String updateAlone(long sessions) {
        return setNumber(sessions) + update();
    }

    /** For pgbench: everything that the server asks the database for a refresh. */
    static String wholeRefresh(long sessions) {
        return setNumber(sessions)
                + "select * from sessions where id = " + ID + ";\n"
                + "select * from users where id = 'user-' || :n / 10;\n"
                + "begin;\n" + update() + "commit;\n";
    }

    private static final String ID =
            "translate(rtrim(encode(decode(md5((:n)::text), 'hex'), 'base64'), '='), '+/', '-_')";

    private static String setNumber(long sessions) {
        return "\\set n random(0, " + (sessions - 1) + ")\n";
    }

    private static String update() {
        return String.join(
                        " ",
                        Arrays.asList(
                                "update sessions set generation = generation + 1, rotated_at = rotated_at + 1,",
                                "last_used_at = last_used_at + 1, expires_at = expires_at + 1 where id = " + ID,
                                "and revoked_at is null and expires_at > 1 and exists (select 1 from users",
                                "where users.id = sessions.user_id and users.disabled = false",
                                "and users.credential_version = sessions.credential_version);"))
                + "\n";
    }
}
