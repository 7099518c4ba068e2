package dev.latchkey.server.command;

import dev.latchkey.server.setting.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What is done to a store as a whole, beside a server or in place of one. */
public interface Upkeep {
    /**
     * A migration.
     *
     * @param name {@code 0001-what-it-does}
     * @param state whether it has been applied
     * @param contracts whether it takes something away, and so waits until it is asked for
     */
    record Migration(String name, State state, boolean contracts) {
        /** Whether a migration has been applied. */
        public enum State {
            APPLIED,
            PENDING
        }
    }

    /** What a backup came to. */
    record Backup(long bytes) {}

    /**
     * What a restore came to.
     *
     * @param replaced where the store is now that was there before; empty if there was none
     * @param replacedWasRead whether it could be told by that store, too, that the clock is not behind
     * @param epoch the number of the epoch that has begun
     */
    record Restored(Optional<Path> replaced, boolean replacedWasRead, long epoch) {}

    /**
     * A table that was copied.
     *
     * @param rows how many it has here and there
     * @param checksum of its rows, in whatever order
     * @param same whether both are the same there
     */
    record CopiedTable(String name, long rows, String checksum, boolean same) {}

    /** The migrations that this version knows; changes nothing. */
    List<Migration> migrations() throws IOException;

    /** Applies what is pending; with {@code contract} also what takes something away. */
    void migrate(boolean contract) throws IOException;

    /** Writes the store into a file, as it is at one moment. */
    Backup backup(Path file) throws IOException;

    /**
     * Puts a backup in the place of the store and begins a new epoch in it, as {@link #beginEpoch} does: by what the backup knows,
     * and the store that is replaced, as far as that can be read.
     */
    Restored restore(Path file, boolean despiteClock) throws IOException;

    /** Copies the store into that of other settings, which has to be empty, and compares the two. */
    List<CopiedTable> copyTo(Settings target) throws IOException;

    /**
     * Begins a new epoch; returns its number. Refuses to where the clock is behind what the store knows, since what was issued in
     * between would count, unless it is told that this may be.
     */
    long beginEpoch(boolean despiteClock) throws IOException;
}
