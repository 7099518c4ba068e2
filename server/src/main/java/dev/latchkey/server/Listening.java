package dev.latchkey.server;

import dev.latchkey.server.http.Handler;
import dev.latchkey.server.http.HttpServer;
import dev.latchkey.server.http.HttpSettings;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** A web server that starts on a thread of its own: the longest step of a start, beside the opening of the store. */
final class Listening implements AutoCloseable {
    private final FutureTask<HttpServer> start;

    private Listening(FutureTask<HttpServer> start) {
        this.start = start;
    }

    static Listening begin(HttpSettings settings, Handler handler) {
        FutureTask<HttpServer> start = new FutureTask<>(() -> HttpServer.start(settings, handler));
        Thread.ofPlatform().name("listen").daemon().start(start);
        return new Listening(start);
    }

    /** Waits until it listens; throws what kept it from that. */
    HttpServer await() {
        try {
            return start.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Stops it, also one that is still starting. */
    @Override
    public void close() {
        try {
            start.get().close();
        } catch (ExecutionException e) {
            return; // it never listened, and who awaited it knows why
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
