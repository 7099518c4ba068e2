package dev.latchkey.guard;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Whatever an Authorization header says, it is read or refused in the agreed way, and what is read is in it. */
class CredentialsFuzzTest {
    private static final Challenges CHALLENGES = new Challenges(true, null, null, false, null);

    @FuzzTest
    void header(byte[] bytes) {
        String value = new String(bytes, StandardCharsets.ISO_8859_1);
        SentRequest request = SentRequest.get("https://orders.example/").with("Authorization", value);
        Credentials credentials;
        try {
            credentials = Credentials.of(request, CHALLENGES);
        } catch (RefusedException e) {
            assertThat(e.answer().status()).isIn(400, 401);
            return;
        }
        if (credentials instanceof Credentials.Token token) {
            assertThat(value).contains(token.text());
            assertThat(token.text()).isNotEmpty().matches("[A-Za-z0-9._~+/=-]+");
        }
    }
}
