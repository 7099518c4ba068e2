package dev.latchkey.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.key.MasterKey;
import dev.latchkey.server.password.HashQueue;
import dev.latchkey.server.password.HashQueueListener;
import dev.latchkey.server.password.PasswordHasher;
import dev.latchkey.server.setting.Settings;
import dev.latchkey.server.setting.SettingsInput;
import dev.latchkey.server.setting.SettingsOutcome;
import dev.latchkey.server.sql.Database;
import dev.latchkey.server.sql.PostgresDatabase;
import dev.latchkey.server.sql.SqliteDatabase;
import dev.latchkey.server.sql.StoreListener;
import dev.latchkey.server.sql.TestPostgres;
import dev.latchkey.server.user.User;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Instances that start at the same moment, with the same configuration, bring it into the store once. */
class ConfiguredRaceTest {
    private static final int INSTANCES = 3;

    private final InstantSource clock = InstantSource.system();
    private final MasterKey masterKey = new MasterKey(new byte[32], new SecureRandom());

    static Stream<Named<Supplier<Database>>> engines() {
        return Stream.of(
                Named.of("SQLite", () -> SqliteDatabase.openTemporary(InstantSource.system())),
                Named.of(
                        "PostgreSQL",
                        () -> PostgresDatabase.open(
                                TestPostgres.settings(TestPostgres.freshSchema()),
                                InstantSource.system(),
                                StoreListener.NONE)));
    }

    private static Settings settings(String password) {
        String yaml = """
            passwords: {argon2-memory: 7MiB, argon2-iterations: 1}
            users:
              - {username: alice, password: %s}
            clients:
              - client_id: web
                client_secret: a shared secret that is long enough for HS256
                token_endpoint_auth_method: client_secret_jwt
                grant_types: [client_credentials]
            """.formatted(password);
        return switch (SettingsInput.read(yaml, Map.of(), List.of())) {
            case SettingsOutcome.Accepted accepted -> accepted.settings();
            case SettingsOutcome.Refused refused ->
                throw new IllegalArgumentException(refused.problems().toString());
        };
    }

    /** Has the instances begin together; each has read the store when the first of them writes. */
    private void startTogether(Database database, Settings settings) throws Exception {
        CountDownLatch allHash = new CountDownLatch(INSTANCES);
        List<Future<Void>> starts = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(INSTANCES)) {
            for (int i = 0; i < INSTANCES; i++) {
                starts.add(threads.submit(() -> {
                    apply(database, settings, allHash);
                    return null;
                }));
            }
            for (Future<Void> start : starts) {
                start.get(60, TimeUnit.SECONDS);
            }
        }
    }

    private void apply(Database database, Settings settings, CountDownLatch allHash) {
        SecureRandom salt = new SecureRandom() {
            private static final long serialVersionUID = 1L;

            @Override
            public void nextBytes(byte[] bytes) {
                super.nextBytes(bytes);
                allHash.countDown();
                try {
                    assertThat(allHash.await(30, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
        };
        try (HashQueue queue = new HashQueue(ServerSettings.hashQueue(settings), HashQueueListener.NONE)) {
            PasswordHasher hasher = new PasswordHasher(settings.passwords().argon2(), queue, salt);
            new Configured(Stores.of(database), masterKey, hasher, clock, new SecureRandom()).apply(settings);
        }
    }

    private static User alice(Database database) {
        return Stores.of(database).users().findByUsername("alice").orElseThrow();
    }

    private String fingerprint(Database database, String password) {
        return masterKey.fingerprint(
                "password:" + password, alice(database).id().value());
    }

    @ParameterizedTest
    @MethodSource("engines")
    void aUserIsMadeOnceAndIsTheOneWhosePasswordIsKnown(Supplier<Database> engine) throws Exception {
        try (Database database = engine.get()) {
            startTogether(database, settings("the first long password"));

            Stores stores = Stores.of(database);
            assertThat(stores.users().list("", 10)).hasSize(1);
            assertThat(stores.configuredCredentials().find(alice(database).id()))
                    .contains(fingerprint(database, "the first long password"));
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void aNewPasswordIsSetOnceSoThatItEndsNoSessionThatWasBegunWithIt(Supplier<Database> engine) throws Exception {
        try (Database database = engine.get()) {
            apply(database, settings("the first long password"), new CountDownLatch(1));
            long before = alice(database).credentialVersion();

            startTogether(database, settings("the second long password"));

            assertThat(alice(database).credentialVersion()).isEqualTo(before + 1);
            assertThat(Stores.of(database)
                            .configuredCredentials()
                            .find(alice(database).id()))
                    .contains(fingerprint(database, "the second long password"));
        }
    }
}
