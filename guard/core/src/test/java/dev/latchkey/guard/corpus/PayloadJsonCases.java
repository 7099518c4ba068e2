package dev.latchkey.guard.corpus;

import static dev.latchkey.guard.corpus.Mint.CLAIMS;
import static dev.latchkey.guard.corpus.Mint.claimsAnd;
import static dev.latchkey.guard.corpus.Mint.withClaims;
import static dev.latchkey.guard.corpus.Mint.withPayload;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** The JSON of the payload; the signature is right. */
final class PayloadJsonCases {
    private static final String OBJECT = "a JSON object and nothing else: RFC 7519 §7.2, RFC 8259 §2";
    private static final String GRAMMAR = "no JSON: RFC 8259";
    private static final String UNIQUE = "refuse or take the last: RFC 7519 §4";

    private PayloadJsonCases() {}

    static List<Case> all() {
        Family family = new Family("JSON of the payload");
        sound(family);
        unsound(family);
        encoded(family);
        duplicates(family);
        left(family);
        return family.cases();
    }

    private static void sound(Family family) {
        family.good("white space", withClaims("\r\n" + CLAIMS.replace(",", ",\n\t ") + "\n"), "RFC 8259 §2");
        family.good("slashes escaped", withClaims(CLAIMS.replace("/", "\\/")), "RFC 8259 §7");
        family.good("a name escaped", withClaims(CLAIMS.replace("\"sub\"", "\"\\u0073ub\"")), "RFC 8259 §8.3");
        family.good(
                "letters of other scripts",
                withClaims(claimsAnd(",\"name\":\"Zoë 王 😀 \\ud83d\\ude00\"")),
                "RFC 8259 §8.1");
        family.good("a claim of 20 digits", withClaims(claimsAnd(",\"x\":12345678901234567890")), "RFC 8259 §6");
        family.good("a claim 1.5e-3", withClaims(claimsAnd(",\"x\":1.5e-3")), "RFC 8259 §6");
        family.good("a claim that is null", withClaims(claimsAnd(",\"x\":null")), "RFC 8259 §3");
        family.good(
                "a claim 20 objects deep",
                withClaims(claimsAnd(",\"x\":" + "{\"x\":".repeat(19) + "{}" + "}".repeat(19))),
                "RFC 7519 §4.3");
        family.good("a claim with an empty name", withClaims(claimsAnd(",\"\":1")), "RFC 8259 §4");
        family.good("NUL, escaped, in a claim", withClaims(claimsAnd(",\"x\":\"a\\u0000b\"")), "RFC 8259 §7");
    }

    private static void unsound(Family family) {
        for (String text : List.of(" ", "null", "true", "42", "\"alice\"", "[]", "Payload", "sub=alice", "<claims/>")) {
            family.bad("`" + text + "`", withClaims(text), OBJECT);
        }
        family.bad("a list of the claims", withClaims("[" + CLAIMS + "]"), OBJECT);
        family.bad("twice", withClaims(CLAIMS + CLAIMS), OBJECT);
        family.bad("a second object behind", withClaims(CLAIMS + "{\"sub\":\"admin\"}"), OBJECT);
        family.bad("a letter behind", withClaims(CLAIMS + "x"), OBJECT);
        family.bad("a brace behind", withClaims(CLAIMS + "}"), OBJECT);
        family.bad("NUL behind", withClaims(CLAIMS + "\0"), OBJECT);
        family.bad("form feed behind", withClaims(CLAIMS + "\f"), "RFC 8259 §2");
        family.bad("no-break space in front", withClaims("\u00A0" + CLAIMS), "RFC 8259 §2");
        family.bad("a comma at the end", withClaims(claimsAnd(",")), GRAMMAR);
        family.bad("two commas", withClaims(CLAIMS.replace(",\"sub\"", ",,\"sub\"")), GRAMMAR);
        family.bad("single quotes", withClaims(CLAIMS.replace('"', '\'')), GRAMMAR);
        family.bad("a name without quotes", withClaims(CLAIMS.replace("\"sub\"", "sub")), GRAMMAR);
        family.bad("a value without quotes", withClaims(CLAIMS.replace("\"alice\"", "alice")), GRAMMAR);
        family.bad("a comment inside", withClaims(CLAIMS.replace("{", "{/* */")), GRAMMAR);
        family.bad("a comment behind", withClaims(CLAIMS + "// comment"), GRAMMAR);
        family.bad("not closed", withClaims(CLAIMS.substring(0, CLAIMS.length() - 1)), GRAMMAR);
        for (String value :
                List.of("01", "+1", ".5", "1.", "0x1", "NaN", "-Infinity", "1f", "1_000", "True", "undefined")) {
            family.bad("a claim `" + value + "`", withClaims(claimsAnd(",\"x\":" + value)), GRAMMAR);
        }
        family.bad("exp with a zero in front", withClaims(Mint.claimsBut("exp", "0" + Mint.at(300))), GRAMMAR);
        family.bad("exp with a plus sign", withClaims(Mint.claimsBut("exp", "+" + Mint.at(300))), GRAMMAR);
        family.bad("exp in hexadecimal", withClaims(Mint.claimsBut("exp", "0x7fffffff")), GRAMMAR);
        family.bad("exp NaN", withClaims(Mint.claimsBut("exp", "NaN")), GRAMMAR);
        family.bad("exp Infinity", withClaims(Mint.claimsBut("exp", "Infinity")), GRAMMAR);
        family.bad("a tab in a string", withClaims(claimsAnd(",\"x\":\"a\tb\"")), "RFC 8259 §7");
        family.bad("an unknown escape", withClaims(claimsAnd(",\"x\":\"\\q\"")), "RFC 8259 §7");
        family.bad("opened 2 000 times, never closed", withClaims(claimsAnd(",\"x\":" + "[".repeat(2000))), GRAMMAR);
    }

    private static void encoded(Family family) {
        String utf8 = "UTF-8: RFC 7519 §7.2, RFC 3629 §3";
        family.bad(
                "Latin-1",
                withPayload(CLAIMS.replace("alice", "al\u00EFce").getBytes(StandardCharsets.ISO_8859_1)),
                utf8);
        family.bad("NUL in two bytes", withPayload(latin1("\u00C0\u0080")), utf8);
        family.bad("a quote in two bytes", withPayload(latin1("\u00C0\u00A2")), utf8);
        family.bad("a surrogate in three bytes", withPayload(latin1("\u00ED\u00A0\u0080")), utf8);
        family.bad("half a character", withPayload(latin1("\u00E2\u0082")), utf8);
        family.bad("beyond U+10FFFF", withPayload(latin1("\u00F4\u0090\u0080\u0080")), utf8);
        family.bad("UTF-16", withPayload(CLAIMS.getBytes(StandardCharsets.UTF_16)), utf8);
        family.bad("UTF-16, no mark", withPayload(CLAIMS.getBytes(StandardCharsets.UTF_16LE)), utf8);
        family.bad("UTF-32", withPayload(CLAIMS.getBytes(java.nio.charset.Charset.forName("UTF-32BE"))), utf8);
    }

    private static byte[] latin1(String text) {
        return CLAIMS.replace("alice", "alice" + text).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void duplicates(Family family) {
        family.bad(
                "exp twice, the last one past",
                withClaims(claimsAnd(",\"exp\":" + Mint.at(-300))),
                UNIQUE + "; the last is wrong");
        family.bad(
                "aud twice, the last one another",
                withClaims(claimsAnd(",\"aud\":\"other\"")),
                UNIQUE + "; the last is wrong");
        family.bad(
                "iss twice, the last one another",
                withClaims(claimsAnd(",\"iss\":\"other\"")),
                UNIQUE + "; the last is wrong");
        family.bad(
                "sub twice, the last one null", withClaims(claimsAnd(",\"sub\":null")), UNIQUE + "; the last is wrong");
        family.open("exp twice, the first one past", withClaims("{\"exp\":1," + CLAIMS.substring(1)), UNIQUE);
        family.open("iss twice, the first one another", withClaims("{\"iss\":\"x\"," + CLAIMS.substring(1)), UNIQUE);
        family.open("sub twice", withClaims(claimsAnd(",\"sub\":\"admin\"")), UNIQUE);
        family.open("sub twice, once escaped", withClaims(claimsAnd(",\"\\u0073ub\":\"admin\"")), UNIQUE);
        family.open("scope twice", withClaims(claimsAnd(",\"scope\":\"admin\"")), UNIQUE);
        family.open(
                "a name twice in an object inside", withClaims(claimsAnd(",\"x\":{\"y\":1,\"y\":2}")), "RFC 8259 §4");
    }

    private static void left(Family family) {
        family.open("byte order mark", withClaims("\uFEFF" + CLAIMS), "may be ignored: RFC 8259 §8.1");
        family.open("a lone surrogate", withClaims(claimsAnd(",\"x\":\"\\ud83d\"")), "unpredictable: RFC 8259 §8.2");
        family.open(
                "surrogates the wrong way round",
                withClaims(claimsAnd(",\"x\":\"\\ude00\\ud83d\"")),
                "unpredictable: RFC 8259 §8.2");
        family.open(
                "1 000 arrays deep",
                withClaims(claimsAnd(",\"x\":" + "[".repeat(1000) + "]".repeat(1000))),
                "limits: RFC 8259 §9");
        family.open(
                "4 000 arrays deep",
                withClaims(claimsAnd(",\"x\":" + "[".repeat(4000) + "]".repeat(4000))),
                "limits: RFC 8259 §9");
        family.open(
                "1 000 objects deep",
                withClaims(claimsAnd(",\"x\":" + "{\"x\":".repeat(1000) + "1" + "}".repeat(1000))),
                "limits: RFC 8259 §9");
        family.open(
                "a claim of 2 000 digits",
                withClaims(claimsAnd(",\"x\":" + "1".repeat(2000))),
                "limits: RFC 8259 §6, §9");
        family.open("a claim 1e999999999", withClaims(claimsAnd(",\"x\":1e999999999")), "limits: RFC 8259 §6, §9");
    }
}
