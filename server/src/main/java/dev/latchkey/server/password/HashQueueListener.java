package dev.latchkey.server.password;

import java.time.Duration;

/** Hears of every hash, for metrics. Called by many threads, and must return at once. */
public interface HashQueueListener {
    /** For whoever does not listen. */
    HashQueueListener NONE = new HashQueueListener() {
        @Override
        public void finished(Duration waited, Duration took) {}

        @Override
        public void refused() {}
    };

    /** A hash has ended, well or not. */
    void finished(Duration waited, Duration took);

    /** A hash was not begun, because of too many before it or because it had waited too long. */
    void refused();
}
