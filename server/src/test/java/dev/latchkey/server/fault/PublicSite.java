package dev.latchkey.server.fault;

import dev.latchkey.server.Answer;
import dev.latchkey.server.Site;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whatever answers at an address: one server, a proxy with many behind it, or many without one, which are then asked in turn, and
 * the next one where one cannot be reached. Safe for many threads.
 */
final class PublicSite implements Site {
    private final String url;
    private final List<String> servers;
    private final HttpClient http;
    private final AtomicInteger turn = new AtomicInteger();

    /**
     * A site.
     *
     * @param url what is asked
     * @param servers addresses to be asked in place of it
     */
    PublicSite(String url, List<String> servers, HttpClient http) {
        this.url = url;
        this.servers = List.copyOf(servers);
        this.http = http;
    }

    @Override
    public String url() {
        return url;
    }

    @Override
    public Answer send(HttpRequest.Builder request) {
        try {
            return servers.isEmpty() ? sent(request.build()) : sentInTurn(request.build());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Answer sentInTurn(HttpRequest request) throws IOException, InterruptedException {
        IOException unreachable = new ConnectException();
        for (int tries = 0; tries < servers.size(); tries++) {
            String server = servers.get(Math.floorMod(turn.getAndIncrement(), servers.size()));
            URI uri = URI.create(request.uri().toString().replace(url, server));
            try {
                return sent(
                        HttpRequest.newBuilder(request, (_, _) -> true).uri(uri).build());
            } catch (ConnectException e) {
                unreachable = e; // nothing was sent
            }
        }
        throw unreachable;
    }

    private Answer sent(HttpRequest request) throws IOException, InterruptedException {
        return new Answer(http.send(request, BodyHandlers.ofString()));
    }
}
