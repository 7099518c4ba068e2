package dev.latchkey.example.spring;

import dev.latchkey.token.Algorithm;
import dev.latchkey.token.Jwk;
import dev.latchkey.token.Jwt;
import dev.latchkey.token.Refusal;
import dev.latchkey.token.VerifiedToken;
import dev.latchkey.token.Verifier;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The first steps of the tutorials: tokens that an application makes and reads itself, with a secret of its own. Anybody gets
 * one for any name here, so they open nothing; the secret is another at each start.
 */
@RestController
class SelfMadeTokens {
    private static final String SELF = "https://tutorial.example/self-made";

    private final Jwk secret = Jwk.generate(Algorithm.HS256);
    private final InstantSource clock;
    private final Verifier verifier;

    SelfMadeTokens(ObjectProvider<InstantSource> clocks) {
        this.clock = clocks.getIfAvailable(InstantSource::system);
        this.verifier = Verifier.with(secret)
                .issuer(SELF)
                .audience(SELF)
                .type("JWT")
                .algorithms(Algorithm.HS256)
                .require("sub")
                .clock(clock)
                .build();
    }

    @GetMapping("/new_route")
    Map<String, String> create(@RequestParam("user_name") String userName) {
        String token = Jwt.create(clock)
                .issuer(SELF)
                .subject(userName)
                .audience(SELF)
                .expiresIn(Duration.ofMinutes(1))
                .sign(secret);
        return Map.of("access_token", token);
    }

    record Refused(String detail, String error) {}

    @GetMapping("/decode_token")
    ResponseEntity<?> decode(@RequestParam("access_token") String accessToken) {
        return switch (verifier.check(accessToken)) {
            case VerifiedToken token -> ResponseEntity.ok(Map.of("decoded_token", token.claims()));
            case Refusal refusal ->
                ResponseEntity.status(HttpStatus.UNAUTHORIZED)
                        .body(new Refused(refusal.message(), refusal.reason().code()));
        };
    }
}
