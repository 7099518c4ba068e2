package dev.latchkey.server.fault;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file system of its own, small enough to be filled: an ext4 image in a file, mounted. Needs root. */
final class SmallDisk implements AutoCloseable {
    private static final int BLOCK = 64 * 1024;

    private final Path image;
    private final Path folder;

    private SmallDisk(Path image, Path folder) {
        this.image = image;
        this.folder = folder;
    }

    static SmallDisk mount(int megabytes) throws IOException {
        Path image = Files.createTempFile("latchkey-disk", ".img");
        Path folder = Files.createTempDirectory("latchkey-disk");
        Tool.run("truncate", "-s", megabytes + "M", image.toString());
        Tool.run("mkfs.ext4", "-q", "-F", "-m", "0", image.toString());
        Tool.run("mount", "-o", "loop", image.toString(), folder.toString());
        return new SmallDisk(image, folder);
    }

    Path folder() {
        return folder;
    }

    /** Takes all but so much, so that {@link #fill} takes no time. */
    void leave(long bytes) throws IOException {
        byte[] block = new byte[BLOCK];
        try (OutputStream out = Files.newOutputStream(filler(0))) {
            while (folder.toFile().getUsableSpace() > bytes) {
                out.write(block);
            }
        }
    }

    /** Takes all that is left, to the last byte. */
    void fill() throws IOException {
        fill(BLOCK);
        fill(1);
    }

    private void fill(int block) throws IOException {
        byte[] bytes = new byte[block];
        try (OutputStream out = Files.newOutputStream(filler(block))) {
            while (true) {
                out.write(bytes);
            }
        } catch (IOException e) {
            if (folder.toFile().getUsableSpace() >= BLOCK) {
                throw e;
            }
        }
    }

    /** Gives it back. */
    void free() throws IOException {
        Files.deleteIfExists(filler(0));
        Files.deleteIfExists(filler(BLOCK));
        Files.deleteIfExists(filler(1));
    }

    private Path filler(int block) {
        return folder.resolve("filler" + block);
    }

    @Override
    public void close() throws IOException {
        Tool.run("umount", folder.toString());
        Files.delete(folder);
        Files.delete(image);
    }
}
