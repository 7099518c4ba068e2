package dev.latchkey.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens go to the API that they are for, once more if need be, and nowhere else. */
class AuthorizedHttpClientTest {
    private final StubTokenServer server = new StubTokenServer();
    private final StubApi api = new StubApi();
    private final HttpClient http = HttpClient.newHttpClient();
    private final TokenSource source = TokenSource.clientCredentials(server.issuer())
            .client("stock", "secret")
            .clock(new TurnedClock())
            .timeout(Duration.ofMinutes(1))
            .build();
    private final AuthorizedHttpClient orders = AuthorizedHttpClient.of(http, source, api.url());

    @AfterEach
    void stop() {
        http.close();
        api.close();
        server.close();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return orders.send(request.build(), BodyHandlers.ofString());
    }

    @Test
    void aRequestHasTheTokenAndNoOther() throws Exception {
        assertThat(send(HttpRequest.newBuilder(orders.uri("orders/7")).header("authorization", "Bearer mine"))
                        .body())
                .isEqualTo("served");

        assertThat(api.seen()).containsExactly("GET token-1");
    }

    @Test
    void aRefusedTokenIsReplacedAndTheRequestSentOnceMore() throws Exception {
        api.taking(token -> token.equals("token-2"));

        assertThat(send(HttpRequest.newBuilder(orders.uri("/orders")).POST(BodyPublishers.ofString("seven")))
                        .statusCode())
                .isEqualTo(200);
        assertThat(api.seen()).containsExactly("POST token-1 seven", "POST token-2 seven");
    }

    @Test
    void aRequestIsNotSentAThirdTimeAndTheServerNotFlooded() throws Exception {
        api.taking(token -> false);
        for (int i = 0; i < 10; i++) {
            assertThat(send(HttpRequest.newBuilder(orders.uri("/orders"))).statusCode())
                    .isEqualTo(401);
        }

        assertThat(server.asked()).hasSize(2);
        assertThat(api.seen()).hasSize(11);
    }

    @Test
    void aBodyThatCannotBeReadTwiceIsNotSentTwice() throws Exception {
        api.taking(token -> token.equals("token-2"));
        InputStream stream = new ByteArrayInputStream("seven".getBytes(StandardCharsets.UTF_8));

        assertThat(send(HttpRequest.newBuilder(orders.uri("/orders")).POST(BodyPublishers.ofInputStream(() -> stream)))
                        .statusCode())
                .isEqualTo(401);
        assertThat(send(HttpRequest.newBuilder(orders.uri("/orders"))).statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer",
                "Bearer error=\"insufficient_scope\"",
                "Bearer error=\"insufficient_user_authentication\"",
                "Bearer error_description=\"not invalid_token\""
            })
    void anotherRefusalIsTheCallersBusiness(String challenge) throws Exception {
        api.taking(token -> false).refusingBy(challenge);

        assertThat(send(HttpRequest.newBuilder(orders.uri("/orders"))).statusCode())
                .isEqualTo(401);
        assertThat(api.seen()).hasSize(1);
    }

    @Test
    void theAnswerThatIsNotGivenIsClosed() throws Exception {
        api.taking(token -> token.equals("token-2"));

        try (InputStream body = orders.send(
                        HttpRequest.newBuilder(orders.uri("/orders")).build(), BodyHandlers.ofInputStream())
                .body()) {
            assertThat(body).hasContent("served");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:1/orders",
                "https://127.0.0.1/orders",
                "http://localhost/orders",
                "https://evil.example/orders",
                "http://evil.example@127.0.0.1/orders"
            })
    void aTokenIsNotSentToAnotherOrigin(String url) {
        assertThatThrownBy(() -> send(HttpRequest.newBuilder(URI.create(url))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void aTokenIsNotSentInTheClearNorAlongARedirect() {
        assertThatThrownBy(() -> AuthorizedHttpClient.of(http, source, "http://orders.example"))
                .isInstanceOf(IllegalArgumentException.class);
        HttpClient following = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        assertThatThrownBy(() -> AuthorizedHttpClient.of(following, source, "https://orders.example"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void withoutATokenNothingIsSent() {
        server.answering(request -> StubTokenServer.json(503, ""));

        assertThatThrownBy(() -> send(HttpRequest.newBuilder(orders.uri("/orders"))))
                .isInstanceOf(TokenUnavailableException.class);
        assertThat(api.seen()).isEmpty();
    }
}
