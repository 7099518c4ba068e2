package dev.latchkey.server;

import dev.latchkey.server.health.ReadinessEndpoint;
import dev.latchkey.server.http.HttpServer;
import java.time.Duration;

/**
 * The first part of a stop: the server says that it is not ready, asks clients for new connections, and goes on serving for
 * a while, so that load balancers send their requests elsewhere before it refuses any.
 */
record Draining(Duration delay, ReadinessEndpoint readiness, HttpServer http) {
    /** Returns when the delay is over; when interrupted, at once. */
    void await() {
        http.drain();
        readiness.drain();
        try {
            Thread.sleep(delay);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
