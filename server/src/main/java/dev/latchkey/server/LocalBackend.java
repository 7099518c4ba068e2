package dev.latchkey.server;

import dev.latchkey.server.audit.AuditEvent;
import dev.latchkey.server.audit.AuditStore;
import dev.latchkey.server.audit.TimedEvent;
import dev.latchkey.server.client.ClientSecrets;
import dev.latchkey.server.client.ClientStore;
import dev.latchkey.server.client.InitialAccessTokenStore;
import dev.latchkey.server.command.Backend;
import dev.latchkey.server.command.Upkeep;
import dev.latchkey.server.key.KeyRing;
import dev.latchkey.server.key.KeyVault;
import dev.latchkey.server.key.MasterKey;
import dev.latchkey.server.key.StoredKeyStore;
import dev.latchkey.server.log.StandardErrorLog;
import dev.latchkey.server.password.HashQueue;
import dev.latchkey.server.password.HashQueueListener;
import dev.latchkey.server.password.PasswordHasher;
import dev.latchkey.server.protocol.Origin;
import dev.latchkey.server.protocol.Transaction;
import dev.latchkey.server.protocol.UnitOfWork;
import dev.latchkey.server.session.SessionStore;
import dev.latchkey.server.setting.Settings;
import dev.latchkey.server.signout.OperatorSignOut;
import dev.latchkey.server.sql.Database;
import dev.latchkey.server.sql.SqliteSettings;
import dev.latchkey.server.sql.StoreListener;
import dev.latchkey.server.user.UserStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** Serves and administers the store of this machine for the commands. */
final class LocalBackend implements Backend {
    private static final System.Logger LOG = System.getLogger(LocalBackend.class.getName());

    /** After the drain delay; a stop is promised to take 10 s. */
    private static final Duration LONGEST_STOP = Duration.ofMillis(9_700);

    private final InstantSource clock;
    private final SecureRandom random;

    LocalBackend(InstantSource clock, SecureRandom random) {
        this.clock = clock;
        this.random = random;
    }

    @Override
    public Running start(Settings settings) throws IOException {
        StandardErrorLog log = StandardErrorLog.install(settings.log());
        Server server = Server.start(settings, clock, random);
        return new RunningServer(server, settings, log);
    }

    /** After which the process ends, whatever it waits for. */
    private static Duration longestStop(Settings settings) {
        return settings.limits().drainDelay().plus(LONGEST_STOP);
    }

    @Override
    public Administration administer(Settings settings) throws IOException {
        ServerSettings.createFolder(settings.dataFolder());
        return new OpenStore(settings);
    }

    @Override
    public Upkeep upkeep(Settings settings) {
        return new LocalUpkeep(settings, clock);
    }

    /** A server that stops with the process, at SIGTERM and SIGINT. */
    private static final class RunningServer implements Running {
        private final Server server;
        private final Settings settings;
        private final Duration longestStop;

        /** Held as long as the process logs. */
        @SuppressWarnings({"unused", "FieldCanBeLocal"})
        private final StandardErrorLog log;

        private final CountDownLatch stopped = new CountDownLatch(1);
        private final Thread hook = new Thread(this::stopProcess, "stop");

        RunningServer(Server server, Settings settings, StandardErrorLog log) {
            this.server = server;
            this.settings = settings;
            this.longestStop = longestStop(settings);
            this.log = log;
            Runtime.getRuntime().addShutdownHook(hook);
        }

        /**
         * To be told to stop is no failure, so the exit code is 0 and not that of the signal; also when it has to end before all
         * is closed, because the store hangs, for instance: what was answered is stored.
         */
        private void stopProcess() {
            Thread stop = Thread.ofPlatform().name("stop-server").start(this::stop);
            try {
                if (!stop.join(longestStop)) {
                    LOG.log(System.Logger.Level.WARNING, "the stop took too long and was cut short");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            Runtime.getRuntime().halt(0);
        }

        @Override
        public String issuer() {
            return settings.issuerAt(server.port());
        }

        @Override
        public int issuers() {
            return Math.max(1, settings.hosting().issuers().size());
        }

        @Override
        public Optional<NewUser> firstUser() {
            return server.firstUser().map(user -> new NewUser(user.username(), user.password()));
        }

        @Override
        public void awaitStop() {
            try {
                stopped.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() {
            if (stop()) {
                Runtime.getRuntime().removeShutdownHook(hook);
            }
        }

        private synchronized boolean stop() {
            boolean first = stopped.getCount() > 0;
            if (first) {
                server.close();
                stopped.countDown();
            }
            return first;
        }
    }

    private final class OpenStore implements Administration {
        private final Settings settings;
        private final Optional<Path> madeAnew;
        private final Database database;
        private final Stores stores;
        private final HashQueue hashQueue;

        OpenStore(Settings settings) {
            this.settings = settings;
            madeAnew = settings.store() instanceof SqliteSettings sqlite
                    ? Optional.of(sqlite.file()).filter(Files::notExists)
                    : Optional.empty();
            database = Database.open(settings.store().patient(), clock, StoreListener.NONE);
            stores = Stores.of(database);
            hashQueue = new HashQueue(ServerSettings.hashQueue(settings), HashQueueListener.NONE);
        }

        @Override
        public Optional<Path> madeAnew() {
            return madeAnew;
        }

        @Override
        public UnitOfWork unitOfWork() {
            return stores.unitOfWork();
        }

        @Override
        public UserStore users() {
            return stores.users();
        }

        @Override
        public ClientStore clients() {
            return stores.clients();
        }

        @Override
        public InitialAccessTokenStore initialAccessTokens() {
            return stores.initialAccessTokens();
        }

        @Override
        public SessionStore sessions() {
            return stores.sessions();
        }

        @Override
        public OperatorSignOut signOut() {
            return stores.operatorSignOut(random);
        }

        @Override
        public StoredKeyStore storedKeys() {
            return stores.keys();
        }

        @Override
        public KeyRing keys() {
            KeyVault vault = new KeyVault(stores.keys(), stores.unitOfWork(), masterKey());
            KeyRing keys = new KeyRing(vault, Issuer.keySettings(settings), clock, random);
            keys.open(Issuer.signingAlgorithms(settings));
            return keys;
        }

        private MasterKey masterKey() {
            try {
                return ServerSettings.masterKey(settings, stores.keys(), random);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public ClientSecrets clientSecrets() {
            return new ClientSecrets(masterKey());
        }

        @Override
        public PasswordHasher hasher() {
            return new PasswordHasher(settings.passwords().argon2(), hashQueue, random);
        }

        @Override
        public AuditStore auditEvents() {
            return stores.auditEvents();
        }

        @Override
        public void record(Transaction transaction, AuditEvent event) {
            AuditEvent ofCommand = event.with("origin", Origin.COMMAND.name().toLowerCase(Locale.ROOT))
                    .with("os_user", System.getProperty("user.name", ""));
            stores.auditEvents().append(transaction, List.of(new TimedEvent(clock.instant(), ofCommand)));
        }

        @Override
        public void close() {
            hashQueue.close();
            database.close();
        }
    }
}
