package dev.latchkey.guard;

import dev.latchkey.token.Algorithm;
import dev.latchkey.token.Jwk;
import dev.latchkey.token.JwkSet;
import dev.latchkey.token.Jwt;
import dev.latchkey.token.JwtBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Issues access tokens by a key of its own and a clock that a test turns. */
final class TestIssuer implements InstantSource {
    static final String NAME = "https://login.example";
    static final String AUDIENCE = "https://orders.example";

    private final Jwk key;
    private Instant now = Instant.parse("2026-06-01T12:00:00Z");

    TestIssuer() {
        this(Jwk.generate(Algorithm.ES256));
    }

    TestIssuer(Jwk key) {
        this.key = key;
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    synchronized void turn(Duration duration) {
        now = now.plus(duration);
    }

    JwkSet keys() {
        return JwkSet.of(key.toPublic());
    }

    /** An access token of alice as RFC 9068 has it, to be signed as it is or changed before. */
    JwtBuilder token() {
        return Jwt.create(this)
                .type("at+jwt")
                .issuer(NAME)
                .subject("alice")
                .audience(AUDIENCE)
                .claim("client_id", "web")
                .claim("scope", "orders:read profile")
                .issuedAt(instant())
                .expiresIn(Duration.ofMinutes(5))
                .id("token-1");
    }

    String signed() {
        return token().sign(key);
    }

    String sign(JwtBuilder token) {
        return token.sign(key);
    }

    /** A guard that has its keys already. */
    GuardBuilder guard() {
        return Guard.issuer(TrustedIssuer.of(NAME).keys(keys()))
                .audience(AUDIENCE)
                .clock(this);
    }
}
