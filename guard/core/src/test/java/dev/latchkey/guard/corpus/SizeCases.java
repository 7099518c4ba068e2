package dev.latchkey.guard.corpus;

import static dev.latchkey.guard.corpus.Mint.base64;
import static dev.latchkey.guard.corpus.Mint.claimsAnd;
import static dev.latchkey.guard.corpus.Mint.utf8;
import static dev.latchkey.guard.corpus.Mint.withClaims;

import java.util.List;

/** Long tokens: good ones as they may come through an HTTP server, and bad ones that must not cost much. */
final class SizeCases {
    private static final String UNSIGNED = "no right signature: RFC 7515 §5.2";

    private SizeCases() {}

    static List<Case> all() {
        Family family = new Family("Sizes");
        String signature = Mint.good().substring(Mint.good().lastIndexOf('.'));
        String header = base64(utf8(Mint.HEADER));
        String payload = base64(utf8(Mint.CLAIMS));
        family.good(
                "a claim of 6 000 characters",
                withClaims(claimsAnd(",\"x\":\"" + "x".repeat(6000) + "\"")),
                "no limit in RFC 7519");
        family.good("500 claims", withClaims(claimsAnd(many(500))), "no limit in RFC 7519");
        family.good(
                "a scope of 300 words",
                withClaims(Mint.claimsBut("scope", "\"" + "orders:read ".repeat(299) + "orders:read\"")),
                "no limit in RFC 8693 §4.2");
        family.good(
                "a header parameter of 4 000 characters",
                Mint.withHeaderAnd(",\"x\":\"" + "x".repeat(4000) + "\""),
                "RFC 7515 §4");
        family.bad("a million letters", "a".repeat(1_000_000), "RFC 7515 §3.1");
        family.bad("16 000 dots", ".".repeat(16_000), "RFC 7515 §3.1");
        family.bad("a signature of 100 000 bytes", Mint.signedBy(new byte[100_000]), "64 bytes: RFC 7518 §3.4");
        family.bad("a payload of a million bytes", header + '.' + base64(new byte[1_000_000]) + signature, UNSIGNED);
        family.bad(
                "a header of a million bytes",
                base64(utf8("{\"alg\":\"ES256\",\"x\":\"" + "x".repeat(1_000_000) + "\"}")) + '.' + payload + signature,
                UNSIGNED);
        family.bad(
                "a header 20 000 arrays deep",
                base64(utf8("{\"alg\":\"ES256\",\"x\":" + "[".repeat(20_000) + "]".repeat(20_000) + "}"))
                        + '.'
                        + payload
                        + signature,
                UNSIGNED);
        family.bad(
                "a header 200 000 objects deep",
                base64(utf8("{\"alg\":\"ES256\",\"x\":" + "{\"x\":".repeat(200_000) + "1" + "}".repeat(200_000) + "}"))
                        + '.'
                        + payload
                        + signature,
                UNSIGNED);
        family.bad(
                "a header with 100 000 parameters",
                base64(utf8(Mint.HEADER.replace("}", many(100_000) + "}"))) + '.' + payload + signature,
                UNSIGNED);
        family.bad(
                "a header with a number of 500 000 digits",
                base64(utf8(Mint.HEADER.replace("}", ",\"x\":" + "9".repeat(500_000) + "}")))
                        + '.'
                        + payload
                        + signature,
                UNSIGNED);
        return family.cases();
    }

    private static String many(int count) {
        StringBuilder members = new StringBuilder();
        for (int i = 0; i < count; i++) {
            members.append(",\"m").append(i).append("\":").append(i);
        }
        return members.toString();
    }
}
