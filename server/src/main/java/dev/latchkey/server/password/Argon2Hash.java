package dev.latchkey.server.password;

import java.security.MessageDigest;
import java.util.Base64;

/** An Argon2 hash in the PHC string format, any variant: ours and those of argon2-cffi, passlib, Django, Spring, PHP. */
final class Argon2Hash implements StoredHash {
    private final Argon2Parameters parameters;
    private final byte[] salt;
    private final byte[] tag;

    Argon2Hash(Argon2Parameters parameters, byte[] salt, byte[] tag) {
        HashCost.require(parameters);
        if (salt.length < Argon2Parameters.MIN_SALT_BYTES) {
            throw HashText.malformed("the salt of Argon2 has at least 8 bytes");
        }
        this.parameters = parameters;
        this.salt = salt.clone();
        this.tag = HashText.requireDigest(tag).clone();
    }

    /** {@code $argon2id$v=19$m=19456,t=2,p=1$salt$tag}; without {@code v} it is version 16. */
    static Argon2Hash parse(String text) {
        boolean versioned = text.contains("$v=");
        String[] parts = HashText.split(text, "$", versioned ? 6 : 5);
        int version = versioned ? HashText.parameters(parts[2], "v")[0] : Argon2Parameters.VERSION_10;
        int next = versioned ? 3 : 2;
        int[] costs = HashText.parameters(parts[next], "m", "t", "p");
        Argon2Parameters parameters = new Argon2Parameters(type(parts[1]), version, costs[0], costs[1], costs[2]);
        return new Argon2Hash(parameters, HashText.base64(parts[next + 1]), HashText.base64(parts[next + 2]));
    }

    private static Argon2Parameters.Type type(String word) {
        for (Argon2Parameters.Type type : Argon2Parameters.Type.values()) {
            if (type.word.equals(word)) {
                return type;
            }
        }
        throw HashText.malformed("it names no variant of Argon2");
    }

    @Override
    public boolean matches(byte[] password, Argon2 argon2) {
        return MessageDigest.isEqual(tag, argon2.tag(parameters, password, salt, tag.length));
    }

    @Override
    public int memoryKib() {
        return parameters.memoryKib();
    }

    @Override
    public boolean weakerThan(Argon2Parameters wanted) {
        return parameters.weakerThan(wanted)
                || salt.length < PasswordHasher.SALT_BYTES
                || tag.length < PasswordHasher.TAG_BYTES;
    }

    /** The PHC string. */
    @Override
    public String toString() {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$" + parameters.type().word + "$v=" + parameters.version() + "$m=" + parameters.memoryKib() + ",t="
                + parameters.iterations() + ",p=" + parameters.parallelism() + "$" + base64.encodeToString(salt) + "$"
                + base64.encodeToString(tag);
    }
}
