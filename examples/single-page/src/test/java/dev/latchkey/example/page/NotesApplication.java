package dev.latchkey.example.page;

import com.sun.net.httpserver.HttpServer;
import dev.latchkey.guard.Guard;
import dev.latchkey.testkit.LatchkeyServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The example as its run script starts it, on free ports: with the real token server by the example's latchkey.yaml. */
final class NotesApplication implements AutoCloseable {
    private final LatchkeyServer latchkey;
    private final Guard guard;
    private final NotesServer server;
    private final String url;

    NotesApplication() {
        try {
            HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            url = "http://localhost:" + http.getAddress().getPort();
            String yaml = Files.readString(Path.of("latchkey.yaml")).replace("http://localhost:3000", url);
            latchkey = LatchkeyServer.start(config -> config.yaml(yaml));
            guard = Guard.issuer(latchkey.issuer())
                    .audience(NotesApi.AUDIENCE)
                    .clock(latchkey.clock())
                    .timeout(Duration.ofSeconds(30))
                    .build();
            server = NotesServer.start(http, guard, latchkey.issuer());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    LatchkeyServer latchkey() {
        return latchkey;
    }

    String url() {
        return url;
    }

    @Override
    public void close() {
        server.close();
        guard.close();
        latchkey.close();
    }
}
