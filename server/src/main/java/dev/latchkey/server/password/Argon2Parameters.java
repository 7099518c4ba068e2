package dev.latchkey.server.password;

/**
 * What an Argon2 hash depends on besides password and salt (RFC 9106 §3.1). Valid by construction, but not bounded: see
 * {@link HashCost}.
 */
record Argon2Parameters(Type type, int version, int memoryKib, int iterations, int parallelism) {
    static final int VERSION_10 = 0x10;
    static final int VERSION_13 = 0x13;
    static final int MIN_SALT_BYTES = 8;
    static final int MIN_TAG_BYTES = 4;
    private static final int MIN_KIB_PER_LANE = 8;
    private static final int MAX_LANES = 255;

    /** The variants and their numbers in RFC 9106 §3.1. */
    enum Type {
        D("argon2d", 0),
        I("argon2i", 1),
        ID("argon2id", 2);

        final String word;
        final int number;

        Type(String word, int number) {
            this.word = word;
            this.number = number;
        }
    }

    Argon2Parameters {
        if (version != VERSION_10 && version != VERSION_13) {
            throw new UnsupportedHashException("Argon2 has the versions 16 and 19 only");
        }
        if (parallelism < 1 || parallelism > MAX_LANES) {
            throw new UnsupportedHashException("the parallelism of Argon2 must be 1 to " + MAX_LANES);
        }
        if (iterations < 1) {
            throw new UnsupportedHashException("Argon2 needs at least one iteration");
        }
        if (memoryKib < MIN_KIB_PER_LANE * parallelism) {
            throw new UnsupportedHashException("Argon2 needs at least 8 KiB of memory for each lane");
        }
    }

    /** Whether a hash made with these is replaced by one made with the wanted. */
    boolean weakerThan(Argon2Parameters wanted) {
        return type != wanted.type
                || version < wanted.version
                || memoryKib < wanted.memoryKib
                || iterations < wanted.iterations
                || parallelism != wanted.parallelism;
    }
}
