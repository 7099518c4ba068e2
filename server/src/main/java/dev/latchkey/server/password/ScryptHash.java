package dev.latchkey.server.password;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.bouncycastle.crypto.generators.SCrypt;

/** A scrypt hash (RFC 7914) in the spelling of passlib, Django or Werkzeug. */
final class ScryptHash implements StoredHash {
    private final int logN;
    private final int blockSize;
    private final int parallelism;
    private final byte[] salt;
    private final byte[] digest;

    private ScryptHash(int logN, int blockSize, int parallelism, byte[] salt, byte[] digest) {
        HashCost.requireScrypt(logN, blockSize, parallelism);
        if (blockSize == 1 && logN >= 16) {
            throw HashText.malformed("scrypt with r=1 has a cost below 2^16"); // RFC 7914 §2: N < 2^(128·r/8)
        }
        this.logN = logN;
        this.blockSize = blockSize;
        this.parallelism = parallelism;
        this.salt = salt;
        this.digest = HashText.requireDigest(digest);
    }

    /** {@code $scrypt$ln=16,r=8,p=1$salt$digest}. */
    static ScryptHash parsePasslib(String text) {
        String[] parts = HashText.split(text, "$", 5);
        int[] costs = HashText.parameters(parts[2], "ln", "r", "p");
        return new ScryptHash(costs[0], costs[1], costs[2], HashText.base64(parts[3]), HashText.base64(parts[4]));
    }

    /** {@code scrypt$16384$salt$8$1$digest}, the salt being text. */
    static ScryptHash parseDjango(String text) {
        String[] parts = HashText.split(text, "$", 6);
        return new ScryptHash(
                HashText.logarithm(HashText.number(parts[1])),
                HashText.number(parts[3]),
                HashText.number(parts[4]),
                parts[2].getBytes(StandardCharsets.UTF_8),
                HashText.base64(parts[5]));
    }

    /** {@code scrypt:32768:8:1$salt$digest}, the salt being text and the digest hexadecimal. */
    static ScryptHash parseWerkzeug(String text) {
        String[] parts = HashText.split(text, "$", 3);
        String[] costs = HashText.split(parts[0], ":", 4);
        return new ScryptHash(
                HashText.logarithm(HashText.number(costs[1])),
                HashText.number(costs[2]),
                HashText.number(costs[3]),
                parts[1].getBytes(StandardCharsets.UTF_8),
                HashText.hex(parts[2]));
    }

    @Override
    public boolean matches(byte[] password, Argon2 argon2) {
        try {
            byte[] computed = SCrypt.generate(password, salt, 1 << logN, blockSize, parallelism, digest.length);
            return MessageDigest.isEqual(digest, computed);
        } catch (OutOfMemoryError e) {
            throw new HashMemoryException("no memory for " + memoryKib() + " KiB of scrypt");
        }
    }

    @Override
    public int memoryKib() {
        return (int) HashCost.scryptMemoryKib(logN, blockSize);
    }
}
