package dev.latchkey.guard.corpus;

import com.nimbusds.jose.jwk.JWK;
import dev.latchkey.token.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes tokens of any header and any payload, with a signature that is right for both unless it is given one. */
final class Mint {
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final String ISSUER = "https://login.example";
    static final String AUDIENCE = "https://orders.example";

    static final String HEADER = "{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"es256\"}";
    static final String CLAIMS = claimsAnd("");

    private Mint() {}

    static long at(long secondsFromNow) {
        return NOW.getEpochSecond() + secondsFromNow;
    }

    /** Sound claims and these JSON members, which begin with a comma. */
    static String claimsAnd(String members) {
        return "{\"iss\":\"" + ISSUER + "\",\"sub\":\"alice\",\"aud\":\"" + AUDIENCE
                + "\",\"client_id\":\"web\",\"exp\":" + at(300) + ",\"iat\":" + at(-60)
                + ",\"jti\":\"c0rpus\",\"scope\":\"orders:read\"" + members + "}";
    }

    /** Sound claims, one with another value. */
    static String claimsBut(String name, String json) {
        Map<String, String> members = members();
        members.put(name, json);
        return object(members);
    }

    static String claimsWithout(String name) {
        Map<String, String> members = members();
        members.remove(name);
        return object(members);
    }

    private static Map<String, String> members() {
        Map<String, String> members = new LinkedHashMap<>();
        Json.parseObject(CLAIMS).forEach((name, value) -> members.put(name, Json.write(value)));
        return members;
    }

    private static String object(Map<String, String> members) {
        StringBuilder text = new StringBuilder("{");
        members.forEach((name, json) -> text.append(text.length() == 1 ? "\"" : ",\"")
                .append(name)
                .append("\":")
                .append(json));
        return text.append('}').toString();
    }

    static String good() {
        return token(HEADER, CLAIMS);
    }

    static String withHeader(String header) {
        return token(header, CLAIMS);
    }

    /** The usual header and these JSON members, which begin with a comma. */
    static String withHeaderAnd(String members) {
        return withHeader(HEADER.replace("}", members + "}"));
    }

    static String withClaims(String claims) {
        return token(HEADER, claims);
    }

    static String withPayload(byte[] payload) {
        return spelled(base64(utf8(HEADER)), base64(payload));
    }

    static String token(String header, String claims) {
        return spelled(base64(utf8(header)), base64(utf8(claims)));
    }

    /** Signed with the key of this name by its own algorithm, as header and claims say or do not say. */
    static String token(String header, String claims, String key) {
        JWK jwk = Keys.jwk(key);
        String algorithm =
                jwk.getAlgorithm() == null ? "RS256" : jwk.getAlgorithm().getName();
        return token(header, claims, key, algorithm);
    }

    static String token(String header, String claims, String key, String algorithm) {
        String input = base64(utf8(header)) + '.' + base64(utf8(claims));
        return input + '.' + base64(Signing.sign(algorithm, Keys.privateKey(key), utf8(input)));
    }

    /** The usual claims under this header, with a MAC by these bytes. */
    static String withMac(String header, String algorithm, byte[] secret) {
        String input = base64(utf8(header)) + '.' + base64(utf8(CLAIMS));
        return input + '.' + base64(Signing.mac(algorithm, secret, utf8(input)));
    }

    /** These parts as they are, with a signature that is right for them. */
    static String spelled(String headerPart, String payloadPart) {
        String input = headerPart + '.' + payloadPart;
        return input + '.' + base64(Signing.sign("ES256", Keys.privateKey("es256"), utf8(input)));
    }

    /** The good token with another signature. */
    static String signedBy(byte[] signature) {
        return input() + '.' + base64(signature);
    }

    /** What of the good token is signed. */
    static String input() {
        return good().substring(0, good().lastIndexOf('.'));
    }

    static String header(String algorithm, String keyId) {
        return "{\"alg\":\"" + algorithm + "\",\"typ\":\"at+jwt\",\"kid\":\"" + keyId + "\"}";
    }

    static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
