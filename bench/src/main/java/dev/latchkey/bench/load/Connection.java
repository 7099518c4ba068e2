package dev.latchkey.bench.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** One keep-alive connection: a request out, an answer in, never two at once. Of one thread. */
final class Connection implements AutoCloseable {
    private static final int BUFFER = 32 * 1024;

    private final SocketChannel channel;
    private final Exchange exchange;
    private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER);
    private final ByteBuffer in = ByteBuffer.allocate(BUFFER);
    private int answerLength;
    private int bodyStart;
    private long begunNanos;
    private boolean begun;

    Connection(InetSocketAddress server, Exchange exchange) throws IOException {
        this.channel = SocketChannel.open(server);
        this.channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        this.exchange = exchange;
    }

    SocketChannel channel() {
        return channel;
    }

    /** When the first request of what is counted as one was sent. */
    long begunNanos() {
        return begunNanos;
    }

    void send() throws IOException {
        in.clear();
        answerLength = 0;
        out.clear();
        exchange.writeRequest(out);
        out.flip();
        if (!begun) {
            begunNanos = System.nanoTime();
            begun = true;
        }
        while (out.hasRemaining()) {
            channel.write(out);
        }
    }

    /** Reads what is there; true when the answer is whole. */
    boolean receive() throws IOException {
        if (channel.read(in) < 0) {
            throw new EOFException("the server closed a connection");
        }
        if (answerLength == 0) {
            bodyStart = Answer.bodyStart(in.array(), in.position());
            if (bodyStart < 0) {
                return false;
            }
            answerLength = bodyStart + Answer.contentLength(in.array(), bodyStart);
        }
        return in.position() >= answerLength;
    }

    /** Whether the answer is the one that was asked for. */
    boolean isGood() {
        boolean good =
                Answer.status(in.array()) == exchange.status() && exchange.read(in.array(), bodyStart, answerLength);
        begun = good && !exchange.ends();
        return good;
    }

    /** Whether a good answer ended what is counted as one. */
    boolean ended() {
        return !begun;
    }

    /** Sends and waits, on a channel that blocks; the nanoseconds it took. */
    long exchange() throws IOException {
        begun = false;
        send();
        while (!receive()) {
            // the rest of the answer is on its way
        }
        return System.nanoTime() - begunNanos;
    }

    /** The body of the last answer. */
    String body() {
        return new String(in.array(), bodyStart, answerLength - bodyStart, java.nio.charset.StandardCharsets.UTF_8);
    }

    int status() {
        return Answer.status(in.array());
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
