package dev.latchkey.guard.corpus;

import static dev.latchkey.guard.corpus.Mint.AUDIENCE;
import static dev.latchkey.guard.corpus.Mint.claimsBut;
import static dev.latchkey.guard.corpus.Mint.withClaims;

import dev.latchkey.token.Json;
import java.util.List;

/** Who issued a token, and whom it is for. */
final class PartyCases {
    private static final String ISSUER = "exactly the issuer: RFC 9068 §4";
    private static final String FOR = "the API itself: RFC 9068 §4, RFC 7519 §4.1.3";
    private static final String KIND = "a string or a list of strings: RFC 7519 §4.1.3";

    private PartyCases() {}

    static List<Case> issuers() {
        Family family = new Family("Issuers");
        for (String issuer : List.of(
                "https://login.example/",
                "https://login.example.",
                "https://login.example:443",
                "HTTPS://login.example",
                "https://Login.example",
                "http://login.example",
                "login.example",
                "https://login.example.evil.example",
                "https://login.example@evil.example",
                "https://evil.example/https://login.example",
                "https://login.example#",
                "https://login.example?",
                "https://login.example ",
                " https://login.example",
                "https://login.exampl",
                "https://login%2Eexample",
                "https://login.\u0435xample",
                "https://lo\u0131gin.example",
                "https://login\u3002example",
                "https://login.example\u0000",
                "https://login.example\n",
                "https://login.example,https://evil.example",
                "*",
                "")) {
            String json = Json.write(issuer);
            family.bad("`" + json.substring(1, json.length() - 1) + "`", withClaims(claimsBut("iss", json)), ISSUER);
        }
        return family.cases();
    }

    static List<Case> audiences() {
        Family family = new Family("Audiences");
        for (String audience : List.of(
                "[\"" + AUDIENCE + "\"]",
                "[\"https://other.example\",\"" + AUDIENCE + "\"]",
                "[\"" + AUDIENCE + "\",\"" + AUDIENCE + "\"]",
                "[\"" + AUDIENCE + "\",\"\"]")) {
            family.good(audience, withClaims(claimsBut("aud", audience)), "one of them: RFC 7519 §4.1.3");
        }
        family.good("100, the last one right", withClaims(claimsBut("aud", many())), "one of them: RFC 7519 §4.1.3");
        for (String audience : List.of(
                "https://other.example",
                "https://orders.example/",
                "https://orders.example/v1",
                "https://orders.exampl",
                "orders.example",
                "http://orders.example",
                "https://orders.example.evil.example",
                "https://ORDERS.example",
                "https://orders.example https://other.example",
                "https://orders.example,https://other.example",
                "[https://orders.example]",
                "https://orders.example ",
                "https://orders.example\u0000",
                "https://\u043Erders.example",
                "https://login.example",
                "web",
                "*",
                "")) {
            String json = Json.write(audience);
            family.bad("`" + json.substring(1, json.length() - 1) + "`", withClaims(claimsBut("aud", json)), FOR);
        }
        for (String audience : List.of("[]", "[\"\"]", "[\"https://other.example\",\"orders\"]")) {
            family.bad(audience, withClaims(claimsBut("aud", audience)), FOR);
        }
        for (String audience : List.of(
                "1",
                "true",
                "{}",
                "{\"" + AUDIENCE + "\":true}",
                "[1]",
                "[null]",
                "[\"" + AUDIENCE + "\",1]",
                "[\"" + AUDIENCE + "\",null]",
                "[null,\"" + AUDIENCE + "\"]",
                "[[\"" + AUDIENCE + "\"]]",
                "[\"" + AUDIENCE + "\",{}]",
                "[{\"aud\":\"" + AUDIENCE + "\"}]")) {
            family.bad(audience, withClaims(claimsBut("aud", audience)), KIND);
        }
        return family.cases();
    }

    private static String many() {
        StringBuilder list = new StringBuilder("[");
        for (int i = 1; i < 100; i++) {
            list.append("\"https://api-").append(i).append(".example\",");
        }
        return list.append('"').append(AUDIENCE).append("\"]").toString();
    }
}
