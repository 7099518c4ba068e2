package dev.latchkey.server;

import dev.latchkey.server.http.HttpSettings;
import dev.latchkey.server.http.Transport;
import dev.latchkey.server.key.MasterKey;
import dev.latchkey.server.key.MasterKeyFile;
import dev.latchkey.server.key.StoredKeyStore;
import dev.latchkey.server.password.HashQueueSettings;
import dev.latchkey.server.setting.Settings;
import dev.latchkey.server.tls.ServerTls;
import dev.latchkey.server.user.FailureLimit;
import dev.latchkey.server.user.LoginThrottle;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The parts' own settings, made of those of the configuration. */
final class ServerSettings {
    private static final Duration FIRST_DELAY = Duration.ofSeconds(1);
    private static final int KIB = 1024;
    private static final List<String> LOCAL = List.of("localhost", "127.0.0.1", "[::1]");

    private ServerSettings() {}

    static HttpSettings http(Settings settings, Optional<ServerTls> tls) {
        Settings.LimitSettings limits = settings.limits();
        HttpSettings usual = HttpSettings.of(settings.host(), settings.port());
        return new HttpSettings(
                settings.host(),
                settings.port(),
                limits.bodyBytes(),
                limits.headerBytes(),
                limits.connections(),
                limits.requests(),
                usual.requestTimeout(),
                limits.idleTimeout(),
                limits.drainTimeout(),
                settings.trustedProxies(),
                new Transport(tls.map(files -> files.context(usual.requestTimeout())), isStrict(settings)));
    }

    /** Not on localhost: browsers would want https for whatever else a developer runs there. */
    private static boolean isStrict(Settings settings) {
        return settings.hosting().isMany()
                ? settings.hosting().issuers().keySet().stream()
                        .allMatch(name -> isStrict(settings.issuerAt(settings.port(), name)))
                : settings.issuer().filter(ServerSettings::isStrict).isPresent();
    }

    private static boolean isStrict(String issuer) {
        URI url = URI.create(issuer);
        return url.getScheme().equals("https") && !LOCAL.contains(url.getHost());
    }

    /** Where health and metrics are served besides, for those who watch. */
    static HttpSettings management(Settings settings, int port) {
        HttpSettings usual = HttpSettings.of(settings.host(), port).withTrustedProxies(settings.trustedProxies());
        return usual.withTimeouts(usual.requestTimeout(), usual.idleTimeout(), Duration.ZERO);
    }

    static HashQueueSettings hashQueue(Settings settings) {
        Runtime machine = Runtime.getRuntime();
        int cores = settings.passwords().concurrentHashes().orElse(machine.availableProcessors());
        HashQueueSettings usual = HashQueueSettings.forMachine(
                cores, machine.maxMemory() / KIB, settings.passwords().argon2());
        return new HashQueueSettings(
                usual.threads(), usual.memoryKib(), settings.passwords().queue(), usual.longestWait());
    }

    static LoginThrottle throttle(Settings settings) {
        Settings.LockOutSettings lockOut = settings.lockOut();
        return new LoginThrottle(
                new FailureLimit(lockOut.accountFailures(), FIRST_DELAY, lockOut.duration(), lockOut.forgetAfter()),
                new FailureLimit(lockOut.addressFailures(), FIRST_DELAY, lockOut.duration(), lockOut.duration()));
    }

    /** Makes the folder of the store and the master key, for its owner only. */
    static void createFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        Files.createDirectories(
                folder,
                posix
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                        }
                        : new FileAttribute<?>[0]);
    }

    /**
     * The master key of a store. A new one would be of no use to one that has keys, and look like the one that is lost.
     *
     * @throws IOException when it can neither be read nor made
     */
    static MasterKey masterKey(Settings settings, StoredKeyStore keys, SecureRandom random) throws IOException {
        Path file = settings.keys().masterKeyFile();
        if (settings.keys().masterKey().isEmpty()
                && !Files.exists(file)
                && !keys.list().isEmpty()) {
            throw new IOException("there is no master key " + file + ", and the store has keys that rest under one");
        }
        return new MasterKey(masterKey(settings, random), random);
    }

    /** The master key of the environment or configuration, else of its file, which is made where there is none. */
    static byte[] masterKey(Settings settings, SecureRandom random) throws IOException {
        Optional<String> given = settings.keys().masterKey();
        return given.isPresent()
                ? MasterKeyFile.decode(given.get(), "the master key")
                : MasterKeyFile.readOrCreate(settings.keys().masterKeyFile(), random);
    }
}
