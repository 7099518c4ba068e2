package dev.latchkey.server.password;

/** Something that computes Argon2. Safe for use by many threads. */
interface Argon2 {
    /**
     * Computes the tag; password and salt are left as they are.
     *
     * @throws HashMemoryException when there is not enough memory
     */
    byte[] tag(Argon2Parameters parameters, byte[] password, byte[] salt, int tagBytes);
}
