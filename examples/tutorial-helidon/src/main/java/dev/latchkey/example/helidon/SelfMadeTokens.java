package dev.latchkey.example.helidon;

import dev.latchkey.token.Algorithm;
import dev.latchkey.token.Jwk;
import dev.latchkey.token.Jwt;
import dev.latchkey.token.Refusal;
import dev.latchkey.token.VerifiedToken;
import dev.latchkey.token.Verifier;
import io.helidon.http.BadRequestException;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/**
 * The first steps of the tutorials: tokens that an application makes and reads itself, with a secret of its own. Anybody gets
 * one for any name here, so they open nothing; the secret is another at each start.
 */
final class SelfMadeTokens {
    private static final String SELF = "https://tutorial.example/self-made";

    private final Jwk secret = Jwk.generate(Algorithm.HS256);
    private final InstantSource clock;
    private final Verifier verifier;

    SelfMadeTokens(InstantSource clock) {
        this.clock = clock;
        this.verifier = Verifier.with(secret)
                .issuer(SELF)
                .audience(SELF)
                .type("JWT")
                .algorithms(Algorithm.HS256)
                .require("sub")
                .clock(clock)
                .build();
    }

    void create(ServerRequest request, ServerResponse response) {
        String token = Jwt.create(clock)
                .issuer(SELF)
                .subject(request.query().first("user_name").orElseThrow(() -> new BadRequestException("Say user_name")))
                .audience(SELF)
                .expiresIn(Duration.ofMinutes(1))
                .sign(secret);
        Tutorial.send(response, Map.of("access_token", token));
    }

    void decode(ServerRequest request, ServerResponse response) {
        switch (verifier.check(request.query().first("access_token").orElse(""))) {
            case VerifiedToken token -> Tutorial.send(response, Map.of("decoded_token", token.claims()));
            case Refusal refusal -> {
                response.status(Status.UNAUTHORIZED_401);
                Tutorial.send(response, Map.of("error", refusal.reason().code(), "detail", refusal.message()));
            }
        }
    }
}
