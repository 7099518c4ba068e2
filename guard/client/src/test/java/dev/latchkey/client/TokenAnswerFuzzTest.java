package dev.latchkey.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Whatever a token server answers, it is a token that can be sent or a failure of the agreed kind. */
class TokenAnswerFuzzTest {
    private static final URI FROM = URI.create("https://login.example/token");

    @FuzzTest
    void answer(FuzzedDataProvider data) {
        int status = data.pickValue(List.of(200, 400, 401, 403, 429, 500, 503));
        String retryAfter = data.consumeString(40);
        byte[] body = data.consumeRemainingAsBytes();
        HttpHeaders headers = HttpHeaders.of(Map.of("Retry-After", List.of(retryAfter)), (name, value) -> true);
        try {
            TokenAnswer answer = TokenAnswer.of(new Http.Answer(status, headers, body), FROM, Instant.EPOCH);
            assertThat(answer.accessToken()).matches("[\\x21-\\x7e]+");
            assertThat(AccessToken.of("t", Instant.EPOCH, answer.lifetimeSeconds())
                            .expiresAt())
                    .isAfterOrEqualTo(Instant.EPOCH);
        } catch (TokenDeniedException e) {
            assertThat(e.error()).hasSizeLessThanOrEqualTo(200);
            assertThat(e.getMessage()).matches("[\\x20-\\x7e]+");
        } catch (TokenUnavailableException e) {
            assertThat(e.retryAfter().orElse(Duration.ZERO)).isBetween(Duration.ZERO, Duration.ofMinutes(5));
        }
    }
}
