package dev.latchkey.guard.contract;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.net.SocketFactory;

/** A client of HTTP/1.1 that sends what it is given, right or wrong (RFC 9112). One connection for each call. */
public final class RawClient {
    private static final int TIMEOUT_MILLIS = 60_000;

    private final SocketFactory sockets;
    private final int port;

    /** A client of an API on 127.0.0.1. */
    public RawClient(RunningApi api) {
        this(SocketFactory.getDefault(), api.port());
    }

    RawClient(SocketFactory sockets, int port) {
        this.sockets = sockets;
        this.port = port;
    }

    /** A request; {@code Host} and {@code Connection} are sent unless it has them. */
    public record Request(String method, String target, List<String> headers, String body) {
        String text(int port) {
            List<String> lines = new ArrayList<>();
            lines.add(method + ' ' + target + " HTTP/1.1");
            if (!has("host")) {
                lines.add("Host: 127.0.0.1:" + port);
            }
            if (!has("connection")) {
                lines.add("Connection: close");
            }
            lines.addAll(headers);
            if (!body.isEmpty()) {
                lines.add("Content-Length: " + body.length());
            }
            return String.join("\r\n", lines) + "\r\n\r\n" + body;
        }

        private boolean has(String name) {
            return headers.stream()
                    .anyMatch(header -> header.toLowerCase(Locale.ROOT).startsWith(name + ':'));
        }
    }

    /** Sends a request without a body; headers as {@code name: value}. */
    public Answer send(String method, String target, String... headers) throws IOException {
        return send(new Request(method, target, List.of(headers), ""));
    }

    public Answer send(Request request) throws IOException {
        List<Answer> answers = send(List.of(request));
        if (answers.size() != 1) {
            throw new IOException("one request was answered by " + answers);
        }
        return answers.get(0);
    }

    /** Sends the requests at once over one connection, and reads an answer to each until the server closes it. */
    List<Answer> send(List<Request> requests) throws IOException {
        try (Socket socket = sockets.createSocket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            StringBuilder text = new StringBuilder();
            requests.forEach(request -> text.append(request.text(port)));
            socket.getOutputStream().write(text.toString().getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            InputStream in = new BufferedInputStream(socket.getInputStream());
            List<Answer> answers = new ArrayList<>();
            for (Request request : requests) {
                String status = line(in);
                if (status.isEmpty()) {
                    break;
                }
                answers.add(answer(status, in, request.method().equals("HEAD")));
            }
            return answers;
        }
    }

    private static Answer answer(String statusLine, InputStream in, boolean headOnly) throws IOException {
        int status = Integer.parseInt(statusLine.split(" ", -1)[1]);
        List<String> headers = new ArrayList<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.add(line.substring(0, colon).toLowerCase(Locale.ROOT) + ": "
                    + line.substring(colon + 1).strip());
        }
        Answer head = new Answer(status, List.copyOf(headers), "");
        byte[] body = headOnly || status == 204 || status == 304 ? new byte[0] : body(head, in);
        return new Answer(status, head.headers(), new String(body, StandardCharsets.UTF_8));
    }

    private static byte[] body(Answer head, InputStream in) throws IOException {
        if (head.values("Transfer-Encoding").contains("chunked")) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            int size = chunkSize(in);
            while (size > 0) {
                body.write(exactly(size, in));
                line(in);
                size = chunkSize(in);
            }
            line(in);
            return body.toByteArray();
        }
        List<String> length = head.values("Content-Length");
        return length.isEmpty() ? in.readAllBytes() : exactly(Integer.parseInt(length.get(0)), in);
    }

    private static int chunkSize(InputStream in) throws IOException {
        return Integer.parseInt(line(in).split(";", -1)[0].strip(), 16);
    }

    private static byte[] exactly(int length, InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length != length) {
            throw new EOFException("the body ends after " + bytes.length + " of " + length + " bytes");
        }
        return bytes;
    }

    /** Without its end; empty at the end of the stream too. */
    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }
}
