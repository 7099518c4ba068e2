package dev.latchkey.token;

import static dev.latchkey.token.BadToken.malformed;

import java.util.stream.Stream;

/** Tokens that say the right thing in the wrong way: each has a correct signature for its own spelling where that is possible. */
final class BadSpellings {
    private static final String HEADER = Base64Url.encode(Forge.utf8(Forge.HEADER));
    private static final String PAYLOAD = Base64Url.encode(Forge.utf8(Forge.CLAIMS));
    private static final String GOOD = Forge.good();
    private static final String SIGNATURE = GOOD.substring(GOOD.lastIndexOf('.') + 1);
    private static final String INPUT = GOOD.substring(0, GOOD.lastIndexOf('.'));

    private BadSpellings() {}

    static Stream<BadToken> all() {
        return Stream.of(parts(), characters(), padding()).flatMap(tokens -> tokens);
    }

    private static Stream<BadToken> parts() {
        return Stream.of(
                malformed("nothing", ""),
                malformed("one dot", "."),
                malformed("two dots", ".."),
                malformed("three dots", "..."),
                malformed("one part", HEADER),
                malformed("two parts", INPUT),
                malformed("four parts", GOOD + "." + SIGNATURE),
                malformed("a dot behind", GOOD + "."),
                malformed("a dot in front", "." + GOOD),
                malformed("five parts, as if encrypted", HEADER + ".." + PAYLOAD + "." + SIGNATURE + "." + SIGNATURE),
                malformed("no header", Forge.spelled("", PAYLOAD)),
                malformed("no payload", Forge.spelled(HEADER, "")),
                malformed("twice", GOOD + GOOD),
                malformed("two, with a comma", GOOD + "," + GOOD),
                malformed(
                        "JSON serialization",
                        "{\"payload\":\"" + PAYLOAD + "\",\"protected\":\"" + HEADER + "\",\"signature\":\"" + SIGNATURE
                                + "\"}"),
                malformed("not encoded", Forge.HEADER + "." + Forge.CLAIMS + "." + SIGNATURE),
                malformed("header not encoded", Forge.HEADER + "." + PAYLOAD + "." + SIGNATURE),
                malformed("hexadecimal", "7b7d.7b7d.00"),
                malformed(
                        "longer than the limit",
                        Forge.withClaims(Forge.claims(",\"x\":\"" + "x".repeat(16_384) + "\""))),
                malformed("very long and nothing else", "a".repeat(1_000_000)),
                malformed("very many dots", ".".repeat(16_000)));
    }

    private static Stream<BadToken> characters() {
        return Stream.of(
                malformed("space in front", " " + GOOD),
                malformed("space behind", GOOD + " "),
                malformed("line feed behind", GOOD + "\n"),
                malformed("carriage return behind", GOOD + "\r\n"),
                malformed("tab in front", "\t" + GOOD),
                malformed("space before the dot", Forge.spelled(HEADER + " ", PAYLOAD)),
                malformed(
                        "line feed inside the header",
                        Forge.spelled(HEADER.substring(0, 8) + "\n" + HEADER.substring(8), PAYLOAD)),
                malformed(
                        "line feed inside the payload",
                        Forge.spelled(HEADER, PAYLOAD.substring(0, 76) + "\r\n" + PAYLOAD.substring(76))),
                malformed(
                        "line feed inside the signature",
                        INPUT + "." + SIGNATURE.substring(0, 4) + "\n" + SIGNATURE.substring(4)),
                malformed("NUL behind", GOOD + "\0"),
                malformed("byte order mark in front", "\uFEFF" + GOOD),
                malformed("no-break space behind", GOOD + "\u00A0"),
                malformed("zero-width space inside", GOOD.substring(0, 9) + "\u200B" + GOOD.substring(9)),
                malformed("full-width dots", HEADER + "\uFF0E" + PAYLOAD + "\uFF0E" + SIGNATURE),
                malformed("full-width letter", "\uFF45" + GOOD.substring(1)),
                malformed("character whose low byte is right", (char) (0x100 + 'e') + GOOD.substring(1)),
                malformed("lone surrogate", GOOD + "\uD800"),
                malformed("emoji", GOOD + "\uD83D\uDE00"),
                malformed("emoji in front", "\uD83D\uDE00" + GOOD),
                malformed("emoji in the payload", HEADER + "." + "\uD83D\uDE00".repeat(200) + "." + SIGNATURE),
                malformed("nothing but emoji", "\uD83D\uDE00".repeat(100) + ".."),
                malformed("scheme in front", "Bearer " + GOOD),
                malformed("quoted", "\"" + GOOD + "\""),
                malformed("percent-encoded dots", GOOD.replace(".", "%2E")),
                malformed(
                        "base64 with plus",
                        Forge.spelled(HEADER, PAYLOAD.substring(0, 4) + "++++" + PAYLOAD.substring(4))),
                malformed("base64 with slash", INPUT + ".////" + SIGNATURE.substring(4)),
                malformed("tilde", INPUT + ".~" + SIGNATURE.substring(1)),
                malformed("comment behind", GOOD + "#x"));
    }

    private static Stream<BadToken> padding() {
        String oneOver = Base64Url.encode(Forge.utf8(Forge.HEADER + " ".repeat(3 - (Forge.HEADER.length() + 2) % 3)));
        return Stream.of(
                malformed("padded header", Forge.spelled(padded(oneOver), PAYLOAD)),
                malformed("padded payload", Forge.spelled(HEADER, padded(payload(1)))),
                malformed("payload padded twice", Forge.spelled(HEADER, padded(payload(2)))),
                malformed("padded signature", GOOD + "=="),
                malformed("signature padded too much", GOOD + "===="),
                malformed(
                        "padding in the middle",
                        Forge.spelled(HEADER, PAYLOAD.substring(0, 8) + "=" + PAYLOAD.substring(8))),
                malformed("padding alone", "=.=.="),
                malformed("stray bits in the header", Forge.spelled(stray(oneOver), PAYLOAD)),
                malformed("stray bits in the payload, four", Forge.spelled(HEADER, stray(payload(1)))),
                malformed("stray bits in the payload, two", Forge.spelled(HEADER, stray(payload(2)))),
                malformed("stray bits in the signature", INPUT + "." + stray(SIGNATURE)),
                malformed("one character too many in the header", Forge.spelled(whole(Forge.HEADER) + "A", PAYLOAD)),
                malformed("one character too many in the payload", Forge.spelled(HEADER, whole(Forge.CLAIMS) + "A")),
                malformed(
                        "one character too many in the signature", INPUT + "." + SIGNATURE.substring(0, 84) + "AAAAA"));
    }

    /** Sound claims whose last group holds that many bytes. */
    private static String payload(int rest) {
        String claims = Forge.CLAIMS;
        while (claims.length() % 3 != rest) {
            claims += " ";
        }
        return Base64Url.encode(Forge.utf8(claims));
    }

    /** The JSON text with white space to whole groups of three bytes, encoded. */
    private static String whole(String json) {
        return Base64Url.encode(Forge.utf8(json + " ".repeat((3 - json.length() % 3) % 3)));
    }

    private static String padded(String part) {
        return part + "=".repeat((4 - part.length() % 4) % 4);
    }

    /** The same bytes with another last character: one of the bits that belong to no byte is set. */
    private static String stray(String part) {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        int last = alphabet.indexOf(part.charAt(part.length() - 1));
        return part.substring(0, part.length() - 1) + alphabet.charAt(last | 1);
    }
}
