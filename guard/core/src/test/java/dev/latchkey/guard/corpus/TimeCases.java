package dev.latchkey.guard.corpus;

import static dev.latchkey.guard.corpus.Mint.at;
import static dev.latchkey.guard.corpus.Mint.claimsBut;
import static dev.latchkey.guard.corpus.Mint.withClaims;

import java.util.List;

/** When a token is valid, by a clock that stands still and allows for no difference. */
final class TimeCases {
    private static final String EXPIRED = "the time must be before exp: RFC 7519 §4.1.4";
    private static final String EARLY = "the time must not be before nbf: RFC 7519 §4.1.5";
    private static final String ENDLESS = "a mistake of a thousand or an attack on the arithmetic; no rule in RFC 7519";

    private TimeCases() {}

    static List<Case> all() {
        Family family = new Family("Times");
        present(family);
        outside(family);
        endless(family);
        return family.cases();
    }

    private static void present(Family family) {
        for (String exp :
                List.of("" + at(1), at(0) + ".5", at(300) + ".0", at(300) + "e0", "1.7723667e9", "4102444800")) {
            family.good(
                    "exp " + exp,
                    withClaims(claimsBut("exp", exp)),
                    "after now, also with fractions: RFC 7519 §2, §4.1.4");
        }
        for (String nbf : List.of("" + at(0), "" + at(-1), at(-1) + ".5", "0", "1e9")) {
            family.good("nbf " + nbf, withClaims(claimsBut("nbf", nbf)), "not after now: RFC 7519 §4.1.5");
        }
        for (String iat : List.of("" + at(0), at(-1) + ".25", "" + at(-86_400 * 365), "0")) {
            family.good("iat " + iat, withClaims(claimsBut("iat", iat)), "RFC 7519 §4.1.6");
        }
    }

    private static void outside(Family family) {
        for (String exp : List.of(
                "" + at(0),
                at(0) + ".0",
                "" + at(-1),
                at(-1) + ".999999999999",
                "" + at(-30),
                "" + at(-3600),
                "1e9",
                "1",
                "0",
                "-0",
                "-1",
                "-0.5",
                "-1e300",
                "-9223372036854775808")) {
            family.bad("exp " + exp, withClaims(claimsBut("exp", exp)), EXPIRED);
        }
        for (String nbf : List.of("" + at(1), at(0) + ".5", "" + at(30), "" + at(3600), "4102444800")) {
            family.bad("nbf " + nbf, withClaims(claimsBut("nbf", nbf)), EARLY);
        }
        for (String nbf : List.of("9223372036854775807", "9223372036854775808", "18446744073709551616", "1e300")) {
            family.bad("nbf " + nbf, withClaims(claimsBut("nbf", nbf)), EARLY);
        }
    }

    private static void endless(Family family) {
        for (String exp : List.of(
                at(300) + "000",
                "253402300800",
                "9223372036854775807",
                "9223372036854775808",
                "18446744073709551616",
                "1e30",
                "1e300",
                "1e400",
                "1e999999999",
                "9".repeat(100))) {
            String name = exp.length() > 30 ? "of 100 digits" : exp;
            family.open("exp " + name, withClaims(claimsBut("exp", exp)), ENDLESS);
        }
        for (String iat : List.of("" + at(3600), "" + at(86_400), "9223372036854775808", "1e300")) {
            family.open(
                    "iat " + iat,
                    withClaims(claimsBut("iat", iat)),
                    "issued in the future; no rule in RFC 7519 §4.1.6");
        }
        family.open("nbf -1", withClaims(claimsBut("nbf", "-1")), "before 1970; no rule in RFC 7519");
        family.open("iat -1", withClaims(claimsBut("iat", "-1")), "before 1970; no rule in RFC 7519");
    }
}
