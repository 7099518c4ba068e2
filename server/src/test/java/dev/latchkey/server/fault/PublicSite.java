package dev.latchkey.server.fault;

import dev.latchkey.server.Answer;
import dev.latchkey.server.Site;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** Whatever answers at an address: one server, or a proxy with many behind it. */
record PublicSite(String url, HttpClient http) implements Site {
    @Override
    public Answer send(HttpRequest.Builder request) {
        try {
            return new Answer(http.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
