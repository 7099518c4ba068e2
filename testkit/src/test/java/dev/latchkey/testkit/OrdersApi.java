package dev.latchkey.testkit;

import dev.latchkey.token.Algorithm;
import dev.latchkey.token.JwkSet;
import dev.latchkey.token.Refusal;
import dev.latchkey.token.VerifiedToken;
import dev.latchkey.token.Verifier;
import java.time.Clock;
import java.util.List;

/** The API of the guide's examples: knows the issuer's keys from its start, and wants a scope for its orders. */
final class OrdersApi {
    private final Verifier verifier;

    /** An answer to a request. */
    record Answer(int status) {}

    OrdersApi(String issuer, Clock clock) {
        try (Http http = new Http()) {
            verifier = Verifier.with(JwkSet.parse(http.get(issuer + "/jwks").body()))
                    .issuer(issuer)
                    .audience("https://orders.example")
                    .algorithms(Algorithm.ES256)
                    .type("at+jwt")
                    .clock(clock)
                    .build();
        }
    }

    Answer get(String path, String token) {
        return switch (verifier.check(token)) {
            case Refusal _ -> new Answer(401);
            case VerifiedToken good ->
                List.of(String.valueOf(good.string("scope")).split(" ")).contains("orders:read")
                        ? new Answer(path.equals("/orders") ? 200 : 404)
                        : new Answer(403);
        };
    }
}
