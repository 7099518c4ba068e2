package dev.latchkey.guard.corpus;

import static dev.latchkey.guard.corpus.Mint.CLAIMS;
import static dev.latchkey.guard.corpus.Mint.header;

import java.util.List;

/** Which algorithm a token names, and which one its key is for. */
final class AlgorithmCases {
    private static final String UNEXPECTED = "not among the expected algorithms: RFC 8725 §3.1, §3.2";
    private static final String ANOTHER_KEYS = "a key is for one algorithm: RFC 8725 §3.1, RFC 7517 §4.4";

    private AlgorithmCases() {}

    static List<Case> all() {
        Family family = new Family("Algorithms");
        for (String algorithm :
                List.of("ES256", "ES384", "ES512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "EdDSA")) {
            String key = algorithm.toLowerCase(java.util.Locale.ROOT);
            family.good(
                    algorithm, algorithm, Mint.token(header(algorithm, key), CLAIMS, key), "RFC 7518 §3.1, RFC 8037");
        }
        family.good(
                "RS256",
                "RS256, by a key that names no algorithm",
                Mint.token(header("RS256", "rsa-unbound"), CLAIMS, "rsa-unbound"),
                "`alg` of a key is optional: RFC 7517 §4.4");
        unsigned(family);
        unexpected(family);
        swapped(family);
        return family.cases();
    }

    private static void unsigned(Family family) {
        for (String none : List.of("none", "None", "NONE", "nOnE")) {
            String token = Mint.withHeader(header(none, "es256"));
            family.bad(
                    none + ", no signature",
                    token.substring(0, token.lastIndexOf('.') + 1),
                    "RFC 9068 §4, RFC 8725 §3.2");
            family.bad(none + ", with a signature of ES256", token, "RFC 9068 §4, RFC 8725 §3.2");
        }
        String bare = Mint.base64(Mint.utf8("{\"alg\":\"none\"}")) + '.' + Mint.base64(Mint.utf8(CLAIMS));
        family.bad("none, nothing else in the header", bare + '.', "RFC 9068 §4, RFC 8725 §3.2");
        family.bad("none, without the second dot", bare, "RFC 9068 §4, RFC 7515 §7.1");
    }

    private static void unexpected(Family family) {
        for (String algorithm : List.of(
                "",
                "es256",
                "Es256",
                "ES256 ",
                " ES256",
                "ES256K",
                "Ed25519",
                "HS256",
                "dir",
                "SHA256withECDSA",
                "\\u0395S256")) {
            family.bad(
                    "'" + algorithm + "' over a signature of ES256",
                    Mint.withHeader(header(algorithm, "es256")),
                    UNEXPECTED);
        }
        for (String algorithm : List.of("ES384", "RS256", "EdDSA")) {
            family.bad(
                    algorithm,
                    "'" + algorithm + "' over a signature of ES256",
                    Mint.withHeader(header(algorithm, "es256")),
                    ANOTHER_KEYS);
        }
        family.bad(
                "Ed25519 in place of EdDSA, over a right signature",
                Mint.token(header("Ed25519", "eddsa"), CLAIMS, "eddsa"),
                "not the key's algorithm nor an expected one: RFC 9864 §2.2, RFC 8725 §3.1");
        for (String value : List.of("null", "256", "true", "[\"ES256\"]", "{\"ES256\":1}")) {
            family.bad(
                    "alg " + value,
                    Mint.withHeader("{\"alg\":" + value + ",\"typ\":\"at+jwt\",\"kid\":\"es256\"}"),
                    "a string: RFC 7515 §4.1.1");
        }
        family.bad(
                "no alg",
                Mint.withHeader("{\"typ\":\"at+jwt\",\"kid\":\"es256\"}"),
                "there has to be one: RFC 7515 §4.1.1");
        family.bad(
                "Alg in place of alg",
                Mint.withHeader("{\"Alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"es256\"}"),
                "names differ by case: RFC 7515 §4.1.1, §5.3");
    }

    private static void swapped(Family family) {
        swap(family, "PS256", "rs256");
        swap(family, "RS256", "ps256");
        swap(family, "RS384", "rs256");
        swap(family, "PS512", "ps256");
        swap(family, "ES256", "es384");
        String anonymous = "{\"alg\":\"PS256\",\"typ\":\"at+jwt\"}";
        family.bad(
                "PS256",
                "PS256 with the RS256 key, which it does not name",
                Mint.token(anonymous, CLAIMS, "rs256", "PS256"),
                ANOTHER_KEYS);
        family.bad(
                "RS256",
                "RS256 with a key for encryption",
                Mint.token(header("RS256", "encryption"), CLAIMS, "encryption", "RS256"),
                "`use` and `alg` of the key say otherwise: RFC 7517 §4.2, §4.4");
        family.bad(
                "RS256",
                "RS256 with a key for encryption, which it does not name",
                Mint.token("{\"alg\":\"RS256\",\"typ\":\"at+jwt\"}", CLAIMS, "encryption", "RS256"),
                "`use` and `alg` of the key say otherwise: RFC 7517 §4.2, §4.4");
    }

    private static void swap(Family family, String algorithm, String key) {
        family.bad(
                algorithm,
                algorithm + " with the key " + key,
                Mint.token(header(algorithm, key), CLAIMS, key, algorithm),
                ANOTHER_KEYS);
    }
}
