package dev.latchkey.server.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import io.helidon.webserver.ServerConnectionException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/** A connection of the web server whose reads and writes are watched and whose requests go to our routing. */
final class WatchedContext implements ConnectionContext {
    private final ConnectionContext context;
    private final ConnectionWatch watch;
    private final Router router;
    private final boolean http2;
    private final DataReader reader;
    private final DataWriter writer;
    private final PeerInfo remotePeer;
    private final InetAddress peerAddress;

    WatchedContext(ConnectionContext context, ConnectionWatch watch, Router router, boolean http2) {
        this.context = context;
        this.watch = watch;
        this.router = router;
        this.http2 = http2;
        this.reader = DataReader.create(this::read);
        this.writer = new WatchedWriter(context.dataWriter(), watch);
        this.remotePeer =
                context.remotePeer(); // the web server makes a new one at each call, and calls for each request
        this.peerAddress = remotePeer.address() instanceof InetSocketAddress address
                ? address.getAddress()
                : InetAddress.getLoopbackAddress();
    }

    ConnectionWatch watch() {
        return watch;
    }

    boolean isHttp2() {
        return http2;
    }

    InetAddress peerAddress() {
        return peerAddress;
    }

    @SuppressWarnings("NullAway") // null is how the web server's supplier of bytes says that there are no more
    private byte @Nullable [] read() {
        watch.beforeRead();
        DataReader early = context.dataReader(); // holds what was read to find out the protocol
        int available = early.available();
        byte[] bytes;
        if (available > 0) {
            bytes = early.readBytes(available);
        } else {
            try {
                bytes = context.serverSocket().get();
            } catch (UncheckedIOException e) {
                throw new ServerConnectionException("Failed to read from the socket", e);
            }
        }
        watch.afterRead();
        return bytes;
    }

    @Override
    public DataReader dataReader() {
        return reader;
    }

    @Override
    public DataWriter dataWriter() {
        return writer;
    }

    @Override
    public Router router() {
        return router;
    }

    @Override
    public PeerInfo remotePeer() {
        return remotePeer;
    }

    @Override
    public ListenerContext listenerContext() {
        return context.listenerContext();
    }

    @Override
    public ExecutorService executor() {
        return context.executor();
    }

    @Override
    public PeerInfo localPeer() {
        return context.localPeer();
    }

    @Override
    public boolean isSecure() {
        return context.isSecure();
    }

    @Override
    public String socketId() {
        return context.socketId();
    }

    @Override
    public String childSocketId() {
        return context.childSocketId();
    }

    @Override
    public Optional<ProxyProtocolData> proxyProtocolData() {
        return context.proxyProtocolData();
    }

    @Override
    public HelidonSocket serverSocket() {
        return context.serverSocket();
    }

    private record WatchedWriter(DataWriter writer, ConnectionWatch watch) implements DataWriter {
        @Override
        public void write(BufferData... buffers) {
            watch.beforeWrite();
            writer.write(buffers);
            watch.afterWrite();
        }

        @Override
        public void write(BufferData buffer) {
            watch.beforeWrite();
            writer.write(buffer);
            watch.afterWrite();
        }

        @Override
        public void writeNow(BufferData... buffers) {
            watch.beforeWrite();
            writer.writeNow(buffers);
            watch.afterWrite();
        }

        @Override
        public void writeNow(BufferData buffer) {
            watch.beforeWrite();
            writer.writeNow(buffer);
            watch.afterWrite();
        }

        @Override
        public void flush() {
            writer.flush();
        }

        @Override
        public void close() {
            writer.close();
        }
    }
}
