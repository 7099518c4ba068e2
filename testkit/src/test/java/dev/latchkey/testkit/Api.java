package dev.latchkey.testkit;

import dev.latchkey.token.Algorithm;
import dev.latchkey.token.Json;
import dev.latchkey.token.JwkSet;
import dev.latchkey.token.Refusal;
import dev.latchkey.token.UnverifiedToken;
import dev.latchkey.token.VerifiedToken;
import dev.latchkey.token.Verifier;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Objects;

/** An application that checks tokens by the published keys and the turned clock, and asks the server about them. */
final class Api {
    static final String AUDIENCE = "https://orders.example";

    private final LatchkeyServer latchkey;
    private final Http http = new Http();

    Api(LatchkeyServer latchkey) {
        this.latchkey = latchkey;
    }

    /** {@code accepted}, or the code of the reason why not. */
    String check(String token) {
        Verifier verifier = Verifier.with(
                        JwkSet.parse(http.get(latchkey.jwksUri()).body()))
                .issuer(latchkey.issuer())
                .audience(AUDIENCE)
                .algorithms(Algorithm.ES256, Algorithm.RS256, Algorithm.EdDSA)
                .type("at+jwt")
                .require("sub", "client_id", "jti")
                .clock(latchkey.clock())
                .build();
        return switch (verifier.check(token)) {
            case VerifiedToken _ -> "accepted";
            case Refusal refusal -> refusal.reason().code();
        };
    }

    int userInfo(String token) {
        return http.get(latchkey.issuer() + "/userinfo", "Authorization", "Bearer " + token)
                .statusCode();
    }

    Map<String, Object> clientCredentials(String clientId, String secret) {
        return Http.members(http.post(
                latchkey.issuer() + "/token",
                Map.of("grant_type", "client_credentials"),
                "Authorization",
                Http.basic(clientId, secret)));
    }

    /** Asks as the client, with its secret. */
    Map<String, Object> introspect(String clientId, String token) {
        return Http.members(http.post(
                latchkey.issuer() + "/introspect",
                Map.of("token", token),
                "Authorization",
                Http.basic(clientId, latchkey.clientSecret(clientId))));
    }

    Object keyIdOf(String token) {
        return Objects.requireNonNull(UnverifiedToken.parse(token).header().get("kid"));
    }

    Map<String, Object> json(String url) {
        HttpResponse<String> answer = http.get(url);
        return Json.parseObject(answer.body());
    }
}
