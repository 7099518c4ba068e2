package dev.latchkey.example.services;

import dev.latchkey.client.AuthorizedHttpClient;
import dev.latchkey.client.TokenSource;
import dev.latchkey.guard.Guard;
import java.net.http.HttpClient;

/** Starts both services; in earnest each has a program and a machine of its own. */
final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        String issuer = System.getProperty("latchkey.guard.issuer", "http://localhost:9000");
        int port = Integer.getInteger("server.port", 3001);

        Guard guard = Guard.issuer(issuer).audience(Stock.AUDIENCE).build();
        Stock stock = new Stock(guard).start(port + 1);

        TokenSource tokens = TokenSource.clientCredentials(issuer)
                .client("shop", System.getenv("SHOP_SECRET"))
                .scope("stock:read")
                .resource(Stock.AUDIENCE)
                .build();
        Shop shop = new Shop(AuthorizedHttpClient.of(HttpClient.newHttpClient(), tokens, stock.url())).start(port);

        System.out.println("Ask " + shop.url() + "/books/dune; the stock at " + stock.url() + " wants a token");
    }
}
