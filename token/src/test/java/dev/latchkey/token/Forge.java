package dev.latchkey.token;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;

/** Makes tokens that no {@link JwtBuilder} makes: any header, any payload, and a signature that is right for both. */
final class Forge {
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final String ISSUER = "https://login.example";
    static final String AUDIENCE = "https://orders.example";

    static final Jwk EC_KEY = Jwk.generate(Algorithm.ES256).withKeyId("ec");
    static final Jwk RSA_KEY = Jwk.generate(Algorithm.RS256).withKeyId("rsa");
    static final Jwk ED_KEY = Jwk.generate(Algorithm.EdDSA).withKeyId("ed");
    static final Jwk SECRET = Jwk.generate(Algorithm.HS256).withKeyId("secret");
    static final Jwk STRANGER = Jwk.generate(Algorithm.ES256).withKeyId("ec");

    static final String HEADER = "{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"ec\"}";
    static final String CLAIMS = claims("");

    private Forge() {}

    /** What an API expects. */
    static VerifierBuilder expectations() {
        return Verifier.with(JwkSet.of(EC_KEY.toPublic(), RSA_KEY.toPublic(), ED_KEY.toPublic()))
                .issuer(ISSUER)
                .audience(AUDIENCE)
                .algorithms(Algorithm.ES256)
                .type("at+jwt")
                .require("sub", "jti")
                .clock(InstantSource.fixed(NOW));
    }

    /** Sound claims, but for what the JSON members in {@code others} say. */
    static String claims(String others) {
        return "{\"iss\":\"" + ISSUER + "\",\"aud\":\"" + AUDIENCE + "\",\"sub\":\"alice\",\"jti\":\"1\",\"iat\":"
                + at(-60) + ",\"exp\":" + at(60) + others + "}";
    }

    /** Sound claims with one value replaced, or left out where it is empty. */
    static String claimsBut(String name, String json) {
        StringBuilder text = new StringBuilder("{");
        Json.parseObject(CLAIMS).forEach((key, value) -> {
            String written = key.equals(name) ? json : Json.write(value);
            if (!written.isEmpty()) {
                text.append(text.length() > 1 ? "," : "")
                        .append('"')
                        .append(key)
                        .append("\":")
                        .append(written);
            }
        });
        if (!CLAIMS.contains('"' + name + '"')) {
            text.append(",\"").append(name).append("\":").append(json);
        }
        return text.append('}').toString();
    }

    static long at(long secondsFromNow) {
        return NOW.plusSeconds(secondsFromNow).getEpochSecond();
    }

    static String good() {
        return token(HEADER, CLAIMS);
    }

    static String withHeader(String header) {
        return token(header, CLAIMS);
    }

    static String withClaims(String claims) {
        return token(HEADER, claims);
    }

    static String token(String header, String claims) {
        return token(utf8(header), utf8(claims), EC_KEY);
    }

    static String token(String header, String claims, Jwk key) {
        return token(utf8(header), utf8(claims), key);
    }

    static String token(byte[] header, byte[] claims, Jwk key) {
        String input = Base64Url.encode(header) + '.' + Base64Url.encode(claims);
        return input + '.' + Base64Url.encode(signature(input, key));
    }

    /** These parts as they are, with a signature that is right for them. */
    static String spelled(String headerPart, String payloadPart) {
        String input = headerPart + '.' + payloadPart;
        return input + '.' + Base64Url.encode(signature(input, EC_KEY));
    }

    static byte[] signature(String input, Jwk key) {
        byte[] bytes = utf8(input);
        return key.signer().sign(bytes, bytes.length);
    }

    /** The good token with another signature. */
    static String signedBy(byte[] signature) {
        String good = good();
        return good.substring(0, good.lastIndexOf('.') + 1) + Base64Url.encode(signature);
    }

    /** A member that is there. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    static <T> T member(Map<String, Object> object, String name) {
        return (T) Objects.requireNonNull(object.get(name), name);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static Jwk secretOf(byte[] bytes) {
        return Jwk.secret(Algorithm.HS256, bytes);
    }

    static String builtGood() {
        return Jwt.create(InstantSource.fixed(NOW))
                .issuer(ISSUER)
                .audience(AUDIENCE)
                .subject("alice")
                .id("1")
                .type("at+jwt")
                .expiresIn(Duration.ofMinutes(1))
                .sign(EC_KEY);
    }
}
