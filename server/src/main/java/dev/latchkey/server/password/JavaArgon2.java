package dev.latchkey.server.password;

import org.bouncycastle.crypto.generators.Argon2BytesGenerator;

/** Argon2 in Java, for platforms that the native library has no build for. */
final class JavaArgon2 implements Argon2 {
    @Override
    public byte[] tag(Argon2Parameters parameters, byte[] password, byte[] salt, int tagBytes) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new org.bouncycastle.crypto.params.Argon2Parameters.Builder(parameters.type().number)
                .withVersion(parameters.version())
                .withMemoryAsKB(parameters.memoryKib())
                .withIterations(parameters.iterations())
                .withParallelism(parameters.parallelism())
                .withSalt(salt)
                .build());
        byte[] tag = new byte[tagBytes];
        try {
            generator.generateBytes(password, tag);
        } catch (OutOfMemoryError e) {
            throw new HashMemoryException("no memory for " + parameters.memoryKib() + " KiB of Argon2");
        }
        return tag;
    }

    @Override
    public String toString() {
        return "Argon2 in Java";
    }
}
