package dev.latchkey.server.outbound;

import dev.latchkey.server.outbound.OutboundException.Reason;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import javax.net.ssl.SSLException;

/** One request and its answer, within all bounds. Each has a connection of its own. Safe for use by many threads. */
final class Exchanges implements AutoCloseable {
    private static final int MAX_RUNNING = 64;
    private static final int MAX_RUNNING_PER_HOST = 8;

    private final OutboundSettings settings;
    private final AddressFinder finder;
    private final Trust trust;
    private final Permits permits = new Permits(MAX_RUNNING, MAX_RUNNING_PER_HOST);
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("outbound-deadlines").factory());

    Exchanges(OutboundSettings settings, Resolver resolver) {
        this.settings = settings;
        this.finder = new AddressFinder(resolver, new AddressPolicy(settings.insecureAllowPrivateAddresses()));
        this.trust = new Trust(settings.trustCertificates());
        timer.setRemoveOnCancelPolicy(true);
    }

    /** What is made of an answer while its connection is open. */
    interface AnswerUse<T> {
        T read(Target target, AnswerReader reader) throws IOException, OutboundException;
    }

    /**
     * Asks.
     *
     * @param method GET or POST
     * @param fields lines of the header, each with its end, besides those of the connection itself
     */
    <T> T run(URI uri, String method, String fields, byte[] body, AnswerUse<T> use) throws OutboundException {
        Target target = Target.of(uri, settings.insecureAllowPrivateAddresses());
        Deadline deadline = Deadline.in(settings.timeout());
        try (Permits.Permit _ = permits.take(target, deadline)) {
            List<InetAddress> addresses = finder.find(target, deadline);
            try (Connection connection = Connection.open(target, addresses, trust, deadline, timer)) {
                write(connection.out(), target, method, fields, body);
                return use.read(target, new AnswerReader(connection.in(), settings.maxBytes()));
            }
        } catch (IOException e) {
            throw failure(target, e, deadline);
        } catch (RejectedExecutionException e) {
            throw new OutboundException(Reason.BUSY, target + ": the server is stopping", e);
        }
    }

    private static void write(OutputStream out, Target target, String method, String fields, byte[] body)
            throws IOException {
        String head = method + " " + target.requestTarget() + " HTTP/1.1\r\nHost: " + target.authority()
                + "\r\nConnection: close\r\nUser-Agent: Latchkey\r\n" + fields + "\r\n";
        byte[] first = head.getBytes(StandardCharsets.US_ASCII);
        byte[] whole = new byte[first.length + body.length];
        System.arraycopy(first, 0, whole, 0, first.length);
        System.arraycopy(body, 0, whole, first.length, body.length);
        out.write(whole);
        out.flush();
    }

    private static OutboundException failure(Target target, IOException e, Deadline deadline) {
        if (e instanceof MalformedAnswerException malformed) {
            return new OutboundException(malformed.reason(), target + ": the answer: " + e.getMessage(), e);
        }
        if (deadline.isOver() || e instanceof SocketTimeoutException) {
            return new OutboundException(Reason.TIMEOUT, target + ": takes too long", e);
        }
        Reason reason = e instanceof SSLException ? Reason.TLS : Reason.UNREACHABLE;
        return new OutboundException(reason, target + ": " + e.getMessage(), e);
    }

    /** Begins no more exchanges; those that run keep their deadlines. */
    @Override
    public void close() {
        timer.shutdown();
        finder.close();
    }
}
