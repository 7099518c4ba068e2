package dev.latchkey.example.page;

import com.sun.net.httpserver.HttpServer;
import dev.latchkey.guard.Guard;
import dev.latchkey.guard.httpserver.HttpGuard;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The API below /api and the page everywhere else, on the HTTP server that comes with Java. */
final class NotesServer implements AutoCloseable {
    private final HttpServer http;
    private final ExecutorService threads;

    private NotesServer(HttpServer http, ExecutorService threads) {
        this.http = http;
        this.threads = threads;
    }

    /** @param guard closed by whoever built it */
    static NotesServer start(HttpServer http, Guard guard, String issuer) {
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        new NotesApi(HttpGuard.of(guard)).serve(http);
        new PageFiles(issuer).serve(http);
        http.setExecutor(threads);
        http.start();
        return new NotesServer(http, threads);
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }
}
