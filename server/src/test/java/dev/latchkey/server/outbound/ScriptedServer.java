package dev.latchkey.server.outbound;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import javax.net.ServerSocketFactory;

/** A server that does on each connection what a test says, well or badly. */
final class ScriptedServer implements AutoCloseable {
    private final ServerSocket socket;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    private ScriptedServer(ServerSocket socket) {
        this.socket = socket;
    }

    /** What is sent once a request was read. */
    interface Script {
        void run(String request, OutputStream out) throws IOException;
    }

    static ScriptedServer start(Script script) {
        return start(ServerSocketFactory.getDefault(), script);
    }

    static ScriptedServer start(ServerSocketFactory factory, Script script) {
        try {
            ScriptedServer server =
                    new ScriptedServer(factory.createServerSocket(0, 100, InetAddress.ofLiteral("127.0.0.1")));
            Thread.ofVirtual().start(() -> server.accept(script));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ScriptedServer answering(String answer) {
        return start((_, out) -> out.write(answer.getBytes(StandardCharsets.ISO_8859_1)));
    }

    static String ok(String body, String... fields) {
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n"
                + String.join("", List.of(fields).stream().map(f -> f + "\r\n").toList()) + "\r\n" + body;
    }

    private void accept(Script script) {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                connections.add(connection);
                Thread.ofVirtual().start(() -> serve(connection, script));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket connection, Script script) {
        try (connection) {
            String request = request(connection.getInputStream());
            requests.add(request);
            script.run(request, connection.getOutputStream());
            connection.getOutputStream().flush();
        } catch (IOException e) {
            return; // the client went away, as many a test wants it to
        }
    }

    private static String request(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int b = in.read();
            if (b < 0) {
                throw new IOException("the request ended early");
            }
            head.append((char) b);
        }
        String length = head.toString()
                .lines()
                .filter(line -> line.startsWith("Content-Length: "))
                .findFirst()
                .orElse("Content-Length: 0");
        byte[] body = in.readNBytes(Integer.parseInt(length.substring(16)));
        return head + new String(body, StandardCharsets.UTF_8);
    }

    /** Blocks a script until the test ends. */
    void hang() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    int port() {
        return socket.getLocalPort();
    }

    List<String> requests() {
        return requests;
    }

    int connections() {
        return connections.size();
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            socket.close();
            for (Socket connection : connections) {
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
