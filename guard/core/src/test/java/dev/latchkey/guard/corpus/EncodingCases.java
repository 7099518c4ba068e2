package dev.latchkey.guard.corpus;

import static dev.latchkey.guard.corpus.Mint.base64;
import static dev.latchkey.guard.corpus.Mint.spelled;
import static dev.latchkey.guard.corpus.Mint.utf8;

import java.util.Base64;
import java.util.List;

/** The same bytes spelled otherwise, each with a signature that is right for its own spelling where that is possible. */
final class EncodingCases {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static final String PLAIN =
            "base64url without padding, line breaks, white space or anything else: RFC 7515 §2";
    private static final String PARTS = "three parts and two dots: RFC 7515 §3.1";

    private static final String GOOD = Mint.good();
    private static final String HEADER = base64(utf8(Mint.HEADER));
    private static final String PAYLOAD = base64(utf8(Mint.CLAIMS));
    private static final String SIGNATURE = GOOD.substring(GOOD.lastIndexOf('.') + 1);
    private static final String INPUT = GOOD.substring(0, GOOD.lastIndexOf('.'));

    private EncodingCases() {}

    static List<Case> all() {
        Family family = new Family("Encodings");
        family.good("nothing special", GOOD, "RFC 9068 §2");
        parts(family);
        characters(family);
        alphabet(family);
        padding(family);
        return family.cases();
    }

    private static void parts(Family family) {
        family.bad("nothing", "", PARTS);
        family.bad("one dot", ".", PARTS);
        family.bad("two dots", "..", PARTS);
        family.bad("three dots", "...", PARTS);
        family.bad("one part", HEADER, PARTS);
        family.bad("two parts", INPUT, PARTS);
        family.bad("a dot behind", GOOD + ".", PARTS);
        family.bad("a dot in front", "." + GOOD, PARTS);
        family.bad("four parts", GOOD + "." + SIGNATURE, PARTS);
        family.bad("two dots in place of one", INPUT + ".." + SIGNATURE, PARTS);
        family.bad("no header", spelled("", PAYLOAD), "a JSON object: RFC 7515 §5.2");
        family.bad("no payload", spelled(HEADER, ""), "a JSON object: RFC 7519 §7.2");
        family.bad("twice", GOOD + GOOD, PARTS);
        family.bad("twice, with a comma", GOOD + "," + GOOD, PARTS);
        family.bad("twice, with a tilde", GOOD + "~" + GOOD, PARTS);
        family.bad("not encoded", Mint.HEADER + "." + Mint.CLAIMS + "." + SIGNATURE, PLAIN);
        family.bad("encoded twice", base64(utf8(GOOD)), PARTS);
        family.bad("payload encoded twice", spelled(HEADER, base64(utf8(PAYLOAD))), "a JSON object: RFC 7519 §7.2");
    }

    private static void characters(Family family) {
        String[] between = {
            "space",
            " ",
            "tab",
            "\t",
            "line feed",
            "\n",
            "CR LF",
            "\r\n",
            "NUL",
            "\0",
            "no-break space",
            "\u00A0",
            "zero-width space",
            "\u200B",
            "byte order mark",
            "\uFEFF",
            "emoji",
            "\uD83D\uDE00",
            "percent",
            "%41",
            "equals sign",
            "=",
            "comment",
            "/**/",
            "colon",
            ":"
        };
        for (int i = 0; i < between.length; i += 2) {
            String name = between[i];
            String text = between[i + 1];
            if (List.of("space", "line feed", "equals sign").contains(name)) {
                family.bad(name + " in the header", spelled(inserted(HEADER, text), PAYLOAD), PLAIN);
                family.bad(name + " in the payload", spelled(HEADER, inserted(PAYLOAD, text)), PLAIN);
            }
            family.bad(name + " in the signature", INPUT + "." + inserted(SIGNATURE, text), PLAIN);
        }
        family.bad("line feed behind", GOOD + "\n", PLAIN);
        family.bad("CR LF behind", GOOD + "\r\n", PLAIN);
        family.bad("NUL behind", GOOD + "\0", PLAIN);
        family.bad(
                "payload in lines of 76",
                spelled(HEADER, Base64.getMimeEncoder().encodeToString(utf8(Mint.CLAIMS))),
                PLAIN);
        family.bad("quoted", "\"" + GOOD + "\"", PLAIN);
        family.bad("its scheme in front", "Bearer " + GOOD, PLAIN);
        family.bad("full-width dots", HEADER + "\uFF0E" + PAYLOAD + "\uFF0E" + SIGNATURE, PARTS);
        family.bad("a letter whose low byte is right", (char) (0x100 + 'e') + GOOD.substring(1), PLAIN);
        family.bad("a full-width letter", "\uFF45" + GOOD.substring(1), PLAIN);
    }

    private static void alphabet(Family family) {
        String rich = "{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"es256\",\"x\":\"~~~???>>>~~~\"}";
        String claims = Mint.claimsAnd(",\"x\":\"~~~???>>>~~~\"");
        Base64.Encoder standard = Base64.getEncoder().withoutPadding();
        family.good("with - and _ in it", Mint.token(rich, claims), "RFC 4648 §5");
        family.bad(
                "header in the standard alphabet",
                spelled(standard.encodeToString(utf8(rich)), PAYLOAD),
                "the alphabet of URLs: RFC 7515 §2");
        family.bad(
                "payload in the standard alphabet",
                spelled(HEADER, standard.encodeToString(utf8(claims))),
                "the alphabet of URLs: RFC 7515 §2");
        String signed = Mint.withClaims(Mint.claimsBut("jti", "\"1\""));
        for (int i = 2; i < 100 && !signed.substring(signed.lastIndexOf('.')).matches(".*-.*_.*"); i++) {
            signed = Mint.withClaims(Mint.claimsBut("jti", "\"" + i + "\""));
        }
        int dot = signed.lastIndexOf('.');
        family.bad(
                "signature in the standard alphabet",
                signed.substring(0, dot)
                        + signed.substring(dot).replace('-', '+').replace('_', '/'),
                "the alphabet of URLs: RFC 7515 §2");
        family.bad(
                "signature in both alphabets",
                signed.substring(0, dot) + signed.substring(dot).replace('-', '+'),
                "the alphabet of URLs: RFC 7515 §2");
    }

    private static void padding(Family family) {
        for (int spaces = 0; spaces < 3; spaces++) {
            String header = base64(utf8(Mint.HEADER + " ".repeat(spaces)));
            String payload = base64(utf8(Mint.CLAIMS + " ".repeat(spaces)));
            family.good(
                    "header and payload of " + (header.length() & 3) + " and " + (payload.length() & 3)
                            + " characters over",
                    spelled(header, payload),
                    "RFC 4648 §5");
            if ((header.length() & 3) != 0) {
                int over = header.length() & 3;
                family.bad("header padded, " + over + " over", spelled(padded(header), PAYLOAD), PLAIN);
                family.open(
                        "header with stray bits, " + over + " over", spelled(stray(header), PAYLOAD), "RFC 4648 §3.5");
            }
            if ((payload.length() & 3) != 0) {
                int over = payload.length() & 3;
                family.bad("payload padded, " + over + " over", spelled(HEADER, padded(payload)), PLAIN);
                family.open(
                        "payload with stray bits, " + over + " over", spelled(HEADER, stray(payload)), "RFC 4648 §3.5");
            }
        }
        family.bad("signature padded", padded(GOOD.substring(0, GOOD.lastIndexOf('.') + 1), SIGNATURE), PLAIN);
        family.bad("signature padded once", GOOD + "=", PLAIN);
        family.bad("signature padded four times", GOOD + "====", PLAIN);
        family.open("signature with stray bits", INPUT + "." + stray(SIGNATURE), "RFC 4648 §3.5");
        family.bad("signature, one character more", GOOD + "A", "no length of base64: RFC 4648 §4, RFC 7515 §2");
        family.bad("signature, one character less", GOOD.substring(0, GOOD.length() - 1), "RFC 7518 §3.4");
    }

    private static String inserted(String part, String text) {
        return part.substring(0, 8) + text + part.substring(8);
    }

    private static String padded(String part) {
        return padded("", part);
    }

    private static String padded(String before, String part) {
        return before + part + "=".repeat((4 - (part.length() & 3)) & 3);
    }

    /** The last character with bits that no byte takes. */
    private static String stray(String part) {
        int last = ALPHABET.indexOf(part.charAt(part.length() - 1));
        return part.substring(0, part.length() - 1) + ALPHABET.charAt(last | 1);
    }
}
