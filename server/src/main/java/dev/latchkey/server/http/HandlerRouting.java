package dev.latchkey.server.http;

import dev.latchkey.server.protocol.OAuthError;
import dev.latchkey.server.protocol.OAuthException;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.socket.SocketWriterException;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.HttpPrologue;
import io.helidon.http.RequestException;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.HttpSecurity;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/**
 * Takes a request from the web server, reads its body within bounds, lets the handler answer and writes the answer. It stands
 * in for the web server's own routing, whose layers this server has no use for.
 */
final class HandlerRouting implements HttpRouting {
    /** How much of a body that is too long is read and thrown away, so that its sender sees the answer and no reset. */
    static final int MAX_DISCARDED_BYTES = 256 * 1024;

    private static final byte[] NO_BODY = {};
    private static final HeaderName NO_NAME = HeaderNames.create("");
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /** A year, as OWASP ASVS 5.0 V3.4.1 wants it, also for the names below. RFC 6797 §6.1. */
    private static final HeaderField STRICT_TRANSPORT =
            new HeaderField("Strict-Transport-Security", "max-age=31536000; includeSubDomains");

    private final Handler handler;
    private final boolean strictTransport;
    private final int maxBodyBytes;
    private final TrustedProxies proxies;
    private final ForwardingCheck forwarding;
    private final Semaphore permits;
    private final HttpDate date = new HttpDate();
    private final HttpSecurity security = HttpSecurity.create();
    private volatile boolean draining;

    HandlerRouting(Handler handler, HttpSettings settings) {
        this.handler = handler;
        this.strictTransport = settings.transport().strict();
        this.maxBodyBytes = settings.maxBodyBytes();
        this.proxies = settings.trustedProxies();
        this.forwarding = new ForwardingCheck(proxies);
        this.permits = new Semaphore(settings.maxConcurrentRequests());
    }

    /** From now on every answer over HTTP/1.1 is the last one on its connection. */
    void drain() {
        draining = true;
    }

    @Override
    public HttpSecurity security() {
        return security;
    }

    @Override
    public void beforeStart() {}

    @Override
    public void afterStop() {}

    @Override
    public void route(ConnectionContext context, RoutingRequest request, RoutingResponse response) {
        WatchedContext connection = (WatchedContext) context;
        Headers ours = new HelidonHeaders(request.headers());
        String id = RequestId.of(ours);
        connection.watch().requestBegins();
        try {
            answer(connection, request, response, ours, id);
        } finally {
            connection.watch().requestEnds();
        }
    }

    private void answer(
            WatchedContext connection, RoutingRequest request, RoutingResponse response, Headers ours, String id) {
        ServerRequestHeaders headers = request.headers();
        boolean close = headers.containsToken(HeaderValues.CONNECTION_CLOSE);
        Response answer;
        try {
            byte[] body = body(request, headers);
            connection.watch().requestIsRead();
            if (connection.watch().isEnded()) { // the body may be half of one
                throw new CloseConnectionException("The connection has ended");
            }
            answer = answer(connection, request, ours, body, id);
        } catch (OAuthException refused) {
            answer = ErrorResponse.of(refused.error());
            close = true; // where the next request begins is not sure
        }
        close |= draining;
        if (strictTransport) {
            answer = answer.withHeader(STRICT_TRANSPORT);
        }
        boolean head = request.prologue().method().text().equals("HEAD");
        if (connection.isHttp2()) {
            connection.watch().answerBegins();
            Http2Answer.send(response, answer, date.now(), id, !head);
            return;
        }
        write(connection, WireAnswer.of(answer, date.now(), id, !head, close));
        if (close) {
            throw new CloseConnectionException("The connection ends here"); // RFC 9112 §9.6
        }
    }

    private Response answer(
            WatchedContext connection, RoutingRequest request, Headers headers, byte[] body, String id) {
        HttpPrologue prologue = request.prologue();
        forwarding.look(connection.peerAddress(), headers);
        InetAddress client = proxies.client(connection.peerAddress(), headers);
        String query = prologue.hasQuery() ? prologue.query().rawValue() : "";
        if (!permits.tryAcquire()) {
            return ErrorResponse.of(OAuthError.temporarilyUnavailable(RETRY_AFTER));
        }
        try {
            return handler.handle(new Request(
                    prologue.method().text(),
                    path(prologue.uriPath().rawPath()),
                    query,
                    proxies.forwarded(connection.peerAddress(), headers),
                    body,
                    client,
                    id));
        } finally {
            permits.release();
        }
    }

    /** The path of a request target, which may name scheme and authority before it (RFC 9112 §3.2.2). */
    private static String path(String target) {
        if (target.startsWith("/")) {
            return target;
        }
        int authority = target.indexOf("://");
        int path = authority < 0 ? -1 : target.indexOf('/', authority + 3);
        return path < 0 ? target : target.substring(path);
    }

    /**
     * The body.
     *
     * @throws OAuthException if it is longer than allowed or its framing is broken
     */
    private byte[] body(RoutingRequest request, ServerRequestHeaders headers) {
        if (headers.contains(NO_NAME)) {
            throw malformed("A header has no name"); // RFC 9110 §5.6.2: a token has a character at least
        }
        if (!request.content().hasEntity()) {
            return NO_BODY;
        }
        long announced = headers.contentLength().orElse(-1);
        if (announced > maxBodyBytes) {
            boolean isWaiting = headers.contains(HeaderNames.EXPECT);
            if (!isWaiting && announced <= maxBodyBytes + MAX_DISCARDED_BYTES) {
                discard(request.content().inputStream());
            }
            throw new OAuthException(OAuthError.contentTooLarge());
        }
        try {
            return announced >= 0 ? readAnnounced(request, (int) announced) : readChunks(request);
        } catch (CloseConnectionException | OAuthException e) {
            throw e;
        } catch (RequestException e) {
            throw e.status().code() == 413
                    ? new OAuthException(OAuthError.contentTooLarge())
                    : malformed("The body is not framed as RFC 9112 has it");
        } catch (IllegalArgumentException e) { // the web server's word for a chunk whose size is no number
            throw malformed("The body is not framed as RFC 9112 has it");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static OAuthException malformed(String description) {
        return new OAuthException(OAuthError.invalidRequest(description));
    }

    private static byte[] readAnnounced(RoutingRequest request, int length) throws IOException {
        InputStream stream = request.content().inputStream();
        byte[] body = stream.readNBytes(length);
        if (body.length < length) {
            throw malformed("The body is shorter than announced");
        }
        if (stream.read() >= 0) { // reaching the end is what tells the web server that the request is over
            throw new IllegalStateException("the body is longer than announced");
        }
        return body;
    }

    /** Reads on behalf of a sender that is still sending; the time for a request bounds it. */
    private static void discard(InputStream stream) {
        try {
            stream.skipNBytes(MAX_DISCARDED_BYTES * 2L);
        } catch (IOException | RequestException | IllegalArgumentException e) {
            // its end, or more than even this: the refusal is the same
            return;
        }
    }

    private byte[] readChunks(RoutingRequest request) throws IOException {
        InputStream stream = request.content().inputStream();
        ByteArrayOutputStream body = new ByteArrayOutputStream(1024);
        byte[] buffer = new byte[4096];
        int read = stream.read(buffer);
        while (read >= 0) {
            if (body.size() + read > maxBodyBytes) {
                discard(stream);
                throw new OAuthException(OAuthError.contentTooLarge());
            }
            body.write(buffer, 0, read);
            read = stream.read(buffer);
        }
        return body.toByteArray();
    }

    private static void write(WatchedContext connection, WireAnswer answer) {
        try {
            connection.dataWriter().write(BufferData.create(answer.bytes(), 0, answer.length()));
        } catch (SocketWriterException | UncheckedIOException e) {
            throw new ServerConnectionException("Failed to write the answer", e);
        }
    }
}
