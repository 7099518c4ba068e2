package dev.latchkey.guard.corpus;

import static dev.latchkey.guard.corpus.Mint.base64;
import static dev.latchkey.guard.corpus.Mint.utf8;
import static dev.latchkey.guard.corpus.Mint.withClaims;
import static dev.latchkey.guard.corpus.Mint.withHeaderAnd;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** Tokens in tokens, and other serializations. */
final class NestedCases {
    private static final String NESTED = "the payload is to be a token then: RFC 7519 §5.2, §7.2";
    private static final String COMPACT = "the compact serialization: RFC 7519 §3";

    private NestedCases() {}

    static List<Case> all() {
        Family family = new Family("Nested and otherwise serialized");
        String good = Mint.good();
        for (String type : List.of("JWT", "jwt", "application/jwt", "Application/JWT")) {
            family.bad("cty " + type + ", payload claims", withHeaderAnd(",\"cty\":\"" + type + "\""), NESTED);
        }
        String nested = Mint.HEADER.replace("}", ",\"cty\":\"JWT\"}");
        family.bad("cty JWT, payload a token", Mint.token(nested, good), "a JWT of claims: RFC 9068 §2.2");
        family.bad("payload a token", withClaims(good), "a JSON object: RFC 7519 §7.2");
        family.bad("payload a token as JSON", withClaims('"' + good + '"'), "a JSON object: RFC 7519 §7.2");
        family.bad("header a token", Mint.spelled(base64(utf8(good)), base64(utf8(Mint.CLAIMS))), "RFC 7515 §5.2");
        String jwe = base64(utf8("{\"alg\":\"dir\",\"enc\":\"A256GCM\",\"typ\":\"at+jwt\"}"));
        family.bad(
                "five parts, encrypted to nobody",
                jwe + "..AAAAAAAAAAAAAAAA.AAAA.AAAAAAAAAAAAAAAAAAAAAA",
                "RFC 9068 §4");
        family.bad("five parts, of the good one", good + ".AAAA.AAAAAAAAAAAAAAAAAAAAAA", "RFC 7516 §9");
        family.bad(
                "three parts, header of an encrypted one",
                Mint.withHeader("{\"alg\":\"dir\",\"enc\":\"A256GCM\"}"),
                "RFC 7516 §9");
        serialized(family, good.split("\\.", -1));
        family.bad("SD-JWT with no disclosure", good + "~", COMPACT);
        family.bad(
                "payload deflated, zip DEF",
                Mint.spelled(
                        base64(utf8(Mint.HEADER.replace("}", ",\"zip\":\"DEF\"}"))),
                        base64(deflated(utf8(Mint.CLAIMS)))),
                "a JWS has no compression: RFC 7516 §4.1.3, RFC 7515 §4");
        family.bad(
                "payload in gzip, zip GZIP",
                Mint.spelled(
                        base64(utf8(Mint.HEADER.replace("}", ",\"zip\":\"GZIP\"}"))),
                        base64(gzipped(utf8(Mint.CLAIMS)))),
                "a JWS has no compression: RFC 7516 §4.1.3, RFC 7515 §4");
        family.bad("payload in gzip", Mint.withPayload(gzipped(utf8(Mint.CLAIMS))), "a JSON object: RFC 7519 §7.2");
        return family.cases();
    }

    private static void serialized(Family family, String[] parts) {
        String flattened = "{\"payload\":\"" + parts[1] + "\",\"protected\":\"" + parts[0] + "\",\"signature\":\""
                + parts[2] + "\"}";
        String general = "{\"payload\":\"" + parts[1] + "\",\"signatures\":[{\"protected\":\"" + parts[0]
                + "\",\"signature\":\"" + parts[2] + "\"}]}";
        family.bad("flattened JSON", flattened, COMPACT);
        family.bad("general JSON", general, COMPACT);
        family.bad("flattened JSON in base64url", base64(utf8(flattened)), COMPACT);
        family.bad("detached, payload left out", parts[0] + ".." + parts[2], "RFC 7519 §7.2");
        family.bad("parts turned round", parts[2] + '.' + parts[1] + '.' + parts[0], COMPACT);
        family.bad("parts of header and payload exchanged", Mint.spelled(parts[1], parts[0]), "RFC 7515 §5.2");
    }

    private static byte[] deflated(byte[] bytes) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        return written(packed, new DeflaterOutputStream(packed, new Deflater(9, true)), bytes); // RFC 1951
    }

    private static byte[] gzipped(byte[] bytes) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try {
            return written(packed, new GZIPOutputStream(packed), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] written(ByteArrayOutputStream packed, OutputStream packing, byte[] bytes) {
        try (packing) {
            packing.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }
}
