package dev.latchkey.server.fault;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A disk whose power can be cut, that can be full, that can stand still, and of which the kernel can think that it is broken: an
 * ext4 image in a file, mounted. Needs root, and {@code xfs_io} for its power.
 */
final class FailingDisk implements AutoCloseable {
    private static final String WITNESS = "not-synced-";

    private final Path image;
    private final Path folder;
    private int cuts;
    private boolean mounted;
    private boolean frozen;

    private FailingDisk(Path image, Path folder) {
        this.image = image;
        this.folder = folder;
    }

    static FailingDisk mount(int megabytes) throws IOException {
        Path image = Files.createTempFile("latchkey-failing", ".img");
        FailingDisk disk = new FailingDisk(image, Files.createTempDirectory("latchkey-failing"));
        Tool.run("truncate", "-s", megabytes + "M", image.toString());
        Tool.run("mkfs.ext4", "-q", "-F", "-m", "0", image.toString());
        disk.mount();
        return disk;
    }

    Path folder() {
        return folder;
    }

    /**
     * Everything that was not synced is gone from this moment, and nothing more is written ({@code EXT4_IOC_SHUTDOWN} without
     * a flush of the log). What was written a moment ago into a file and not synced has to be gone as well, or the disk did
     * not do what it is for.
     */
    void cutPower() throws IOException {
        cuts++;
        Files.writeString(witness(), "written", StandardOpenOption.CREATE_NEW);
        Tool.run("xfs_io", "-x", "-c", "shutdown", folder.toString());
    }

    /** As at the next start of a machine: checks it, mounts it. Nobody may have a file of it open. */
    void repair() throws IOException {
        unmount();
        try {
            Tool.run("e2fsck", "-f", "-p", image.toString());
        } catch (IOException e) {
            Tool.run("e2fsck", "-f", "-p", image.toString()); // it fails when it had something to mend
        }
        mount();
    }

    /** The file itself may be there, by the sync of another one; what was written into it must not. */
    boolean hasKeptWhatWasNotSynced() throws IOException {
        return Files.exists(witness()) && Files.size(witness()) > 0;
    }

    /** Another one at each cut: ext4 syncs a file that replaces the text of another. */
    private Path witness() {
        return folder.resolve(WITNESS + cuts);
    }

    /** The kernel finds an error, and lets nobody write any more. */
    void becomeReadOnly() throws IOException {
        String device =
                Tool.run("findmnt", "-n", "-o", "SOURCE", folder.toString()).strip();
        Files.writeString(
                Path.of("/sys/fs/ext4", Path.of(device).getFileName().toString(), "trigger_fs_error"), "test\n");
    }

    /** Whoever writes waits. */
    void freeze() throws IOException {
        Tool.run("fsfreeze", "-f", folder.toString());
        frozen = true;
    }

    void thaw() throws IOException {
        frozen = false;
        Tool.run("fsfreeze", "-u", folder.toString());
    }

    /** Takes all that is left. */
    void fill() throws IOException {
        for (int block : new int[] {64 * 1024, 1024}) {
            byte[] bytes = new byte[block];
            try (OutputStream out = Files.newOutputStream(filler(block))) {
                while (true) {
                    out.write(bytes);
                }
            } catch (IOException e) {
                if (folder.toFile().getUsableSpace() >= 64 * 1024) {
                    throw e;
                }
            }
        }
    }

    void free() throws IOException {
        Files.deleteIfExists(filler(64 * 1024));
        Files.deleteIfExists(filler(1024));
    }

    private Path filler(int block) {
        return folder.resolve("filler" + block);
    }

    private void mount() throws IOException {
        Tool.run("mount", "-o", "loop,errors=remount-ro", image.toString(), folder.toString());
        mounted = true;
    }

    private void unmount() throws IOException {
        if (mounted) {
            Tool.run("umount", folder.toString());
            mounted = false;
        }
    }

    @Override
    public void close() throws IOException {
        if (frozen) {
            thaw();
        }
        try {
            unmount();
        } catch (IOException e) { // a process of a test that failed still has it open
            Tool.run("umount", "-l", folder.toString());
        }
        Files.delete(folder);
        Files.delete(image);
    }
}
