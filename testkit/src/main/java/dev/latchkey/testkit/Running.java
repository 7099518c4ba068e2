package dev.latchkey.testkit;

import dev.latchkey.server.Server;
import dev.latchkey.server.key.StoredKey;
import dev.latchkey.server.key.StoredKey.Purpose;
import dev.latchkey.server.setting.Problem;
import dev.latchkey.server.setting.Settings;
import dev.latchkey.server.setting.SettingsInput;
import dev.latchkey.server.setting.SettingsOutcome;
import dev.latchkey.server.sql.Database;
import dev.latchkey.server.sql.SqliteDatabase;
import dev.latchkey.token.Algorithm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The server on its store, started, stopped and started again at the same port. Safe for many threads. */
final class Running implements AutoCloseable {
    private static final int MASTER_KEY_BYTES = 32;

    private final SecureRandom random = new SecureRandom();
    private final TestClock clock = new TestClock(InstantSource.system(), this::catchUp);
    private final ServerConfiguration configuration;
    private final String yaml;
    private final Settings settings;
    private final Database database;
    private final int port;
    private volatile Server server;
    private @Nullable AutoCloseable standin;
    private boolean closed;

    Running(ServerConfiguration configuration) {
        this.configuration = configuration;
        byte[] masterKey = new byte[MASTER_KEY_BYTES];
        random.nextBytes(masterKey);
        yaml = ConfigurationText.of(configuration, Base64.getEncoder().encodeToString(masterKey));
        settings = settingsAt(0);
        database = SqliteDatabase.openInMemory(clock);
        try {
            server = start(settings);
            port = server.port();
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    private Settings settingsAt(int port) {
        List<String> overrides = new ArrayList<>();
        overrides.add("port=" + port); // a test that sets the port has it
        overrides.addAll(configuration.overrides());
        return switch (SettingsInput.read(yaml, configuration.environment(), overrides)) {
            case SettingsOutcome.Accepted accepted -> accepted.settings();
            case SettingsOutcome.Refused refused ->
                throw new IllegalArgumentException(
                        refused.problems().stream().map(Problem::toString).collect(Collectors.joining("\n")));
        };
    }

    private Server start(Settings at) {
        try {
            return Server.start(at, database, clock, random);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Server server() {
        return server;
    }

    String url() {
        return "http://localhost:" + port;
    }

    Settings settings() {
        return settings;
    }

    TestClock clock() {
        return clock;
    }

    SecureRandom random() {
        return random;
    }

    Mint mint() {
        return new Mint(server, settings, clock, configuration.audience());
    }

    /** After a turn of the clock: does what is done now and then, unless the server is out. */
    synchronized void catchUp() {
        if (closed) {
            return;
        }
        makeKeysForNow();
        if (standin == null) {
            server.catchUp();
        }
    }

    /** A clock that was turned back may have come to a time before all keys. */
    private void makeKeysForNow() {
        Map<String, List<StoredKey>> keys = signingKeys().stream().collect(Collectors.groupingBy(StoredKey::algorithm));
        Instant now = clock.instant();
        keys.forEach((algorithm, all) -> {
            if (all.stream().allMatch(key -> key.signsFrom().isAfter(now))) {
                server.issuer().keys().rotate(Algorithm.valueOf(algorithm));
            }
        });
    }

    synchronized void withdrawKeys(Runnable rotation) {
        List<String> old = signingKeys().stream().map(StoredKey::keyId).toList();
        rotation.run();
        database.run(transaction -> {
            old.forEach(keyId -> server.issuer().stores().keys().remove(transaction, keyId));
            return true;
        });
        server.issuer().keys().reload();
    }

    private List<StoredKey> signingKeys() {
        return server.issuer().stores().keys().list().stream()
                .filter(key -> key.purpose() == Purpose.SIGNING)
                .toList();
    }

    synchronized Outage outage(Outage.Kind kind) {
        if (standin != null || closed) {
            throw new IllegalStateException("the server is out already");
        }
        server.close();
        standin = Standin.at(port, kind);
        return new Outage(this::endOutage);
    }

    synchronized void endOutage() {
        if (standin != null && !closed) {
            removeStandin();
            server = start(settingsAt(port));
        }
    }

    private void removeStandin() {
        try {
            if (standin != null) {
                standin.close();
            }
        } catch (Exception e) {
            throw new IllegalStateException("cannot give the port back", e);
        }
        standin = null;
    }

    synchronized boolean isClosed() {
        return closed;
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            if (standin == null) {
                server.close();
            }
            removeStandin();
            closed = true;
            database.close();
        }
    }
}
