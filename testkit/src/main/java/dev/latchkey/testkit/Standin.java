package dev.latchkey.testkit;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** What is at the server's port while the server is not. Nobody else can take the port meanwhile. */
final class Standin {
    private static final int BACKLOG = 128;

    private Standin() {}

    static AutoCloseable at(int port, Outage.Kind kind) {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        try {
            return switch (kind) {
                case UNREACHABLE -> deaf(address);
                case UNAVAILABLE -> unavailable(address);
                case SILENT -> new ServerSocket(port, BACKLOG, address.getAddress());
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Bound but not listening: who connects is refused. */
    private static Socket deaf(InetSocketAddress address) throws IOException {
        Socket socket = new Socket();
        socket.setReuseAddress(true);
        socket.bind(address);
        return socket;
    }

    private static AutoCloseable unavailable(InetSocketAddress address) throws IOException {
        HttpServer server = HttpServer.create(address, BACKLOG);
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "1");
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
        });
        server.start();
        return () -> server.stop(0);
    }
}
