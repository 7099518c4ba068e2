package dev.latchkey.server.password;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.apache.commons.codec.digest.Sha2Crypt;

/** A SHA-crypt hash, as in {@code /etc/shadow} and passlib: {@code $6$rounds=656000$salt$digest}. */
final class ShaCryptHash implements StoredHash {
    private static final int DEFAULT_ROUNDS = 5000;
    private static final String ROUNDS = "rounds=";

    private final boolean sha512;
    private final String setting;
    private final byte[] digest;

    private ShaCryptHash(boolean sha512, String setting, byte[] digest) {
        this.sha512 = sha512;
        this.setting = setting;
        this.digest = digest;
    }

    static ShaCryptHash parse(String text) {
        boolean sha512 = text.startsWith("$6$");
        boolean rounds = text.startsWith(ROUNDS, 3);
        String[] parts = HashText.split(text, "$", rounds ? 5 : 4);
        String salt = parts[parts.length - 2];
        String digest = parts[parts.length - 1];
        HashCost.requireShaCrypt(rounds ? HashText.number(parts[2].substring(ROUNDS.length())) : DEFAULT_ROUNDS);
        if (!salt.matches("[./0-9A-Za-z]{1,16}")) {
            throw HashText.malformed("the salt of SHA-crypt has 1 to 16 letters, digits, dots and slashes");
        }
        if (!digest.matches("[./0-9A-Za-z]{" + (sha512 ? 86 : 43) + "}")) {
            throw HashText.malformed("the digest does not have the length of SHA-crypt");
        }
        String setting = text.substring(0, text.length() - digest.length() - 1);
        return new ShaCryptHash(sha512, setting, digest.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public boolean matches(byte[] password, Argon2 argon2) {
        // the library wipes what it is given
        byte[] copy = password.clone();
        String computed = sha512 ? Sha2Crypt.sha512Crypt(copy, setting) : Sha2Crypt.sha256Crypt(copy, setting);
        byte[] found = computed.substring(computed.lastIndexOf('$') + 1).getBytes(StandardCharsets.US_ASCII);
        return MessageDigest.isEqual(digest, found);
    }

    @Override
    public int memoryKib() {
        return 8;
    }
}
