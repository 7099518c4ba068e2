package dev.latchkey.server.setting;

import dev.latchkey.server.password.Argon2Settings;
import dev.latchkey.server.setting.Settings.KeySettings;
import dev.latchkey.server.setting.Settings.LimitSettings;
import dev.latchkey.server.setting.Settings.LockOutSettings;
import dev.latchkey.server.setting.Settings.PasswordSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

/** The keys under {@code keys}, {@code passwords}, {@code lock-out} and {@code limits}. */
final class ServiceKeys {
    private static final int MASTER_KEY_BYTES = 32;
    private static final int BYTES_PER_KIB = 1024;

    static final Key<Duration> ROTATE_AFTER = Key.of(
                    "keys.rotate-after",
                    Types.duration("1h", "3650d"),
                    "The age at which a signing key is succeeded by a new one")
            .or("90d");
    static final Key<Duration> PUBLISH_BEFORE = Key.of(
                    "keys.publish-before",
                    Types.duration("0s", "365d"),
                    "How long a new key is published before it signs, so that everyone who checks tokens has it")
            .or("1d");
    static final Key<String> MASTER_KEY = Key.of(
                    "keys.master-key",
                    Types.text("base64", "32 bytes in base64", ServiceKeys::isMasterKey),
                    "The key under which private keys rest, instead of the file; best given by the environment")
            .absent("none")
            .hidden();
    static final Key<String> MASTER_KEY_FILE = Key.of(
                    "keys.master-key-file",
                    Types.text("file", "the path of a file", GeneralKeys::isPath),
                    "Where the master key is otherwise kept; made at the first start, readable by its owner only")
            .absent("DATA/master.key");

    static final Key<Integer> ARGON2_MEMORY = Key.of(
                    "passwords.argon2-memory", Types.sizeBytes("7MiB", "128MiB"), "Memory of one Argon2id hash")
            .or("19MiB");
    static final Key<Integer> ARGON2_ITERATIONS = Key.of(
                    "passwords.argon2-iterations", Types.whole(1, 16), "Passes of one Argon2id hash")
            .or("2");
    static final Key<Integer> ARGON2_PARALLELISM = Key.of(
                    "passwords.argon2-parallelism", Types.whole(1, 16), "Lanes of one Argon2id hash")
            .or("1");
    static final Key<Integer> CONCURRENT_HASHES = Key.of(
                    "passwords.concurrent-hashes", Types.whole(1, 1024), "How many hashes are computed at once")
            .absent("the number of cores");
    static final Key<Integer> QUEUE = Key.of(
                    "passwords.queue",
                    Types.whole(1, 100_000),
                    "How many logins may wait for a hash; past it the answer is 503 with Retry-After")
            .or("256");

    static final Key<Integer> ACCOUNT_FAILURES = Key.of(
                    "lock-out.account-failures",
                    Types.whole(3, 1000),
                    "Failed logins in a row after which an account is locked: for a second, then twice as long each"
                            + " time")
            .or("5");
    static final Key<Integer> ADDRESS_FAILURES = Key.of(
                    "lock-out.address-failures",
                    Types.whole(3, 100_000),
                    "Failed logins in a row after which an address is locked in the same way")
            .or("100");
    static final Key<Duration> LOCK_DURATION = Key.of(
                    "lock-out.duration",
                    Types.duration("1s", "1d"),
                    "The longest time that an account or address is locked")
            .or("15m");
    static final Key<Duration> FORGET_AFTER = Key.of(
                    "lock-out.forget-after",
                    Types.duration("1m", "30d"),
                    "How long after the last failure the count starts anew; not shorter than lock-out.duration")
            .or("24h");

    static final Key<Integer> BODY = Key.of(
                    "limits.body",
                    Types.sizeBytes("1KiB", "1MiB"),
                    "The largest request body; past it the answer is 413")
            .or("64KiB");
    static final Key<Integer> HEADER = Key.of(
                    "limits.header", Types.sizeBytes("2KiB", "256KiB"), "The largest request line and header together")
            .or("16KiB");
    static final Key<Integer> CONNECTIONS = Key.of(
                    "limits.connections", Types.whole(1, 1_000_000), "How many connections may be open at once")
            .or("8192");
    static final Key<Integer> REQUESTS = Key.of(
                    "limits.requests",
                    Types.whole(1, 100_000),
                    "How many requests may be answered at once; past it the answer is 503 with Retry-After")
            .or("2048");
    static final Key<Duration> IDLE_TIMEOUT = Key.of(
                    "limits.idle-timeout", Types.duration("1s", "1h"), "After which a quiet connection is closed")
            .or("60s");
    static final Key<Duration> DRAIN_TIMEOUT = Key.of(
                    "limits.drain-timeout",
                    Types.duration("0s", "9s"),
                    "How long a stopping server waits for the requests it is answering")
            .or("8s");
    static final Key<Duration> DRAIN_DELAY = Key.of(
                    "limits.drain-delay",
                    Types.duration("0s", "60s"),
                    "How long a server that is told to stop goes on serving and says that it is not ready, so that"
                            + " those who send it requests find out; the drain time-out begins after it")
            .or("0s");

    static final List<Key<?>> ALL = List.of(
            ROTATE_AFTER,
            PUBLISH_BEFORE,
            MASTER_KEY,
            MASTER_KEY_FILE,
            ARGON2_MEMORY,
            ARGON2_ITERATIONS,
            ARGON2_PARALLELISM,
            CONCURRENT_HASHES,
            QUEUE,
            ACCOUNT_FAILURES,
            ADDRESS_FAILURES,
            LOCK_DURATION,
            FORGET_AFTER,
            BODY,
            HEADER,
            CONNECTIONS,
            REQUESTS,
            IDLE_TIMEOUT,
            DRAIN_TIMEOUT,
            DRAIN_DELAY);

    private ServiceKeys() {}

    private static boolean isMasterKey(String text) {
        try {
            return Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/')).length == MASTER_KEY_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    static KeySettings keys(Section section, Path dataFolder) {
        KeySettings keys = new KeySettings(
                section.get(ROTATE_AFTER),
                section.get(PUBLISH_BEFORE),
                section.find(MASTER_KEY),
                section.find(MASTER_KEY_FILE).map(Path::of).orElse(dataFolder.resolve("master.key")));
        if (keys.publishBefore().compareTo(keys.rotateAfter()) >= 0) {
            section.refuse(
                    section.isGiven(PUBLISH_BEFORE) ? PUBLISH_BEFORE : ROTATE_AFTER,
                    "keys.publish-before has to be shorter than keys.rotate-after");
        }
        if (section.isGiven(MASTER_KEY) && section.isGiven(MASTER_KEY_FILE)) {
            section.refuse(MASTER_KEY, "is given, and keys.master-key-file too: one of them");
        }
        return keys;
    }

    static PasswordSettings passwords(Section section) {
        return new PasswordSettings(
                new Argon2Settings(
                        section.get(ARGON2_MEMORY) / BYTES_PER_KIB,
                        section.get(ARGON2_ITERATIONS),
                        section.get(ARGON2_PARALLELISM)),
                section.find(CONCURRENT_HASHES),
                section.get(QUEUE));
    }

    static LockOutSettings lockOut(Section section) {
        LockOutSettings lockOut = new LockOutSettings(
                section.get(ACCOUNT_FAILURES),
                section.get(ADDRESS_FAILURES),
                section.get(LOCK_DURATION),
                section.get(FORGET_AFTER));
        if (lockOut.forgetAfter().compareTo(lockOut.duration()) < 0) {
            section.refuse(
                    section.isGiven(FORGET_AFTER) ? FORGET_AFTER : LOCK_DURATION,
                    "lock-out.forget-after is shorter than lock-out.duration");
        }
        return lockOut;
    }

    static LimitSettings limits(Section section) {
        return new LimitSettings(
                section.get(BODY),
                section.get(HEADER),
                section.get(CONNECTIONS),
                section.get(REQUESTS),
                section.get(IDLE_TIMEOUT),
                section.get(DRAIN_TIMEOUT),
                section.get(DRAIN_DELAY));
    }
}
