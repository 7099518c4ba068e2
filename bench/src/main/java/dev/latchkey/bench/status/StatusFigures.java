package dev.latchkey.bench.status;

import dev.latchkey.bench.load.Machine;
import dev.latchkey.server.Stores;
import dev.latchkey.server.http.Headers;
import dev.latchkey.server.http.Request;
import dev.latchkey.server.http.Response;
import dev.latchkey.server.key.KeyRing;
import dev.latchkey.server.key.KeySettings;
import dev.latchkey.server.key.KeyVault;
import dev.latchkey.server.key.MasterKey;
import dev.latchkey.server.session.StatusIndex;
import dev.latchkey.server.sql.SqliteDatabase;
import dev.latchkey.server.sql.SqliteSettings;
import dev.latchkey.server.sql.StoreListener;
import dev.latchkey.server.status.StatusList;
import dev.latchkey.server.status.StatusListEndpoint;
import dev.latchkey.token.Algorithm;
import dev.latchkey.token.Jwk;
import dev.latchkey.token.Jwt;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Prints what status lists cost at a million sessions. Run by {@code bench/run status}. */
public final class StatusFigures {
    private static final List<Integer> REVOKED = List.of(0, 10, 1_000, 10_000, 100_000, 500_000);
    private static final int LATELY = 100;
    private static final int RUNS = 21;
    private static final int POLLS = 200_000;
    private static final Duration WINDOW = Duration.ofMinutes(75);
    private static final Duration RECENT = Duration.ofSeconds(30);

    private final InstantSource clock = InstantSource.system();
    private final SecureRandom random = new SecureRandom();
    private final PrintStream out;

    private StatusFigures(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createTempDirectory("latchkey-status");
        StatusFigures figures = new StatusFigures(System.out);
        System.out.println(Machine.describe());
        figures.sizes();
        figures.looks(folder.resolve("latchkey.db"));
        for (String file : List.of("latchkey.db", "latchkey.db-wal", "latchkey.db-shm")) {
            Files.deleteIfExists(folder.resolve(file));
        }
        Files.deleteIfExists(folder);
    }

    /** A list by itself, its revoked places chosen by chance. */
    private void sizes() {
        Jwk key = Jwk.generate(Algorithm.ES256);
        out.printf(
                Locale.ROOT,
                "A list of %,d sessions, %,d bytes before it is compressed%n",
                StatusIndex.LIST_SIZE,
                StatusIndex.LIST_SIZE / 8);
        out.printf(Locale.ROOT, "%10s %12s %14s %16s%n", "revoked", "lst, chars", "token, bytes", "make+sign, ms");
        for (int number : REVOKED) {
            BitSet revoked = chosen(number);
            String list = String.valueOf(StatusList.claim(revoked).get("lst"));
            double millis = Timing.medianMillis(RUNS, () -> sign(key, revoked));
            out.printf(
                    Locale.ROOT,
                    "%,10d %,12d %,14d %16.2f%n",
                    number,
                    list.length(),
                    sign(key, revoked).length(),
                    millis);
        }
    }

    private static BitSet chosen(int number) {
        Random places = new Random(number);
        BitSet revoked = new BitSet();
        while (revoked.cardinality() < number) {
            int missing = number - revoked.cardinality();
            places.ints(missing, 0, StatusIndex.LIST_SIZE).forEach(revoked::set);
        }
        return revoked;
    }

    private String sign(Jwk key, BitSet revoked) {
        Instant now = clock.instant();
        return Jwt.create(clock)
                .type("statuslist+jwt")
                .issuer("https://login.example")
                .subject(StatusIndex.uri("https://login.example", 0))
                .issuedAt(now)
                .expiresAt(now.plus(Duration.ofHours(1)))
                .claim("ttl", 5)
                .claim("status_list", StatusList.claim(revoked))
                .sign(key);
    }

    /** The store of a server with a million live sessions. */
    private void looks(Path file) throws IOException {
        try (SqliteDatabase database = SqliteDatabase.open(SqliteSettings.of(file), clock, StoreListener.NONE)) {
            Stores stores = Stores.of(database);
            Instant begun = clock.instant();
            MillionSessions sessions = new MillionSessions(stores, begun);
            long seconds = Duration.between(begun, clock.instant()).toSeconds();
            out.println();
            out.printf(
                    Locale.ROOT,
                    "%,d sessions in SQLite (%,d MiB, made in %d s)%n",
                    MillionSessions.SESSIONS,
                    Files.size(file) >> 20,
                    seconds);
            out.printf(
                    Locale.ROOT,
                    "%10s %18s %22s %14s %12s%n",
                    "revoked",
                    "all of them, ms",
                    "of the last 30 s, ms",
                    "poll 200, us",
                    "poll 304, us");
            int before = 0;
            for (int number : REVOKED) {
                int lately = Math.min(LATELY, number - before);
                sessions.revoke(number - before - lately, clock.instant().minus(RECENT.multipliedBy(2)));
                sessions.revoke(lately, clock.instant());
                before = number;
                look(stores, number);
            }
        }
    }

    private void look(Stores stores, int number) {
        Instant now = clock.instant();
        double all = Timing.medianMillis(RUNS, () -> stores.sessions().listRevokedSince(now.minus(WINDOW)));
        double recent = Timing.medianMillis(RUNS, () -> stores.sessions().listRevokedSince(now.minus(RECENT)));
        StatusListEndpoint endpoint = endpoint(stores);
        Response whole = endpoint.handle(request());
        Request conditional = request("If-None-Match", whole.header("ETag").orElseThrow());
        double poll = micros(endpoint, request(), 200);
        double unchanged = micros(endpoint, conditional, 304);
        out.printf(Locale.ROOT, "%,10d %18.2f %22.3f %14.2f %12.2f%n", number, all, recent, poll, unchanged);
    }

    private StatusListEndpoint endpoint(Stores stores) {
        byte[] master = new byte[32];
        KeySettings settings =
                new KeySettings(Duration.ofDays(90), Duration.ofDays(1), Duration.ofHours(1), Optional.empty());
        KeyVault vault = new KeyVault(stores.keys(), stores.unitOfWork(), new MasterKey(master, random));
        KeyRing keys = new KeyRing(vault, settings, clock, random);
        keys.open(Set.of(Algorithm.ES256));
        return new StatusListEndpoint(
                "https://login.example",
                new StatusListEndpoint.Stores(stores.sessions(), stores.statusIndexes(), stores.epochs()::current),
                new StatusListEndpoint.Signing(Algorithm.ES256, keys),
                WINDOW,
                clock);
    }

    private static Request request(String... headers) {
        return new Request(
                "GET",
                StatusIndex.PATH,
                StatusIndex.LIST + "=0",
                Headers.of(headers),
                new byte[0],
                InetAddress.getLoopbackAddress(),
                "bench");
    }

    /** An answer without HTTP, the looks into the store in between included. */
    private static double micros(StatusListEndpoint endpoint, Request request, int status) {
        long start = 0;
        for (int i = -POLLS; i < POLLS; i++) {
            if (i == 0) {
                start = System.nanoTime();
            }
            int answered = endpoint.handle(request).status();
            if (answered != status) {
                throw new IllegalStateException("answered " + answered);
            }
        }
        return (System.nanoTime() - start) / 1e3 / POLLS;
    }
}
