package dev.latchkey.example.services;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.client.AuthorizedHttpClient;
import dev.latchkey.client.TokenSource;
import dev.latchkey.guard.Guard;
import dev.latchkey.testkit.LatchkeyServer;
import dev.latchkey.testkit.Outage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Both services on free ports, with the real token server by the example's latchkey.yaml and a clock to turn. */
class ServicesTest {
    private static final String SECRET = "secret-of-the-shop-in-this-test";
    private static final Duration A_LIFETIME = Duration.ofMinutes(16);

    private final HttpClient http = HttpClient.newHttpClient();
    private LatchkeyServer latchkey;
    private Guard guard;
    private Stock stock;
    private TokenSource tokens;
    private Shop shop;

    @BeforeEach
    void start() throws IOException {
        String yaml = Files.readString(Path.of("latchkey.yaml"));
        latchkey = LatchkeyServer.start(config -> config.yaml(yaml).environment("SHOP_SECRET", SECRET));
        guard = Guard.issuer(latchkey.issuer())
                .audience(Stock.AUDIENCE)
                .clock(latchkey.clock())
                .timeout(Duration.ofSeconds(30))
                .build();
        stock = new Stock(guard).start(0);
        tokens = tokens(SECRET);
        shop = shop(tokens);
    }

    @AfterEach
    void stop() {
        shop.close();
        stock.close();
        guard.close();
        latchkey.close();
        http.close();
    }

    private TokenSource tokens(String secret) {
        return TokenSource.clientCredentials(latchkey.issuer())
                .client("shop", secret)
                .scope("stock:read")
                .resource(Stock.AUDIENCE)
                .clock(latchkey.clock())
                .build();
    }

    private Shop shop(TokenSource source) {
        return new Shop(AuthorizedHttpClient.of(http, source, stock.url())).start(0);
    }

    private HttpResponse<String> get(String url) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
    }

    private int statusOf(String method, String token) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(stock.url() + "/stock/dune"))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header("Authorization", "Bearer " + token)
                .build();
        return http.send(request, BodyHandlers.ofString()).statusCode();
    }

    @Test
    void theShopAsksTheStock() throws Exception {
        assertThat(get(shop.url() + "/books/dune").body()).contains("\"available\":true");
        assertThat(get(shop.url() + "/books/emma").body()).contains("\"available\":false");
    }

    @Test
    void theStockTellsNobodyElse() throws Exception {
        assertThat(get(stock.url() + "/stock/dune").statusCode()).isEqualTo(401);
        assertThat(statusOf("GET", latchkey.tokenForClient("shop").forged().mint()))
                .isEqualTo(401);
        assertThat(statusOf("GET", tokens.token())).isEqualTo(200);
        assertThat(statusOf("DELETE", tokens.token())).isEqualTo(403);
    }

    @Test
    void aTokenIsUsedUntilItExpiresAndThenThereIsAnother() throws Exception {
        String first = tokens.token();

        assertThat(get(shop.url() + "/books/dune").statusCode()).isEqualTo(200);
        assertThat(tokens.token()).isEqualTo(first);
        latchkey.clock().advance(A_LIFETIME);
        assertThat(statusOf("GET", first)).isEqualTo(401);
        assertThat(get(shop.url() + "/books/dune").statusCode()).isEqualTo(200);
        assertThat(tokens.token()).isNotEqualTo(first);
    }

    @Test
    void howeverManyAskThereIsOneToken() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> asked = Stream.generate(() -> threads.submit(tokens::token))
                    .limit(50)
                    .toList();
            String token = tokens.token();

            for (Future<String> each : asked) {
                assertThat(each.get()).isEqualTo(token);
            }
        }
    }

    @Test
    void aTokenOutlivesAnOutageOfTheTokenServer() throws Exception {
        assertThat(get(shop.url() + "/books/dune").statusCode()).isEqualTo(200);
        try (Outage _ = latchkey.outage()) {
            assertThat(get(shop.url() + "/books/dune").statusCode()).isEqualTo(200);

            latchkey.clock().advance(A_LIFETIME);
            HttpResponse<String> answer = get(shop.url() + "/books/dune");
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        }
        latchkey.clock().advance(Duration.ofMinutes(1));
        assertThat(get(shop.url() + "/books/dune").statusCode()).isEqualTo(200);
    }

    @Test
    void keysRotateUnseen() throws Exception {
        String before = tokens.token();
        assertThat(statusOf("GET", before)).isEqualTo(200);
        latchkey.rotateKeys();

        assertThat(statusOf("GET", before)).isEqualTo(200);
        assertThat(statusOf("GET", tokens(SECRET).token())).isEqualTo(200);
    }

    @Test
    void aShopWhoseSecretWasTakenAwayGetsNoToken() throws Exception {
        try (Shop other = shop(tokens("the secret that it had before"))) {
            assertThat(get(other.url() + "/books/dune").statusCode()).isEqualTo(502);
        }
    }

    @Test
    void aStockThatDoesNotAnswerIsNoMatterOfTheUsers() throws Exception {
        stock.close();

        HttpResponse<String> answer = get(shop.url() + "/books/dune");
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body()).doesNotContain("localhost");
    }
}
