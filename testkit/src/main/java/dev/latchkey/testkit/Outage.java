package dev.latchkey.testkit;

/** A time in which the server cannot be used; until it is closed, then the server is back at its port, with its keys and users. */
public final class Outage implements AutoCloseable {
    private final Runnable end;

    Outage(Runnable end) {
        this.end = end;
    }

    /** How a server can be out. */
    public enum Kind {
        /** Connections are refused: the server does not run. */
        UNREACHABLE,
        /** Every request is answered by 503 with {@code Retry-After}: a proxy whose server does not run. */
        UNAVAILABLE,
        /** Connections are taken, and nothing is ever answered: what time-outs are for. */
        SILENT
    }

    @Override
    public void close() {
        end.run();
    }
}
