package dev.latchkey.client;

import static dev.latchkey.client.StubTokenServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.client.StubTokenServer.Asked;
import dev.latchkey.client.StubTokenServer.Reply;
import dev.latchkey.token.Algorithm;
import dev.latchkey.token.Jwk;
import dev.latchkey.token.Jwt;
import dev.latchkey.token.TokenRefusedException;
import dev.latchkey.token.VerifiedToken;
import dev.latchkey.token.Verifier;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tokens by the tokens of others, at a small endpoint of RFC 8693. */
class ExchangeTest {
    private static final String TYPE = "urn:ietf:params:oauth:token-type:access_token";

    private final Jwk key = Jwk.generate(Algorithm.ES256);
    private final TurnedClock clock = new TurnedClock();
    private final StubTokenServer server = new StubTokenServer().answering(this::exchanged);
    private final Verifier subjects = Verifier.with(key.toPublic())
            .issuer("https://login.example")
            .audience("https://shop.example")
            .algorithms(Algorithm.ES256)
            .type("at+jwt")
            .clock(clock)
            .build();
    private String current = "";
    private final TokenSource source = TokenSource.exchange(server.issuer(), () -> current)
            .client("shop", "secret")
            .scope("orders:read")
            .resource("https://orders.example")
            .audience("orders")
            .clock(clock)
            .timeout(Duration.ofMinutes(1))
            .executor(Runnable::run)
            .build();

    @AfterEach
    void stop() {
        server.close();
    }

    private String tokenOf(String user) {
        return Jwt.create(clock)
                .issuer("https://login.example")
                .audience("https://shop.example")
                .subject(user)
                .type("at+jwt")
                .expiresIn(Duration.ofMinutes(10))
                .sign(key);
    }

    /** RFC 8693 §2.1, §2.2. */
    private Reply exchanged(Asked request) {
        try {
            VerifiedToken subject = subjects.verify(request.one("subject_token"));
            boolean right = request.one("grant_type").equals("urn:ietf:params:oauth:grant-type:token-exchange")
                    && request.one("subject_token_type").equals(TYPE)
                    && request.one("requested_token_type").equals(TYPE)
                    && request.one("resource").equals("https://orders.example")
                    && request.one("audience").equals("orders")
                    && request.one("scope").equals("orders:read");
            return right
                    ? json(
                            200,
                            "{\"access_token\":\"for-" + subject.subject() + "-"
                                    + server.asked().size()
                                    + "\",\"issued_token_type\":\"" + TYPE
                                    + "\",\"token_type\":\"Bearer\",\"expires_in\":100}")
                    : json(400, "{\"error\":\"invalid_target\"}");
        } catch (TokenRefusedException e) {
            return json(
                    400, "{\"error\":\"invalid_request\",\"error_description\":\"the subject token counts no more\"}");
        }
    }

    @Test
    void eachUserHasTokensOfItsOwn() {
        String alice = tokenOf("alice");
        String bob = tokenOf("bob");
        current = alice;
        assertThat(source.token()).isEqualTo("for-alice-1");
        current = bob;
        assertThat(source.token()).isEqualTo("for-bob-2");
        current = alice;
        assertThat(source.token()).isEqualTo("for-alice-1");

        assertThat(server.asked()).hasSize(2);
    }

    @Test
    void theNextTokenIsForTheSameUser() {
        String alice = tokenOf("alice");
        String bob = tokenOf("bob");
        current = alice;
        source.token();
        current = bob;
        source.token();
        clock.advanceSeconds(80);
        current = alice;
        source.token();

        assertThat(source.token()).isEqualTo("for-alice-3");
    }

    @Test
    void aTokenThatWasRefusedIsForgottenAndThatOfOthersKept() {
        current = tokenOf("alice");
        String first = source.token();
        source.invalidate(first);

        assertThat(source.token()).isEqualTo("for-alice-2");
    }

    @Test
    void aSubjectTokenThatExpiredIsADenialForThatUserAlone() {
        current = tokenOf("alice");
        source.token();
        clock.advance(Duration.ofMinutes(11));

        assertThatThrownBy(source::token)
                .isInstanceOfSatisfying(
                        TokenDeniedException.class, e -> assertThat(e.error()).isEqualTo("invalid_request"));
        current = tokenOf("bob");
        assertThat(source.token()).startsWith("for-bob");
    }

    @Test
    void whatIsNoAccessTokenIsNotGiven() {
        server.answering(
                request -> json(
                        200,
                        "{\"access_token\":\"t\",\"token_type\":\"Bearer\",\"issued_token_type\":\"urn:ietf:params:oauth:token-type:refresh_token\"}"));
        current = tokenOf("alice");

        assertThatThrownBy(source::token).isInstanceOf(TokenUnavailableException.class);
    }

    @Test
    void moreUsersThanAreKeptDoNoHarm() {
        server.answering(request -> json(
                200,
                "{\"access_token\":\"t\",\"token_type\":\"Bearer\",\"issued_token_type\":\"" + TYPE
                        + "\",\"expires_in\":100}"));
        for (int user = 0; user < 1001; user++) {
            current = "user-" + user;
            source.token();
        }
        current = "user-1000";
        source.token();
        assertThat(server.asked()).hasSize(1001);
        current = "user-0";
        source.token();

        assertThat(server.asked()).hasSize(1002);
    }
}
