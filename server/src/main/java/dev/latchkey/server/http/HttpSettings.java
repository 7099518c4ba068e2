package dev.latchkey.server.http;

import java.time.Duration;

/**
 * Where a server listens and what it bears. Everything that a client could hold on to has a bound.
 *
 * @param host the address or name to listen at
 * @param port the port, 0 for a free one
 * @param maxBodyBytes the longest request body, chunked or not
 * @param maxHeaderBytes the longest header section; the request line has the same bound
 * @param maxConnections connections past it wait in the backlog of the operating system
 * @param maxConcurrentRequests requests past it get 503 with Retry-After
 * @param requestTimeout how long a request may take to arrive, from its first byte to its last, and an answer to be taken
 * @param idleTimeout how long a connection may wait for its next request
 * @param stopTimeout how long running requests may go on after a stop
 * @param trustedProxies whose word on the address of a client counts
 * @param transport plain or with TLS
 */
public record HttpSettings(
        String host,
        int port,
        int maxBodyBytes,
        int maxHeaderBytes,
        int maxConnections,
        int maxConcurrentRequests,
        Duration requestTimeout,
        Duration idleTimeout,
        Duration stopTimeout,
        TrustedProxies trustedProxies,
        Transport transport) {
    public HttpSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("not a port: " + port);
        }
        if (maxBodyBytes < 1 || maxHeaderBytes < 1024 || maxConnections < 1 || maxConcurrentRequests < 1) {
            throw new IllegalArgumentException("a bound is too small");
        }
    }

    public static HttpSettings of(String host, int port) {
        return new HttpSettings(
                host,
                port,
                64 * 1024,
                16 * 1024,
                10_000,
                4_000,
                Duration.ofSeconds(10),
                Duration.ofSeconds(75),
                Duration.ofSeconds(9),
                TrustedProxies.NONE,
                Transport.PLAIN);
    }

    public HttpSettings withTrustedProxies(TrustedProxies proxies) {
        return new HttpSettings(
                host,
                port,
                maxBodyBytes,
                maxHeaderBytes,
                maxConnections,
                maxConcurrentRequests,
                requestTimeout,
                idleTimeout,
                stopTimeout,
                proxies,
                transport);
    }

    public HttpSettings withTimeouts(Duration request, Duration idle, Duration stop) {
        return new HttpSettings(
                host,
                port,
                maxBodyBytes,
                maxHeaderBytes,
                maxConnections,
                maxConcurrentRequests,
                request,
                idle,
                stop,
                trustedProxies,
                transport);
    }

    public HttpSettings withMaxConcurrentRequests(int requests) {
        return new HttpSettings(
                host,
                port,
                maxBodyBytes,
                maxHeaderBytes,
                maxConnections,
                requests,
                requestTimeout,
                idleTimeout,
                stopTimeout,
                trustedProxies,
                transport);
    }

    public HttpSettings withTransport(Transport other) {
        return new HttpSettings(
                host,
                port,
                maxBodyBytes,
                maxHeaderBytes,
                maxConnections,
                maxConcurrentRequests,
                requestTimeout,
                idleTimeout,
                stopTimeout,
                trustedProxies,
                other);
    }
}
