package dev.latchkey.client.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.client.StubApi;
import dev.latchkey.client.TokenSource;
import dev.latchkey.testkit.LatchkeyServer;
import dev.latchkey.token.Algorithm;
import dev.latchkey.token.VerifiedToken;
import dev.latchkey.token.Verifier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.SpringVersion;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;

/** Spring's RestClient with tokens of the real server. */
class TokenInterceptorTest {
    private static final String ORDERS = "https://orders.example";

    private final LatchkeyServer latchkey =
            LatchkeyServer.start(config -> config.audience(ORDERS).client("stock", client -> {}));
    private final StubApi api = new StubApi().taking(this::counts);
    private final TokenSource source = TokenSource.clientCredentials(latchkey.issuer())
            .client("stock", latchkey.clientSecret("stock"))
            .resource(ORDERS)
            .clock(latchkey.clock())
            .build();
    private final RestClient orders = RestClient.builder()
            .requestFactory(new JdkClientHttpRequestFactory())
            .baseUrl(api.url())
            .requestInterceptor(new TokenInterceptor(source, api.url()))
            .build();

    @AfterEach
    void stop() {
        api.close();
        latchkey.close();
    }

    private boolean counts(String token) {
        return Verifier.with(latchkey.jwks())
                        .issuer(latchkey.issuer())
                        .audience(ORDERS)
                        .algorithms(Algorithm.ES256)
                        .type("at+jwt")
                        .clock(latchkey.clock())
                        .build()
                        .check(token)
                instanceof VerifiedToken;
    }

    /** The build runs this on two versions of Spring, and it must not be the same one twice. */
    @Test
    void theVersionOfSpringIsTheOneThatTheBuildSays() {
        assertThat(SpringVersion.getVersion()).startsWith(System.getProperty("dev.latchkey.client.spring", "7") + ".");
    }

    @Test
    void aRequestHasAToken() {
        assertThat(orders.get().uri("/orders/7").retrieve().body(String.class)).isEqualTo("served");
        assertThat(api.seen()).containsExactly("GET " + source.token());
    }

    @Test
    void aTokenOfAWithdrawnKeyIsReplacedAndTheRequestSentOnceMore() {
        String first = source.token();
        latchkey.withdrawKeys();

        assertThat(orders.post().uri("/orders").body("seven").retrieve().body(String.class))
                .isEqualTo("served");
        assertThat(api.seen()).containsExactly("POST " + first + " seven", "POST " + source.token() + " seven");
        assertThat(source.token()).isNotEqualTo(first);
    }

    @Test
    void whatIsRefusedTwiceIsRefused() {
        api.taking(token -> false);

        assertThatThrownBy(() -> orders.get().uri("/orders").retrieve().body(String.class))
                .isInstanceOf(HttpClientErrorException.Unauthorized.class);
        assertThat(api.seen()).hasSize(2);
    }

    @Test
    void aTokenIsNotSentToAnotherOrigin() {
        assertThatThrownBy(() ->
                        orders.get().uri("http://localhost:1/orders").retrieve().body(String.class))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
