package dev.latchkey.server.password;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** A PBKDF2 hash (RFC 8018 §5.2) in the spelling of passlib, Django or Werkzeug; Keycloak's are rewritten to passlib's. */
final class Pbkdf2Hash implements StoredHash {
    private final String function;
    private final int iterations;
    private final byte[] salt;
    private final byte[] digest;

    private Pbkdf2Hash(String function, int iterations, byte[] salt, byte[] digest) {
        HashCost.requirePbkdf2(iterations);
        if (salt.length == 0) {
            throw HashText.malformed("the salt is empty");
        }
        this.function = "PBKDF2WithHmac" + function;
        this.iterations = iterations;
        this.salt = salt;
        this.digest = HashText.requireDigest(digest);
    }

    /** {@code $pbkdf2-sha256$29000$salt$digest}; without the name of a function it is SHA-1. */
    static Pbkdf2Hash parsePasslib(String text) {
        String[] parts = HashText.split(text, "$", 5);
        String function = switch (parts[1]) {
            case "pbkdf2-sha512" -> "SHA512";
            case "pbkdf2-sha256" -> "SHA256";
            default -> "SHA1";
        };
        return new Pbkdf2Hash(
                function,
                HashText.number(parts[2]),
                HashText.adaptedBase64(parts[3]),
                HashText.adaptedBase64(parts[4]));
    }

    /** {@code pbkdf2_sha256$600000$salt$digest}, the salt being text. */
    static Pbkdf2Hash parseDjango(String text) {
        String[] parts = HashText.split(text, "$", 4);
        String function = parts[0].equals("pbkdf2_sha256") ? "SHA256" : "SHA1";
        return new Pbkdf2Hash(
                function,
                HashText.number(parts[1]),
                parts[2].getBytes(StandardCharsets.UTF_8),
                HashText.base64(parts[3]));
    }

    /** {@code pbkdf2:sha256:600000$salt$digest}, the salt being text and the digest hexadecimal. */
    static Pbkdf2Hash parseWerkzeug(String text) {
        String[] parts = HashText.split(text, "$", 3);
        String[] method = HashText.split(parts[0], ":", 3);
        String function = switch (method[1]) {
            case "sha1" -> "SHA1";
            case "sha256" -> "SHA256";
            case "sha512" -> "SHA512";
            default -> throw HashText.malformed("PBKDF2 is read with SHA-1, SHA-256 and SHA-512 only");
        };
        return new Pbkdf2Hash(
                function,
                HashText.number(method[2]),
                parts[1].getBytes(StandardCharsets.UTF_8),
                HashText.hex(parts[2]));
    }

    @Override
    public boolean matches(byte[] password, Argon2 argon2) {
        // the JDK takes characters and encodes them as UTF-8 again
        char[] characters = new String(password, StandardCharsets.UTF_8).toCharArray();
        PBEKeySpec keySpec = new PBEKeySpec(characters, salt, iterations, digest.length * 8);
        try {
            byte[] computed = SecretKeyFactory.getInstance(function)
                    .generateSecret(keySpec)
                    .getEncoded();
            return MessageDigest.isEqual(digest, computed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + function, e);
        } finally {
            keySpec.clearPassword();
        }
    }

    @Override
    public int memoryKib() {
        return 1;
    }
}
