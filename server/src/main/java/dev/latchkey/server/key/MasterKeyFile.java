package dev.latchkey.server.key;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/** The master key in a file beside the store: one line of base64, readable by its owner only. */
public final class MasterKeyFile {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private MasterKeyFile() {}

    /**
     * Reads the key, or makes one where there is no file.
     *
     * @throws IOException when the file cannot be read, holds something else, or others may read it
     */
    public static byte[] readOrCreate(Path file, SecureRandom random) throws IOException {
        return Files.exists(file) ? read(file) : create(file, random);
    }

    private static byte[] read(Path file) throws IOException {
        if (isPosix(file) && !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
            throw new IOException(file + " can be read by others: chmod 600 it");
        }
        return decode(Files.readString(file), file.toString());
    }

    /**
     * Reads the key from text, as in the environment variable {@code LATCHKEY_MASTER_KEY}.
     *
     * @param source named in the error
     */
    public static byte[] decode(String base64, String source) throws IOException {
        try {
            byte[] key = Base64.getDecoder().decode(base64.strip());
            if (key.length == MasterKey.BYTES) {
                return key;
            }
        } catch (IllegalArgumentException _) {
            // said below, without the text
        }
        throw new IOException(source + " does not hold " + MasterKey.BYTES + " bytes in base64");
    }

    private static byte[] create(Path file, SecureRandom random) throws IOException {
        byte[] key = new byte[MasterKey.BYTES];
        random.nextBytes(key);
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        FileAttribute<?>[] ownerOnly = isPosix(file)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
        Files.createFile(fresh, ownerOnly);
        byte[] line = (Base64.getEncoder().encodeToString(key) + "\n").getBytes(StandardCharsets.US_ASCII);
        Files.write(fresh, line, StandardOpenOption.SYNC, StandardOpenOption.TRUNCATE_EXISTING);
        Files.move(fresh, file);
        return key;
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
