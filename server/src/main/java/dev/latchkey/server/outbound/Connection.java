package dev.latchkey.server.outbound;

import dev.latchkey.server.outbound.OutboundException.Reason;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * A connection to an address that was checked, which is not looked up again: a name may have another address a moment later
 * (DNS rebinding). It is cut at the deadline whatever it is doing, since a time for each read would let a sender drip.
 */
final class Connection implements Closeable {
    private static final String[] TLS_VERSIONS = {"TLSv1.3", "TLSv1.2"}; // RFC 9325 §3.1.1

    private final Socket raw;
    private final Socket socket;
    private final Future<?> cut;

    private Connection(Socket raw, Socket socket, Future<?> cut) {
        this.raw = raw;
        this.socket = socket;
        this.cut = cut;
    }

    /**
     * Connects to the first address that listens.
     *
     * @param trust for TLS
     * @param timer cuts the connection
     */
    static Connection open(
            Target target, List<InetAddress> addresses, Trust trust, Deadline deadline, ScheduledExecutorService timer)
            throws OutboundException, IOException {
        Socket raw = connect(target, addresses, deadline);
        // a millisecond later, since the rest is rounded down: what is cut has to look cut
        long remainingMillis = deadline.remainingMillis() + 1L;
        Future<?> cut = timer.schedule(() -> closeQuietly(raw), remainingMillis, TimeUnit.MILLISECONDS);
        try {
            Socket socket = target.secure() ? overTls(raw, target, trust.sockets()) : raw;
            return new Connection(raw, socket, cut);
        } catch (IOException | RuntimeException e) {
            cut.cancel(false);
            closeQuietly(raw);
            throw e;
        }
    }

    private static Socket connect(Target target, List<InetAddress> addresses, Deadline deadline)
            throws OutboundException {
        IOException failure = new IOException("no address");
        int left = addresses.size();
        for (InetAddress address : addresses) {
            Socket socket = new Socket(Proxy.NO_PROXY); // one of the system properties would look up the name again
            try {
                socket.setTcpNoDelay(true);
                socket.connect(
                        new InetSocketAddress(address, target.port()), Math.max(1, deadline.remainingMillis() / left));
                return socket;
            } catch (IOException e) {
                closeQuietly(socket);
                failure = e;
                left--;
            }
        }
        throw new OutboundException(
                deadline.isOver() ? Reason.TIMEOUT : Reason.UNREACHABLE,
                target + ": cannot be reached: " + failure.getMessage(),
                failure);
    }

    private static Socket overTls(Socket raw, Target target, SSLSocketFactory factory) throws IOException {
        SSLSocket socket = (SSLSocket) factory.createSocket(raw, target.host(), target.port(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setProtocols(TLS_VERSIONS);
        parameters.setEndpointIdentificationAlgorithm("HTTPS"); // RFC 9110 §4.3.4
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    InputStream in() throws IOException {
        return socket.getInputStream();
    }

    OutputStream out() throws IOException {
        return socket.getOutputStream();
    }

    /** Lets go of it at once, without the farewell of TLS, for which a socket would wait. */
    @Override
    public void close() {
        cut.cancel(false);
        closeQuietly(raw);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            return; // it is gone either way
        }
    }
}
