package dev.latchkey.token;

import static dev.latchkey.token.BadToken.malformed;

import java.util.Base64;
import java.util.stream.Stream;

/** Tokens with a correct signature over claims that must not be accepted. */
final class BadClaims {
    private BadClaims() {}

    static Stream<BadToken> all() {
        return Stream.of(json(), kinds(), times(), issuers(), audiences(), missing())
                .flatMap(tokens -> tokens);
    }

    private static Stream<BadToken> json() {
        Stream<BadToken> texts = Stream.of(
                        " ",
                        "null",
                        "true",
                        "\"" + Forge.good() + "\"",
                        Forge.good(),
                        "[" + Forge.CLAIMS + "]",
                        "[[\"iss\",\"" + Forge.ISSUER + "\"]]",
                        Forge.CLAIMS + Forge.CLAIMS,
                        Forge.CLAIMS + "}",
                        "Payload",
                        "iss=" + Forge.ISSUER,
                        "<claims/>",
                        Forge.claims(","),
                        Forge.claims(",\"x\""),
                        Forge.claims(",\"x\":\"\\ud83d\""),
                        Forge.claims(",\"x\":\"\\ude00\\ud83d\""),
                        Forge.claims(",\"x\":\"\t\""),
                        Forge.claims(",\"x\":1e400000"),
                        Forge.claims(",\"x\":" + "1".repeat(101)),
                        Forge.claims(",\"x\":" + "[".repeat(32) + "]".repeat(32)),
                        Forge.claims(",\"exp\":" + Forge.at(3600)),
                        Forge.claims(",\"sub\":\"admin\""),
                        Forge.claims(",\"\\u0073ub\":\"admin\""),
                        Forge.claims(",\"scope\":\"a\",\"scope\":\"b\""),
                        Forge.claims(",\"cnf\":{\"jkt\":\"a\",\"jkt\":\"b\"}"),
                        Forge.claims(",\"a\":[{\"b\":1,\"b\":1}]"))
                .map(claims -> malformed(
                        "claims " + claims.substring(Math.max(0, claims.length() - 50)), Forge.withClaims(claims)));
        byte[] latin1 =
                Forge.CLAIMS.replace("alice", "al\u00EFce").getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        byte[] utf16 = Forge.CLAIMS.getBytes(java.nio.charset.StandardCharsets.UTF_16);
        byte[] encodedTwice = Base64.getUrlEncoder().withoutPadding().encode(Forge.utf8(Forge.CLAIMS));
        Stream<BadToken> bytes = Stream.of(latin1, utf16, encodedTwice, new byte[] {0}, new byte[] {31, (byte) 139, 8})
                .map(claims -> malformed(
                        "claims in " + claims.length + " other bytes",
                        Forge.token(Forge.utf8(Forge.HEADER), claims, Forge.EC_KEY)));
        return Stream.concat(texts, bytes);
    }

    private static Stream<BadToken> kinds() {
        Stream<BadToken> times = Stream.of("exp", "nbf", "iat")
                .flatMap(name -> Stream.of(
                                "null",
                                "\"" + Forge.at(60) + "\"",
                                "\"2026-03-01T12:01:00Z\"",
                                "true",
                                "[" + Forge.at(60) + "]",
                                "{}",
                                "-1",
                                "-0.5",
                                "253402300800",
                                Forge.at(60) + "000",
                                "99999999999999999999",
                                "1e300")
                        .map(value -> malformed(
                                "claim " + name + " " + value, Forge.withClaims(Forge.claimsBut(name, value)))));
        Stream<BadToken> texts = Stream.of("iss", "sub", "jti")
                .flatMap(name -> Stream.of("null", "1", "true", "[\"" + Forge.ISSUER + "\"]", "{}")
                        .map(value -> malformed(
                                "claim " + name + " " + value, Forge.withClaims(Forge.claimsBut(name, value)))));
        Stream<BadToken> audiences = Stream.of(
                        "null",
                        "1",
                        "true",
                        "{}",
                        "[1]",
                        "[null]",
                        "[\"" + Forge.AUDIENCE + "\",1]",
                        "[[\"" + Forge.AUDIENCE + "\"]]")
                .map(value -> malformed("claim aud " + value, Forge.withClaims(Forge.claimsBut("aud", value))));
        return Stream.of(times, texts, audiences).flatMap(tokens -> tokens);
    }

    private static Stream<BadToken> times() {
        Stream<BadToken> expired = Stream.of(
                        "0",
                        "1",
                        "0.0",
                        "1e9",
                        "" + Forge.at(0),
                        Forge.at(0) + ".0",
                        "" + Forge.at(-1),
                        Forge.at(-1) + ".999999999999")
                .map(exp -> refused("expired at " + exp, "exp", exp, RefusalReason.EXPIRED));
        Stream<BadToken> early = Stream.of("" + Forge.at(1), Forge.at(0) + ".5", "" + Forge.at(3600), "253402300799")
                .map(nbf -> refused("not before " + nbf, "nbf", nbf, RefusalReason.NOT_YET_VALID));
        Stream<BadToken> future = Stream.of("" + Forge.at(61), "" + Forge.at(86_400))
                .map(iat -> refused("issued at " + iat, "iat", iat, RefusalReason.NOT_YET_VALID));
        return Stream.of(expired, early, future).flatMap(tokens -> tokens);
    }

    private static Stream<BadToken> issuers() {
        return Stream.of(
                        "https://login.example/",
                        "https://login.example.",
                        "HTTPS://login.example",
                        "https://Login.example",
                        "http://login.example",
                        "https://login.example.evil.example",
                        "https://login.example ",
                        "https://login.\u0435xample",
                        "https://login.example\u0000",
                        "joe")
                .map(issuer -> refused("issuer " + issuer, "iss", Json.write(issuer), RefusalReason.WRONG_ISSUER));
    }

    private static Stream<BadToken> audiences() {
        return Stream.of(
                        "[]",
                        "\"https://orders.example/\"",
                        "\"https://orders.exampl\"",
                        "\"https://orders.example.evil.example\"",
                        "\"https://ORDERS.example\"",
                        "\"https://orders.example https://other.example\"",
                        "\"*\"",
                        "[\"https://other.example\",\"orders\"]",
                        "[\"\"]")
                .map(audience -> refused("audience " + audience, "aud", audience, RefusalReason.WRONG_AUDIENCE));
    }

    private static Stream<BadToken> missing() {
        Stream<BadToken> absent = Stream.of("exp", "iss", "aud", "sub", "jti")
                .map(name -> refused("no " + name, name, "", RefusalReason.MISSING_CLAIM));
        Stream<BadToken> empty = Stream.of("iss", "aud", "sub", "jti")
                .map(name -> refused("empty " + name, name, "\"\"", RefusalReason.MISSING_CLAIM));
        BadToken nothing = new BadToken("no claims", Forge.withClaims("{}"), RefusalReason.MISSING_CLAIM);
        return Stream.of(absent, empty, Stream.of(nothing)).flatMap(tokens -> tokens);
    }

    private static BadToken refused(String name, String claim, String json, RefusalReason reason) {
        return new BadToken(name, Forge.withClaims(Forge.claimsBut(claim, json)), reason);
    }
}
