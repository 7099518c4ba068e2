package dev.latchkey.server.http;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** A connection of HTTP/2 whose frames a test writes and reads itself (RFC 9113 §4). */
final class Http2Connection implements AutoCloseable {
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;

    static final int END_STREAM = 1;
    static final int END_HEADERS = 4;

    static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    private static final Frame END = new Frame(-1, 0, 0, new byte[0]);
    private static final int PATIENCE_MILLIS = 60_000;

    private final SSLSocket socket;
    private final DataInputStream in;

    /** A frame as it came. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Frame(int type, int flags, int stream, byte[] payload) {
        /** The error code of RST_STREAM and GOAWAY (RFC 9113 §7). */
        int code() {
            int at = type == GOAWAY ? 4 : 0;
            return payload[at + 3];
        }
    }

    Http2Connection(SSLContext context, int port) throws IOException {
        socket = (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        socket.setSSLParameters(parameters);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.startHandshake();
        in = new DataInputStream(socket.getInputStream());
    }

    /** One that has introduced itself. */
    static Http2Connection open(SSLContext context, int port) throws IOException {
        Http2Connection connection = new Http2Connection(context, port);
        return connection.send(PREFACE.getBytes(StandardCharsets.US_ASCII)).frame(SETTINGS, 0, 0, new byte[0]);
    }

    String protocol() {
        return socket.getApplicationProtocol();
    }

    Http2Connection send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    Http2Connection frame(int type, int flags, int stream, byte[] payload) throws IOException {
        return send(frameBytes(type, flags, stream, payload));
    }

    static byte[] frameBytes(int type, int flags, int stream, byte[] payload) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(payload.length >> 16);
        frame.write(payload.length >> 8);
        frame.write(payload.length);
        frame.write(type);
        frame.write(flags);
        frame.write(stream >> 24);
        frame.write(stream >> 16);
        frame.write(stream >> 8);
        frame.write(stream);
        frame.writeBytes(payload);
        return frame.toByteArray();
    }

    /** Header fields as literals that no table takes (RFC 7541 §6.2.2). */
    static byte[] fields(String... namesAndValues) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            block.write(0);
            string(block, namesAndValues[i]);
            string(block, namesAndValues[i + 1]);
        }
        return block.toByteArray();
    }

    private static void string(ByteArrayOutputStream block, String text) {
        if (text.length() < 127) {
            block.write(text.length());
        } else { // RFC 7541 §5.1
            block.write(127);
            int rest = text.length() - 127;
            while (rest >= 128) {
                block.write(rest % 128 + 128);
                rest /= 128;
            }
            block.write(rest);
        }
        block.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** A header block whose pseudo-header fields name entries of the static table, as all clients do (RFC 7541 §A). */
    static byte[] request(String method, String path, String... more) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        block.write(method.equals("GET") ? 0x82 : 0x83);
        block.write(0x87); // https
        block.write(4);
        string(block, path);
        block.write(1);
        string(block, "localhost");
        block.writeBytes(fields(more));
        return block.toByteArray();
    }

    Http2Connection get(int stream, String path) throws IOException {
        return frame(HEADERS, END_STREAM | END_HEADERS, stream, request("GET", path));
    }

    /** The next frame, or one of GOAWAY with no code that stands for the end of the connection. */
    Frame next() throws IOException {
        try {
            int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
            int type = in.readUnsignedByte();
            int flags = in.readUnsignedByte();
            int stream = in.readInt();
            byte[] payload = in.readNBytes(length);
            return new Frame(type, flags, stream, payload);
        } catch (EOFException | SocketException e) {
            return END;
        }
    }

    /** The next frame of one of these types, past others; or of type -1 where the connection ends before. */
    Frame next(int... types) throws IOException {
        while (true) {
            Frame frame = next();
            if (frame.type() < 0) {
                return frame;
            }
            for (int type : types) {
                if (frame.type() == type) {
                    return frame;
                }
            }
        }
    }

    /** Sends, and reads the next frame of one of these types; that the connection has ended can be told by either. */
    Frame nextAfter(byte[] bytes, int... types) throws IOException {
        try {
            send(bytes);
        } catch (IOException e) {
            return END;
        }
        return next(types);
    }

    /** What an answer says after its header. */
    String body() throws IOException {
        return new String(next(DATA).payload(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
