package dev.latchkey.guard.corpus;

import static dev.latchkey.guard.corpus.Mint.claimsBut;
import static dev.latchkey.guard.corpus.Mint.withClaims;

import java.util.List;

/** Claims that are missing or of another kind. */
final class ClaimCases {
    private ClaimCases() {}

    static List<Case> all() {
        Family family = new Family("Claims");
        family.good("no scope", withClaims(Mint.claimsWithout("scope")), "not required: RFC 9068 §2.2.3");
        family.good(
                "roles, groups, auth_time, acr, amr",
                withClaims(Mint.claimsAnd(
                        ",\"roles\":[\"admin\"],\"groups\":[],\"auth_time\":1,\"acr\":\"1\",\"amr\":[\"pwd\"]")),
                "RFC 9068 §2.2.1, §2.2.3.1");
        family.good("sub of a client", withClaims(claimsBut("sub", "\"web\"")), "RFC 9068 §2.2");
        family.bad("none", withClaims("{}"), "RFC 9068 §2.2");
        for (String name : List.of("iss", "exp", "aud", "sub", "client_id", "iat", "jti")) {
            family.bad("no " + name, withClaims(Mint.claimsWithout(name)), "required: RFC 9068 §2.2");
            family.bad(name + " null", withClaims(claimsBut(name, "null")), "required, of its type: RFC 9068 §2.2");
        }
        for (String name : List.of("sub", "client_id", "jti")) {
            family.open(name + " empty", withClaims(claimsBut(name, "\"\"")), "a string: RFC 7519 §2");
        }
        texts(family);
        times(family);
        return family.cases();
    }

    private static void texts(Family family) {
        for (String name : List.of("iss", "sub", "jti", "client_id", "scope")) {
            String section = switch (name) {
                case "iss" -> "RFC 7519 §4.1.1";
                case "sub" -> "RFC 7519 §4.1.2";
                case "jti" -> "RFC 7519 §4.1.7";
                case "client_id" -> "RFC 8693 §4.3";
                default -> "RFC 8693 §4.2";
            };
            String own = name.equals("iss") ? Mint.ISSUER : "alice";
            for (String value : List.of("1", "true", "[\"" + own + "\"]", "{\"" + own + "\":1}")) {
                family.bad(name + " " + value, withClaims(claimsBut(name, value)), "a string: " + section);
            }
        }
        family.bad("scope null", withClaims(claimsBut("scope", "null")), "a string: RFC 8693 §4.2");
    }

    private static void times(Family family) {
        for (String name : List.of("exp", "nbf", "iat")) {
            long good = name.equals("exp") ? Mint.at(300) : Mint.at(-60);
            for (String value : List.of(
                    "\"" + good + "\"",
                    "\"2026-03-01T12:05:00Z\"",
                    "true",
                    "[" + good + "]",
                    "{\"at\":" + good + "}",
                    "\"\"")) {
                family.bad(
                        name + " " + value,
                        withClaims(claimsBut(name, value)),
                        "a number: RFC 7519 §2, "
                                + (name.equals("exp") ? "§4.1.4" : name.equals("nbf") ? "§4.1.5" : "§4.1.6"));
            }
        }
        family.bad("nbf null", withClaims(claimsBut("nbf", "null")), "a number: RFC 7519 §2, §4.1.5");
    }
}
