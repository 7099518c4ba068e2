package dev.latchkey.example.services;

import dev.latchkey.client.AuthorizedHttpClient;
import dev.latchkey.client.TokenDeniedException;
import dev.latchkey.client.TokenUnavailableException;
import dev.latchkey.token.Json;
import io.javalin.Javalin;
import io.javalin.http.Context;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/** The service that calls: anybody may ask it whether there is a book, and it asks the stock. */
final class Shop implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Shop.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final AuthorizedHttpClient stock;
    private final Javalin javalin;

    /** @param stock sends to the stock, each time with a token that counts */
    Shop(AuthorizedHttpClient stock) {
        this.stock = stock;
        this.javalin = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.routes.get("/books/{book}", this::book);
        });
    }

    Shop start(int port) {
        javalin.start("127.0.0.1", port);
        return this;
    }

    String url() {
        return "http://localhost:" + javalin.port();
    }

    private void book(Context context) throws InterruptedException {
        String book = context.pathParam("book");
        if (!book.matches("[a-z]{1,40}")) {
            Stock.send(context, 404, Map.of("detail", "Not Found"));
            return;
        }
        try {
            HttpRequest request = HttpRequest.newBuilder(stock.uri("/stock/" + book))
                    .timeout(PATIENCE)
                    .build();
            answer(context, book, stock.send(request, BodyHandlers.ofString()));
        } catch (TokenUnavailableException e) { // the token server is away: a moment later it may be back
            long seconds = Math.max(1, e.retryAfter().orElse(Duration.ZERO).toSeconds());
            context.header("Retry-After", Long.toString(seconds));
            Stock.send(context, 503, Map.of("detail", "Please try again in a moment"));
        } catch (TokenDeniedException e) { // nothing helps but somebody who looks at it
            fail(context, "the token server gives no token: " + e.error());
        } catch (IOException e) {
            fail(context, "the stock does not answer");
        }
    }

    private static void answer(Context context, String book, HttpResponse<String> answer) {
        if (answer.statusCode() != 200) {
            fail(context, "the stock answers " + answer.statusCode());
            return;
        }
        boolean available = Json.parseObject(answer.body()).get("left") instanceof Number left && left.intValue() > 0;
        Stock.send(context, 200, Map.of("book", book, "available", available));
    }

    private static void fail(Context context, String why) {
        LOG.log(System.Logger.Level.ERROR, why);
        Stock.send(context, 502, Map.of("detail", "We cannot look that up"));
    }

    @Override
    public void close() {
        javalin.stop();
    }
}
