package dev.latchkey.testkit;

import dev.latchkey.token.UnverifiedToken;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a login was answered with (RFC 6749 §5.1). Immutable. */
public final class Tokens {
    private final String clientId;
    private final Map<String, Object> answer;

    Tokens(String clientId, Map<String, Object> answer) {
        this.clientId = clientId;
        this.answer = new LinkedHashMap<>(answer);
    }

    /** The client that they were given to. */
    public String clientId() {
        return clientId;
    }

    public String accessToken() {
        return text("access_token");
    }

    /**
     * Gets the next tokens.
     *
     * @throws IllegalStateException when the client was given none
     */
    public String refreshToken() {
        return text("refresh_token");
    }

    /**
     * Says who signed in.
     *
     * @throws IllegalStateException when the login was not by a browser, or not with {@code openid}
     */
    public String idToken() {
        return text("id_token");
    }

    /** The scope that was granted. */
    public String scope() {
        return text("scope");
    }

    /** How long the access token is valid. */
    public Duration expiresIn() {
        return answer.get("expires_in") instanceof Number seconds
                ? Duration.ofSeconds(seconds.longValue())
                : Duration.ZERO;
    }

    /** What the access token claims. */
    public Map<String, Object> claims() {
        return UnverifiedToken.parse(accessToken()).claims();
    }

    private String text(String member) {
        if (answer.get(member) instanceof String text) {
            return text;
        }
        throw new IllegalStateException("the answer has no " + member + ", only " + answer.keySet());
    }

    @Override
    public String toString() {
        return "Tokens" + answer.keySet();
    }
}
