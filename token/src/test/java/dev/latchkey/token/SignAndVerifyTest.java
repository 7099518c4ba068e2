package dev.latchkey.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A token's whole way, with every algorithm. */
class SignAndVerifyTest {
    private final InstantSource clock = InstantSource.fixed(Instant.parse("2026-03-01T12:00:00Z"));

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void whatIsSignedIsVerified(Algorithm algorithm) {
        Jwk key = Jwk.generate(algorithm);
        String token = Jwt.create(clock)
                .issuer("https://login.example")
                .subject("Sir Ameen")
                .audience("https://orders.example")
                .expiresIn(Duration.ofMinutes(1))
                .claim("scope", "orders:read")
                .sign(key);
        Jwk checking = algorithm.isSymmetric() ? key : Jwk.parse(key.toPublic().toJson());

        VerifiedToken verified = Verifier.with(checking)
                .issuer("https://login.example")
                .audience("https://orders.example")
                .algorithms(algorithm)
                .type("JWT")
                .clock(clock)
                .build()
                .verify(token);

        assertThat(verified.subject()).isEqualTo("Sir Ameen");
        assertThat(verified.expiresAt()).isEqualTo(Instant.parse("2026-03-01T12:01:00Z"));
        assertThat(verified.keyId()).isEqualTo(key.keyId());
        assertThat(verified.string("scope")).isEqualTo("orders:read");
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void aKeySurvivesItsOwnText(Algorithm algorithm) {
        Jwk key = Jwk.generate(algorithm);
        assertThat(Jwk.parse(key.toJson()).toMap()).isEqualTo(key.toMap());
    }
}
