package dev.latchkey.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The issuer goes away in three ways, and comes back at the same address with the same users, sessions and keys. */
@LatchkeyTest
class OutageTest {
    private final LatchkeyServer latchkey;
    private final HttpClient client = HttpClient.newHttpClient();

    OutageTest(LatchkeyServer latchkey) {
        this.latchkey = latchkey;
    }

    @AfterEach
    void close() {
        client.shutdownNow();
    }

    private HttpResponse<String> ask(Duration patience) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(latchkey.jwksUri()))
                        .timeout(patience)
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> ask() throws IOException, InterruptedException {
        return ask(Duration.ofSeconds(60));
    }

    @Test
    void connectionsAreRefusedWhileItIsUnreachable() throws Exception {
        assertThat(ask().statusCode()).isEqualTo(200);

        try (Outage _ = latchkey.outage()) {
            assertThatExceptionOfType(ConnectException.class).isThrownBy(this::ask);
        }
        assertThat(ask().statusCode()).isEqualTo(200);
    }

    @Test
    void everyAnswerIs503WhileItIsUnavailable() throws Exception {
        try (Outage _ = latchkey.outage(Outage.Kind.UNAVAILABLE)) {
            HttpResponse<String> answer = ask();

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
        }
        assertThat(ask().statusCode()).isEqualTo(200);
    }

    @Test
    void nothingIsAnsweredWhileItIsSilent() throws Exception {
        try (Outage _ = latchkey.outage(Outage.Kind.SILENT)) {
            assertThatExceptionOfType(HttpTimeoutException.class).isThrownBy(() -> ask(Duration.ofMillis(300)));
        }
        assertThat(ask().statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    void itComesBackWithWhatItHad(Outage.Kind kind) throws Exception {
        String issuer = latchkey.issuer();
        Tokens tokens = latchkey.login("alice");
        String keys = ask().body();
        String meanwhile;

        try (Outage _ = latchkey.outage(kind)) {
            meanwhile =
                    latchkey.tokenFor("bob").scope("openid").audience(issuer).mint();
            latchkey.clock().advance(Duration.ofMinutes(1));
        }

        assertThat(latchkey.issuer()).isEqualTo(issuer);
        assertThat(ask().body()).isEqualTo(keys);
        assertThat(latchkey.refresh(tokens).claims())
                .containsEntry("sid", tokens.claims().get("sid"));
        assertThat(new Api(latchkey).userInfo(meanwhile)).isEqualTo(200);
    }

    @Test
    void oneOutageIsEnough() {
        Outage outage = latchkey.outage();
        assertThatIllegalStateException().isThrownBy(latchkey::outage);

        outage.close();
        outage.close();

        assertThat(latchkey.login("alice").scope()).contains("openid");
    }

    @Test
    void aServerThatIsOutCanBeClosed() throws Exception {
        LatchkeyServer own = LatchkeyServer.start();
        String issuer = own.issuer();
        own.outage(Outage.Kind.SILENT);

        own.close();
        own.close();

        assertThatExceptionOfType(ConnectException.class)
                .isThrownBy(() ->
                        client.send(HttpRequest.newBuilder(URI.create(issuer)).build(), BodyHandlers.discarding()));
    }
}
