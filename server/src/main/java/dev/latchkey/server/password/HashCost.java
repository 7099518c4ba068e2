package dev.latchkey.server.password;

/**
 * The bounds on what one foreign hash may cost, so that an import cannot hold minutes or gigabytes hostage. Each is several times
 * the default of the systems that write such hashes, and allows about two seconds of one core.
 */
final class HashCost {
    static final int MAX_MEMORY_KIB = 128 * 1024;
    private static final long MAX_ARGON2_KIB_PASSES = 2L * 1024 * 1024;
    private static final int MAX_PBKDF2_ITERATIONS = 3_000_000;
    private static final long MAX_SCRYPT_BLOCKS = 4L * 1024 * 1024;
    private static final int MAX_BCRYPT_COST = 15;
    private static final int MAX_SHA_CRYPT_ROUNDS = 2_000_000;

    private HashCost() {}

    static void require(Argon2Parameters parameters) {
        requireAtMost(parameters.memoryKib(), MAX_MEMORY_KIB, "KiB of Argon2 memory");
        requireAtMost(
                (long) parameters.memoryKib() * parameters.iterations(),
                MAX_ARGON2_KIB_PASSES,
                "KiB of Argon2 memory times iterations");
    }

    static void requireScrypt(int logN, int blockSize, int parallelism) {
        if (logN < 1 || blockSize < 1 || parallelism < 1) {
            throw new UnsupportedHashException("the cost parameters of scrypt must be positive");
        }
        requireAtMost(logN, 24, "as the logarithm of the cost of scrypt");
        requireAtMost(scryptMemoryKib(logN, blockSize), MAX_MEMORY_KIB, "KiB of scrypt memory");
        requireAtMost(((long) blockSize * parallelism) << logN, MAX_SCRYPT_BLOCKS, "as N·r·p of scrypt");
    }

    /** The memory of scrypt: N blocks of 128·r bytes (RFC 7914 §5). */
    static long scryptMemoryKib(int logN, int blockSize) {
        return Math.max(1, ((128L * blockSize) << logN) / 1024);
    }

    static void requirePbkdf2(int iterations) {
        if (iterations < 1) {
            throw new UnsupportedHashException("PBKDF2 needs at least one iteration");
        }
        requireAtMost(iterations, MAX_PBKDF2_ITERATIONS, "iterations of PBKDF2");
    }

    static void requireBcrypt(int cost) {
        if (cost < 4) {
            throw new UnsupportedHashException("the cost of bcrypt is at least 4");
        }
        requireAtMost(cost, MAX_BCRYPT_COST, "as the cost of bcrypt");
    }

    static void requireShaCrypt(int rounds) {
        if (rounds < 1000) {
            throw new UnsupportedHashException("SHA-crypt has at least 1000 rounds");
        }
        requireAtMost(rounds, MAX_SHA_CRYPT_ROUNDS, "rounds of SHA-crypt");
    }

    private static void requireAtMost(long value, long maximum, String what) {
        if (value > maximum) {
            throw new UnsupportedHashException(
                    "the hash costs too much to check: " + value + ", more than " + maximum + " " + what);
        }
    }
}
