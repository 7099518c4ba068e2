package dev.latchkey.server.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.Router;
import io.helidon.webserver.Routing;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Lets the web server speak HTTP over connections that are watched. The web server itself knows only connections that wait
 * for a request: without this, one that sends a header line a minute would stay for hours.
 */
final class WatchedConnections implements ServerConnectionSelector {
    /** What an overdue connection claims, and more than {@link #IDLE_LIMIT}, by which the web server closes it. */
    private static final Duration FOREVER = Duration.ofDays(1);

    static final Duration IDLE_LIMIT = Duration.ofHours(1);

    private static final String HTTP_1 = "http/1.1";
    private static final String HTTP_2 = "h2";

    private final ServerConnectionSelector http1;
    private final ServerConnectionSelector http2;
    private final HttpSettings settings;
    private final Router router;

    WatchedConnections(
            ServerConnectionSelector http1,
            ServerConnectionSelector http2,
            HttpSettings settings,
            HttpRouting routing) {
        this.http1 = http1;
        this.http2 = http2;
        this.settings = settings;
        this.router = new OneRouting(routing);
    }

    @Override
    public int bytesToIdentifyConnection() {
        return http1.bytesToIdentifyConnection();
    }

    @Override
    public Support supports(BufferData data) {
        return http1.supports(data);
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return Set.of(HTTP_1, HTTP_2); // RFC 7301
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
        if (isHttp2(context)) {
            ConnectionWatch watch = new StreamsWatch(settings.requestTimeout(), settings.idleTimeout());
            return new Watched(http2.connection(new WatchedContext(context, watch, router, true)), watch);
        }
        ConnectionWatch watch = new SerialWatch(settings.requestTimeout(), settings.idleTimeout());
        return new Watched(http1.connection(new WatchedContext(context, watch, router, false)), watch);
    }

    /** Only where both sides agreed on it in the handshake of TLS; never in the clear (RFC 9113 §3.2, §3.3). */
    private static boolean isHttp2(ConnectionContext context) {
        return context.serverSocket().protocolNegotiated()
                && context.serverSocket().protocol().equals(HTTP_2);
    }

    private record Watched(ServerConnection connection, ConnectionWatch watch)
            implements ServerConnection, InterruptableTask<Void> {
        @Override
        public void handle(Limit limit) throws InterruptedException {
            try {
                connection.handle(limit);
            } finally {
                watch.connectionEnds();
            }
        }

        @Override
        public Duration idleTime() {
            return watch.isOverdue() ? FOREVER : Duration.ZERO;
        }

        @Override
        public void close(boolean interrupt) {
            connection.close(interrupt || watch.isOverdue());
        }

        @Override
        public boolean canInterrupt() {
            return connection instanceof InterruptableTask<?> task && task.canInterrupt();
        }
    }

    private record OneRouting(HttpRouting routing) implements Router {
        @Override
        public <T extends Routing> T routing(Class<T> type, T otherwise) {
            return type.isInstance(routing) ? type.cast(routing) : otherwise;
        }

        @Override
        public List<? extends Routing> routings() {
            return List.of(routing);
        }

        @Override
        public void beforeStart() {}

        @Override
        public void afterStop() {}
    }
}
