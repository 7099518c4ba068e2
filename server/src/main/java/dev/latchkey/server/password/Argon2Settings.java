package dev.latchkey.server.password;

/**
 * The cost of a new hash. Stored hashes that cost less, in memory or in iterations, are renewed at the next login.
 *
 * @param memoryKib memory of one hash in KiB, 8 to 131 072 for each lane
 * @param iterations passes over that memory
 * @param parallelism lanes; more than one starts threads of its own
 */
public record Argon2Settings(int memoryKib, int iterations, int parallelism) {
    /** The lowest cost that OWASP's password storage advice accepts for Argon2id, and the default. */
    public static final Argon2Settings RECOMMENDED = new Argon2Settings(19 * 1024, 2, 1);

    public Argon2Settings {
        Argon2Parameters parameters = new Argon2Parameters(
                Argon2Parameters.Type.ID, Argon2Parameters.VERSION_13, memoryKib, iterations, parallelism);
        HashCost.require(parameters);
    }

    Argon2Parameters parameters() {
        return new Argon2Parameters(
                Argon2Parameters.Type.ID, Argon2Parameters.VERSION_13, memoryKib, iterations, parallelism);
    }
}
