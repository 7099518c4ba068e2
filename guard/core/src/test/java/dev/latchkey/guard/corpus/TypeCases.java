package dev.latchkey.guard.corpus;

import static dev.latchkey.guard.corpus.Mint.withHeader;
import static dev.latchkey.guard.corpus.Mint.withHeaderAnd;

import dev.latchkey.token.Json;
import java.util.List;

/** What kind of token it says it is ({@code typ}), and header parameters that have to be understood ({@code crit}). */
final class TypeCases {
    private static final String TYPE = "at+jwt or application/at+jwt: RFC 9068 §4";
    private static final String CRITICAL = "RFC 7515 §4.1.11";

    private TypeCases() {}

    static List<Case> all() {
        Family family = new Family("Types");
        for (String type : List.of("AT+JWT", "At+Jwt", "application/at+jwt", "Application/AT+JWT")) {
            family.good(
                    "typ " + type,
                    typed(Json.write(type)),
                    "media types do not differ by case: RFC 7515 §4.1.9, RFC 2045 §5.1");
        }
        family.bad("no typ", withHeader("{\"alg\":\"ES256\",\"kid\":\"es256\"}"), TYPE);
        for (String type : List.of(
                "",
                "JWT",
                "jwt",
                "at",
                "at-jwt",
                "at+jwt ",
                " at+jwt",
                "at+jwt;v=1",
                "text/at+jwt",
                "application/application/at+jwt",
                "application/",
                "id+jwt",
                "dpop+jwt",
                "logout+jwt",
                "secevent+jwt",
                "statuslist+jwt",
                "token-introspection+jwt",
                "oauth-authz-req+jwt",
                "client-authentication+jwt",
                "at+jwt\u0000",
                "\u0430t+jwt")) {
            family.bad("typ '" + Json.write(type).replace("\"", "") + "'", typed(Json.write(type)), TYPE);
        }
        for (String value : List.of("null", "1", "[\"at+jwt\"]", "{\"at+jwt\":1}")) {
            family.bad("typ " + value, typed(value), "a string: RFC 7515 §4.1.9");
        }
        family.bad(
                "Typ in place of typ",
                withHeader("{\"alg\":\"ES256\",\"Typ\":\"at+jwt\",\"kid\":\"es256\"}"),
                "names differ by case: RFC 7515 §5.3");
        return family.cases();
    }

    private static String typed(String json) {
        return withHeader("{\"alg\":\"ES256\",\"typ\":" + json + ",\"kid\":\"es256\"}");
    }

    static List<Case> critical() {
        Family family = new Family("Critical and other header parameters");
        family.good(
                "zip, payload as it is",
                withHeaderAnd(",\"zip\":\"DEF\""),
                "means nothing in a JWS: RFC 7516 §4.1.3, RFC 7515 §4");
        family.good("cty json", withHeaderAnd(",\"cty\":\"json\""), "ignored by JWS: RFC 7515 §4.1.10");
        family.good("b64 true", withHeaderAnd(",\"b64\":true"), "the default: RFC 7797 §3");
        String[] bad = {
            "crit of an unknown parameter", ",\"crit\":[\"x\"],\"x\":1",
            "crit of an unknown parameter that is a URL",
                    ",\"crit\":[\"http://example.com/x\"],\"http://example.com/x\":true",
            "crit of a parameter that is not there", ",\"crit\":[\"x\"]",
            "crit of exp", ",\"crit\":[\"exp\"],\"exp\":4102444800",
            "crit of alg", ",\"crit\":[\"alg\"]",
            "crit of kid and typ", ",\"crit\":[\"kid\",\"typ\"]",
            "crit empty", ",\"crit\":[]",
            "crit null", ",\"crit\":null",
            "crit a string", ",\"crit\":\"exp\"",
            "crit an object", ",\"crit\":{}",
            "crit of a number", ",\"crit\":[1]",
            "crit of nothing", ",\"crit\":[\"\"]",
            "crit of itself", ",\"crit\":[\"crit\"]"
        };
        for (int i = 0; i < bad.length; i += 2) {
            family.bad(bad[i], withHeaderAnd(bad[i + 1]), CRITICAL);
        }
        family.bad(
                "crit of b64 false, payload encoded",
                withHeaderAnd(",\"crit\":[\"b64\"],\"b64\":false"),
                "not in a JWT: RFC 7797 §7");
        family.bad(
                "b64 false, not critical",
                withHeaderAnd(",\"b64\":false"),
                "has to be critical, and not in a JWT: RFC 7797 §6, §7");
        family.open(
                "crit of b64 true",
                withHeaderAnd(",\"crit\":[\"b64\"],\"b64\":true"),
                "if it is understood: RFC 7797 §6");
        family.open("enc", withHeaderAnd(",\"enc\":\"A256GCM\""), "the mark of an encrypted token: RFC 7516 §9");
        return family.cases();
    }
}
