package dev.latchkey.server;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;

/** A server as its users see it: one address, whatever stands behind it. */
public interface Site {
    Duration PATIENCE = Duration.ofSeconds(60);

    String url();

    /** Sends a request and waits for the answer. */
    Answer send(HttpRequest.Builder request);

    default HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url() + path)).timeout(PATIENCE);
    }
}
