package dev.latchkey.server.password;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Makes and checks the hashes of passwords. New ones are Argon2id; those of other systems are checked and their renewal is
 * asked for.
 *
 * <p>A password is brought into the Unicode form NFKC before it is hashed (NIST SP 800-63B-4 §3.1.1.2). Other systems hash it as it was
 * typed, so a password that is not in that form is tried both ways. All methods wait for the {@link HashQueue}, are safe for use
 * by many threads, and throw {@link HashQueueFullException} when too many wait.
 */
public final class PasswordHasher {
    static final int SALT_BYTES = 16;
    static final int TAG_BYTES = 32;

    private final Argon2Parameters parameters;
    private final HashQueue queue;
    private final SecureRandom random;
    private final Supplier<Argon2> argon2;
    private final StoredHash nobody;

    /** A hasher that uses the native library where it can be loaded, which is tried at the first hash or {@link #warm}. */
    public PasswordHasher(Argon2Settings settings, HashQueue queue, SecureRandom random) {
        this(
                settings,
                queue,
                random,
                () -> NativeArgon2.load().<Argon2>map(loaded -> loaded).orElseGet(JavaArgon2::new));
    }

    PasswordHasher(Argon2Settings settings, HashQueue queue, SecureRandom random, Supplier<Argon2> argon2) {
        this.parameters = settings.parameters();
        this.queue = queue;
        this.random = random;
        this.argon2 = new LoadedOnce<>(argon2);
        this.nobody = new Argon2Hash(parameters, bytes(SALT_BYTES), bytes(TAG_BYTES));
    }

    /**
     * Loads what the first hash needs, and says what computes Argon2 here. Takes a tenth of a second: call it on a thread that
     * nobody waits for, or not at all.
     */
    public String warm() {
        return argon2.get().toString();
    }

    /**
     * Hashes a new password; the answer is to be stored.
     *
     * @throws IllegalArgumentException when it is longer than {@link PasswordRules} accept
     */
    public String hash(String password) {
        if (isTooLong(password)) {
            throw new IllegalArgumentException("the password is longer than any that is accepted");
        }
        byte[] salt = bytes(SALT_BYTES);
        byte[] tag = queue.run(parameters.memoryKib(), () -> tag(normalized(password), salt));
        return new Argon2Hash(parameters, salt, tag).toString();
    }

    private byte[] tag(String password, byte[] salt) {
        byte[] secret = password.getBytes(StandardCharsets.UTF_8);
        try {
            return argon2.get().tag(parameters, secret, salt, TAG_BYTES);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    /** Checks a password against a stored hash of any known format; one that cannot be read matches nothing, in the usual time. */
    public PasswordVerdict verify(String password, String storedHash) {
        Optional<StoredHash> readable = read(storedHash);
        StoredHash hash = readable.orElse(nobody);
        boolean tooLong = isTooLong(password);
        String normalized = tooLong ? "" : normalized(password);
        boolean match = matches(hash, normalized);
        boolean matchAsTyped = !tooLong && !normalized.equals(password) && fits(password) && matches(hash, password);
        if (readable.isEmpty() || tooLong || (!match && !matchAsTyped)) {
            return new PasswordVerdict.Mismatch();
        }
        return new PasswordVerdict.Match(!match || hash.weakerThan(parameters));
    }

    /** Takes the time of {@link #verify} where there is no user or no password, so that the time does not tell. */
    public void verifyNobody(String password) {
        verify(password, nobody.toString());
    }

    /**
     * Tells whether {@link #verify} could check such a hash: to be asked before one is stored.
     *
     * @throws UnsupportedHashException if not; the message says why
     */
    public static void requireSupported(String storedHash) {
        StoredHash.parse(storedHash);
    }

    private static Optional<StoredHash> read(String storedHash) {
        try {
            return Optional.of(StoredHash.parse(storedHash));
        } catch (UnsupportedHashException e) {
            return Optional.empty();
        }
    }

    private boolean matches(StoredHash hash, String password) {
        return queue.run(hash.memoryKib(), () -> {
            byte[] secret = password.getBytes(StandardCharsets.UTF_8);
            try {
                return hash.matches(secret, argon2.get());
            } finally {
                Arrays.fill(secret, (byte) 0);
            }
        });
    }

    /** Normalizing makes up to eighteen characters of one, and SHA-crypt reads all of them again in each of its rounds. */
    private static boolean isTooLong(String password) {
        return password.length() > PasswordRules.MAX_BYTES || !fits(normalized(password));
    }

    private static boolean fits(String password) {
        return password.getBytes(StandardCharsets.UTF_8).length <= PasswordRules.MAX_BYTES;
    }

    private static String normalized(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFKC);
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
