package dev.latchkey.guard.contract;

/**
 * An API that an adapter serves on 127.0.0.1.
 *
 * @param port where
 * @param stop ends it
 */
public record RunningApi(int port, Stop stop) implements AutoCloseable {
    /** Ends a web server its way. */
    @FunctionalInterface
    public interface Stop {
        void stop() throws Exception;
    }

    @Override
    public void close() {
        try {
            stop.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the API could not be stopped", e);
        }
    }
}
