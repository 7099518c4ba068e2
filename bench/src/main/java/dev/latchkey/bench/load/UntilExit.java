package dev.latchkey.bench.load;

import java.io.IOException;

/**
 * Lets go of something that would outlive this process, such as a server: when it is closed, or when the process is ended before
 * that (SIGTERM, SIGINT). Once. Safe for use by many threads.
 */
public final class UntilExit implements AutoCloseable {
    private final Release release;
    private final Thread hook = new Thread(this::letGoAtExit, "until-exit");
    private boolean isReleased;

    /** How it is let go of. */
    public interface Release {
        void run() throws IOException;
    }

    private UntilExit(Release release) {
        this.release = release;
    }

    /**
     * Has something let go of at the latest when the process ends. Several are at the same time then, in no order.
     *
     * @throws IOException when the process is ending: then it is let go of now
     */
    public static UntilExit of(Release release) throws IOException {
        UntilExit untilExit = new UntilExit(release);
        try {
            Runtime.getRuntime().addShutdownHook(untilExit.hook);
        } catch (IllegalStateException e) {
            untilExit.letGo();
            throw new IOException("the process is being ended", e);
        }
        return untilExit;
    }

    /** Whoever comes second waits until it is done: the process does not end before. */
    private synchronized void letGo() throws IOException {
        if (!isReleased) {
            isReleased = true;
            release.run();
        }
    }

    private void letGoAtExit() {
        try {
            letGo();
        } catch (IOException e) {
            System.err.println("left behind: " + e.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // the process is being ended
        }
        letGo();
    }
}
