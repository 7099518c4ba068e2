package dev.latchkey.guard.corpus;

import static dev.latchkey.guard.corpus.Mint.base64;
import static dev.latchkey.guard.corpus.Mint.utf8;
import static dev.latchkey.guard.corpus.Mint.withHeader;
import static dev.latchkey.guard.corpus.Mint.withHeaderAnd;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** The JSON of the header; the signature is right. */
final class HeaderJsonCases {
    private static final String HEADER = Mint.HEADER;
    private static final String OBJECT = "a JSON object and nothing else: RFC 7515 §5.2, RFC 8259 §2";
    private static final String GRAMMAR = "no JSON: RFC 8259";
    private static final String UNIQUE = "refuse or take the last: RFC 7515 §4";

    private HeaderJsonCases() {}

    static List<Case> all() {
        Family family = new Family("JSON of the header");
        sound(family);
        unsound(family);
        left(family);
        return family.cases();
    }

    private static void sound(Family family) {
        family.good("an unknown parameter", withHeaderAnd(",\"x\":{\"y\":[1,null]}"), "to be ignored: RFC 7515 §4");
        family.good(
                "white space",
                withHeader("\r\n{ \"alg\" : \"ES256\",\t\"typ\":\"at+jwt\",\n\"kid\":\"es256\" }\n"),
                "RFC 8259 §2");
        family.good(
                "escaped letters",
                withHeader("{\"\\u0061lg\":\"\\u0045S256\",\"typ\":\"at\\u002bjwt\",\"kid\":\"es256\"}"),
                "the same names and values: RFC 8259 §8.3");
        family.good("letters of other scripts", withHeaderAnd(",\"ключ\":\"鍵 😀\""), "RFC 8259 §8.1");
        family.good(
                "another order", withHeader("{\"kid\":\"es256\",\"typ\":\"at+jwt\",\"alg\":\"ES256\"}"), "RFC 8259 §1");
    }

    private static void unsound(Family family) {
        for (String text : List.of("null", "true", "42", "\"ES256\"", "[]", "[" + HEADER + "]", "{}")) {
            family.bad("`" + text + "`", withHeader(text), OBJECT);
        }
        family.bad("twice", withHeader(HEADER + HEADER), OBJECT);
        family.bad("a letter behind", withHeader(HEADER + "x"), OBJECT);
        family.bad("a brace behind", withHeader(HEADER + "}"), OBJECT);
        family.bad("NUL behind", withHeader(HEADER + "\0"), OBJECT);
        family.bad("a comma at the end", withHeader(HEADER.replace("}", ",}")), GRAMMAR);
        family.bad("no comma", withHeader(HEADER.replace(",", " ")), GRAMMAR);
        family.bad("single quotes", withHeader(HEADER.replace('"', '\'')), GRAMMAR);
        family.bad("names without quotes", withHeader(HEADER.replace("\"alg\"", "alg")), GRAMMAR);
        family.bad("a value without quotes", withHeader(HEADER.replace("\"ES256\"", "ES256")), GRAMMAR);
        family.bad("an equals sign", withHeader(HEADER.replace("\"alg\":", "\"alg\"=")), GRAMMAR);
        family.bad("semicolons", withHeader(HEADER.replace(',', ';')), GRAMMAR);
        family.bad("a comment inside", withHeader(HEADER.replace("{", "{/* */")), GRAMMAR);
        family.bad("a comment behind", withHeader(HEADER + "// comment"), GRAMMAR);
        family.bad("a comment with a hash sign", withHeader("# comment\n" + HEADER), GRAMMAR);
        family.bad("what stops cross-site inclusion in front", withHeader(")]}'\n" + HEADER), GRAMMAR);
        family.bad("not closed", withHeader(HEADER.replace("}", "")), GRAMMAR);
        for (String value :
                List.of("01", "+1", ".5", "1.", "0x1", "NaN", "Infinity", "-", "1e", "tru", "TRUE", "undefined")) {
            family.bad("the value `" + value + "`", withHeaderAnd(",\"x\":" + value), GRAMMAR);
        }
        family.bad("a line feed in a string", withHeaderAnd(",\"x\":\"a\nb\""), "RFC 8259 §7");
        family.bad("an unknown escape", withHeaderAnd(",\"x\":\"\\x41\""), "RFC 8259 §7");
        family.bad("a short escape", withHeaderAnd(",\"x\":\"\\u12\""), "RFC 8259 §7");
        family.bad("opened 2 000 times, never closed", withHeaderAnd(",\"x\":" + "[".repeat(2000)), GRAMMAR);
        family.bad(
                "alg twice, the last one none",
                withHeader("{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"es256\",\"alg\":\"none\"}"),
                UNIQUE + "; the last is wrong");
        family.bad("typ twice, the last one JWT", withHeaderAnd(",\"typ\":\"JWT\""), UNIQUE + "; the last is wrong");
        byte[][] notUtf8 = {
            {(byte) 0xFF}, {(byte) 0xC0, (byte) 0x80}, {(byte) 0xED, (byte) 0xA0, (byte) 0x80}, {(byte) 0xC3}
        };
        String[] names = {"a byte of no character", "NUL in two bytes", "a surrogate in three bytes", "half a character"
        };
        for (int i = 0; i < names.length; i++) {
            String text = new String(notUtf8[i], StandardCharsets.ISO_8859_1);
            byte[] header = HEADER.replace("}", ",\"x\":\"" + text + "\"}").getBytes(StandardCharsets.ISO_8859_1);
            family.bad(
                    "not UTF-8: " + names[i],
                    Mint.spelled(base64(header), base64(utf8(Mint.CLAIMS))),
                    "UTF-8: RFC 7515 §5.2, RFC 3629 §3");
        }
        byte[] utf16 = HEADER.getBytes(StandardCharsets.UTF_16BE);
        family.bad("UTF-16", Mint.spelled(base64(utf16), base64(utf8(Mint.CLAIMS))), "UTF-8: RFC 7515 §5.2");
    }

    private static void left(Family family) {
        family.open("alg twice, the same", withHeaderAnd(",\"alg\":\"ES256\""), UNIQUE);
        family.open(
                "alg twice, the first one none",
                withHeader("{\"alg\":\"none\",\"typ\":\"at+jwt\",\"kid\":\"es256\",\"alg\":\"ES256\"}"),
                UNIQUE);
        family.open(
                "kid twice, the last one right",
                withHeader("{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"rs256\",\"kid\":\"es256\"}"),
                UNIQUE);
        family.open(
                "typ twice, the first one JWT",
                withHeader("{\"alg\":\"ES256\",\"typ\":\"JWT\",\"kid\":\"es256\",\"typ\":\"at+jwt\"}"),
                UNIQUE);
        family.open(
                "alg twice, once escaped",
                withHeader("{\"\\u0061lg\":\"none\",\"typ\":\"at+jwt\",\"kid\":\"es256\",\"alg\":\"ES256\"}"),
                UNIQUE);
        family.open("byte order mark", withHeader("\uFEFF" + HEADER), "may be ignored: RFC 8259 §8.1");
        family.open(
                "a lone surrogate", withHeaderAnd(",\"x\":\"\\ud800\""), "unpredictable: RFC 8259 §8.2, RFC 7493 §2.1");
        family.open(
                "1 000 arrays deep",
                withHeaderAnd(",\"x\":" + "[".repeat(1000) + "]".repeat(1000)),
                "limits: RFC 8259 §9");
        family.open(
                "4 000 arrays deep",
                withHeaderAnd(",\"x\":" + "[".repeat(4000) + "]".repeat(4000)),
                "limits: RFC 8259 §9");
        family.open(
                "1 000 objects deep",
                withHeaderAnd(",\"x\":" + "{\"x\":".repeat(1000) + "1" + "}".repeat(1000)),
                "limits: RFC 8259 §9");
        family.open("a number of 2 000 digits", withHeaderAnd(",\"x\":" + "9".repeat(2000)), "limits: RFC 8259 §6, §9");
        family.open("the number 1e999999999", withHeaderAnd(",\"x\":1e999999999"), "limits: RFC 8259 §6, §9");
    }
}
