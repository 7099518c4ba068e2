package dev.latchkey.server.password;

import java.util.Map;

/** A stored hash that was read: parameters within {@link HashCost}, salt and what has to come out. Immutable. */
sealed interface StoredHash permits Argon2Hash, BcryptHash, Pbkdf2Hash, ScryptHash, ShaCryptHash {
    int MAX_LENGTH = 1024;

    /** Prefixes by which Spring Security marks a format that is read here anyway. */
    Map<String, String> SPRING_PREFIXES =
            Map.of("{bcrypt}", "$2", "{argon2}", "$argon2", "{argon2@SpringSecurity_v5_8}", "$argon2");

    /** Computes with the password and compares in constant time. Takes as long for a wrong password as for the right one. */
    boolean matches(byte[] password, Argon2 argon2);

    /** The memory that {@link #matches} needs. */
    int memoryKib();

    /** Whether a login with the right password should replace it. */
    default boolean weakerThan(Argon2Parameters wanted) {
        return true;
    }

    /**
     * Reads a stored hash of any known format.
     *
     * @throws UnsupportedHashException when it is of none, malformed, or too costly
     */
    static StoredHash parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new UnsupportedHashException("the hash is longer than " + MAX_LENGTH + " characters");
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new UnsupportedHashException("the hash has a control character");
        }
        String hash = withoutSpringPrefix(text);
        return switch (scheme(hash)) {
            case "$argon2id", "$argon2i", "$argon2d" -> Argon2Hash.parse(hash);
            case "argon2" -> Argon2Hash.parse(hash.substring("argon2".length()));
            case "$2a", "$2b", "$2y" -> BcryptHash.parse(hash);
            case "$bcrypt-sha256" -> BcryptHash.parsePasslibSha256(hash);
            case "bcrypt" -> BcryptHash.parse(hash.substring("bcrypt$".length()));
            case "bcrypt_sha256" -> BcryptHash.parseDjangoSha256(hash.substring("bcrypt_sha256$".length()));
            case "$pbkdf2", "$pbkdf2-sha1", "$pbkdf2-sha256", "$pbkdf2-sha512" -> Pbkdf2Hash.parsePasslib(hash);
            case "pbkdf2_sha1", "pbkdf2_sha256" -> Pbkdf2Hash.parseDjango(hash);
            case "pbkdf2:" -> Pbkdf2Hash.parseWerkzeug(hash);
            case "$scrypt" -> ScryptHash.parsePasslib(hash);
            case "scrypt" -> ScryptHash.parseDjango(hash);
            case "scrypt:" -> ScryptHash.parseWerkzeug(hash);
            case "$5", "$6" -> ShaCryptHash.parse(hash);
            case "$2x" -> throw new UnsupportedHashException("$2x$ marks hashes of a broken bcrypt");
            case "$1", "$apr1", "md5", "sha1", "unsalted_md5", "unsalted_sha1", "crypt" ->
                throw new UnsupportedHashException("hashes of this kind are too cheap to guess to be kept");
            default -> throw new UnsupportedHashException("the format of the hash is not known");
        };
    }

    private static String withoutSpringPrefix(String text) {
        int end = text.indexOf('}') + 1;
        String follows = SPRING_PREFIXES.get(text.substring(0, end));
        return follows != null && text.startsWith(follows, end) ? text.substring(end) : text;
    }

    /** What stands before the first dollar sign or colon that is not the first character, a colon included. */
    private static String scheme(String hash) {
        int end = hash.indexOf('$', 1);
        int colon = hash.indexOf(':');
        if (colon >= 0 && colon < end) {
            return hash.substring(0, colon + 1);
        }
        return end < 0 ? "" : hash.substring(0, end);
    }
}
