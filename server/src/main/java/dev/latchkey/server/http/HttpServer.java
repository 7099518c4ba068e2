package dev.latchkey.server.http;

import dev.latchkey.server.protocol.OAuthError;
import io.helidon.common.socket.SocketOptions;
import io.helidon.common.tls.Tls;
import io.helidon.http.DirectHandler;
import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.http2.Http2Config;
import io.helidon.webserver.http2.Http2ConnectionSelector;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;

/**
 * The one adapter to the web server (Helidon SE): listens, and gives every request that is good HTTP to a {@link Handler} on
 * a virtual thread of its own. What is no good HTTP is answered here, as JSON, and never with a stack trace.
 */
public final class HttpServer implements AutoCloseable {
    private static final Duration CHECK_PERIOD = Duration.ofSeconds(1);

    /** Requests beside each other on one connection of HTTP/2; not smaller than RFC 9113 §6.5.2 recommends. */
    private static final long MAX_STREAMS = 100;

    /** As much of a body as is taken before it is read. */
    private static final int STREAM_WINDOW = 65_535;

    /** Streams that a client may reset in ten seconds before its connection ends (CVE-2023-44487). */
    private static final int MAX_RAPID_RESETS = 50;

    private final WebServer server;
    private final HandlerRouting routing;

    private HttpServer(WebServer server, HandlerRouting routing) {
        this.server = server;
        this.routing = routing;
    }

    /**
     * Starts to listen.
     *
     * @param handler answers every request; usually a {@link Router}
     * @throws UncheckedIOException if the address cannot be listened at
     */
    public static HttpServer start(HttpSettings settings, Handler handler) {
        HandlerRouting routing = new HandlerRouting(handler, settings);
        WatchedConnections connections = new WatchedConnections(http1(settings), http2(settings), settings, routing);
        WebServerConfig.Builder builder = WebServer.builder()
                .host(settings.host())
                .port(settings.port())
                .protocolsDiscoverServices(false)
                .featuresDiscoverServices(false)
                .shutdownHook(false)
                .addConnectionSelector(connections)
                .connectionOptions(SocketOptions.builder().tcpNoDelay(true).build())
                .maxTcpConnections(settings.maxConnections())
                .maxPayloadSize(settings.maxBodyBytes() + (long) HandlerRouting.MAX_DISCARDED_BYTES)
                .idleConnectionTimeout(WatchedConnections.IDLE_LIMIT)
                .idleConnectionPeriod(CHECK_PERIOD)
                .shutdownGracePeriod(settings.stopTimeout())
                .directHandlers(malformedRequests());
        // sockets and no channels: over those the web server would look up the name of every client
        settings.transport()
                .tls()
                .ifPresent(context -> builder.useNio(false)
                        .tls(Tls.builder().sslContext(context).build()));
        WebServer server = builder.build().start();
        if (!server.isRunning()) {
            throw new UncheckedIOException(whyNot(settings));
        }
        return new HttpServer(server, routing);
    }

    private static ServerConnectionSelector http1(HttpSettings settings) {
        Http1Config config = Http1Config.builder()
                .maxPrologueLength(settings.maxHeaderBytes())
                .maxHeadersSize(settings.maxHeaderBytes())
                .sendKeepAliveHeader(false)
                .build();
        return Http1ConnectionSelector.builder().config(config).build();
    }

    private static ServerConnectionSelector http2(HttpSettings settings) {
        Http2Config config = Http2Config.builder()
                .maxHeaderListSize(settings.maxHeaderBytes())
                .maxConcurrentStreams(MAX_STREAMS)
                .initialWindowSize(STREAM_WINDOW)
                .flowControlTimeout(settings.requestTimeout())
                .maxRapidResets(MAX_RAPID_RESETS)
                .build();
        return Http2ConnectionSelector.builder().http2Config(config).build();
    }

    /** The port that is listened at, also where the settings left it open. */
    public int port() {
        return server.port();
    }

    /**
     * Asks clients for new connections: whoever is answered from now on is told that this connection ends with the answer
     * (RFC 9112 §9.6). Connections are still taken, and requests answered.
     */
    public void drain() {
        routing.drain();
    }

    /** Stops listening, lets running requests finish for the time that the settings give them, and closes. */
    @Override
    public void close() {
        drain();
        server.stop();
    }

    private static DirectHandlers malformedRequests() {
        HttpDate date = new HttpDate();
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        for (EventType type : EventType.values()) {
            handlers.addHandler(
                    type,
                    (request, event, status, headers, message) -> transportAnswer(
                            // handlers never fail here (Router), so what the web server stumbled over is the request
                            status.code() == 500 ? Status.BAD_REQUEST_400 : status, date.now()));
        }
        return handlers.build();
    }

    /** What is sent where there is no request that a handler could be given. Nothing of the request is repeated. */
    private static DirectHandler.TransportResponse transportAnswer(Status status, String date) {
        Response answer = ErrorResponse.of(error(status.code()));
        ServerResponseHeaders headers = ServerResponseHeaders.create();
        answer.headers().forEach(field -> headers.set(HeaderValues.create(field.name(), field.value())));
        headers.set(HeaderValues.create(HeaderNames.DATE, date));
        headers.set(HeaderValues.create("X-Request-Id", RequestId.random()));
        return DirectHandler.TransportResponse.builder()
                .status(status)
                .headers(headers)
                .keepAlive(false)
                .entity(answer.body())
                .build();
    }

    private static OAuthError error(int status) {
        return switch (status) {
            case 413 -> OAuthError.contentTooLarge();
            case 503 -> OAuthError.temporarilyUnavailable(Duration.ofSeconds(1));
            default -> OAuthError.invalidRequest("The request is not valid HTTP/1.1");
        };
    }

    /** The web server logs why it could not start and does not say it; so the same is tried again, to hear it. */
    private static IOException whyNot(HttpSettings settings) {
        String address = settings.host() + ":" + settings.port();
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(settings.host(), settings.port()));
            return new IOException("cannot listen at " + address);
        } catch (IOException e) {
            return new IOException("cannot listen at " + address + ": " + e.getMessage(), e);
        }
    }
}
