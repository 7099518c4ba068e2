package dev.latchkey.guard.contract;

import dev.latchkey.guard.ApiKeys;
import dev.latchkey.guard.Caller;
import dev.latchkey.guard.Guard;
import dev.latchkey.guard.GuardBuilder;
import dev.latchkey.guard.TrustedIssuer;
import dev.latchkey.token.Algorithm;
import dev.latchkey.token.Jwk;
import dev.latchkey.token.JwkSet;
import dev.latchkey.token.Jwt;
import dev.latchkey.token.JwtBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Issues the contract's access tokens, by a key of its own and a clock that a test turns. */
public final class Issuer implements InstantSource {
    public static final String NAME = "https://login.example";
    public static final String AUDIENCE = "https://orders.example";

    private final Jwk key = Jwk.generate(Algorithm.ES256);
    private Instant now = Instant.parse("2026-06-01T12:00:00Z");

    @Override
    public synchronized Instant instant() {
        return now;
    }

    synchronized void turn(Duration duration) {
        now = now.plus(duration);
    }

    /** An access token of alice, who may read orders, as RFC 9068 has it: to be changed and then signed. */
    public JwtBuilder token() {
        return Jwt.create(this)
                .type("at+jwt")
                .issuer(NAME)
                .subject("alice-1")
                .audience(AUDIENCE)
                .claim("client_id", "web")
                .claim("username", "alice")
                .claim("scope", "orders:read")
                .issuedAt(instant())
                .expiresIn(Duration.ofMinutes(5))
                .id("token-1");
    }

    public String sign(JwtBuilder token) {
        return token.sign(key);
    }

    /** The same key by its name, another by its bits. */
    String signFalsely(JwtBuilder token) {
        return token.sign(Jwk.generate(Algorithm.ES256).withKeyId(key.keyId()));
    }

    /** Whom the guard trusts: this issuer by its fixed keys, so that nothing is fetched. */
    public TrustedIssuer trusted() {
        return TrustedIssuer.of(NAME).keys(JwkSet.of(key.toPublic()));
    }

    /** A guard that offers every scheme: tokens, name and password, API keys. */
    public GuardBuilder guard() {
        return guard(trusted());
    }

    GuardBuilder guard(TrustedIssuer trusted) {
        return Guard.issuer(trusted)
                .audience(AUDIENCE)
                .clock(this)
                .apiKey("X-API-Key", ApiKeys.of(Map.of("key-of-the-robot", robot())))
                .basic("orders", Issuer::bob);
    }

    /** A token as it is asked for most. */
    public String aliceToken() {
        return sign(token());
    }

    String adminToken() {
        return sign(token().claim("roles", List.of("admin")));
    }

    private static Caller robot() {
        return Caller.of("robot").withScopes("orders:read", "orders:write");
    }

    private static Optional<Caller> bob(String name, String password) {
        return name.equals("bob") && password.equals("secret:1") ? Optional.of(Caller.of("bob")) : Optional.empty();
    }
}
