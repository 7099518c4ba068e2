package dev.latchkey.token;

import static dev.latchkey.token.BadToken.malformed;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;

/** Tokens with a correct signature over a header that must not be accepted. */
final class BadHeaders {
    private BadHeaders() {}

    static Stream<BadToken> all() {
        return Stream.of(json(), members(), critical(), algorithms(), types()).flatMap(tokens -> tokens);
    }

    private static Stream<BadToken> json() {
        return Stream.of(
                        "",
                        " ",
                        "null",
                        "true",
                        "42",
                        "\"ES256\"",
                        "[]",
                        "[" + Forge.HEADER + "]",
                        Forge.HEADER + Forge.HEADER,
                        Forge.HEADER + "x",
                        Forge.HEADER + "\0",
                        Forge.HEADER + ",",
                        "\uFEFF" + Forge.HEADER,
                        "{\"alg\":\"ES256\",}",
                        "{\"alg\":\"ES256\" \"typ\":\"at+jwt\"}",
                        "{'alg':'ES256'}",
                        "{alg:\"ES256\"}",
                        "{\"alg\":\"ES256\"/**/}",
                        "{\"alg\":\"ES256\"}//",
                        "{\"alg\":\"ES256\"",
                        "{\"alg\":\"ES256}",
                        "{\"alg\":\"ES\n256\"}",
                        "{\"alg\":\"ES256\",\"x\":\"\\ud800\"}",
                        "{\"alg\":\"ES256\",\"\\udc00\":1}",
                        "{\"alg\":\"ES256\",\"x\":\"\\x\"}",
                        "{\"alg\":\"ES256\",\"x\":\"\\u12\"}",
                        "{\"alg\":\"ES256\",\"x\":01}",
                        "{\"alg\":\"ES256\",\"x\":+1}",
                        "{\"alg\":\"ES256\",\"x\":.5}",
                        "{\"alg\":\"ES256\",\"x\":1.}",
                        "{\"alg\":\"ES256\",\"x\":0x1}",
                        "{\"alg\":\"ES256\",\"x\":NaN}",
                        "{\"alg\":\"ES256\",\"x\":Infinity}",
                        "{\"alg\":\"ES256\",\"x\":1e999999999}",
                        "{\"alg\":\"ES256\",\"x\":" + "9".repeat(200) + "}",
                        "{\"alg\":\"ES256\",\"x\":" + "[".repeat(40) + "]".repeat(40) + "}",
                        "{\"alg\":\"ES256\",\"x\":" + "{\"x\":".repeat(1000) + "1" + "}".repeat(1000) + "}",
                        "{\"alg\":\"ES256\",\"alg\":\"ES256\"}",
                        "{\"alg\":\"none\",\"alg\":\"ES256\"}",
                        "{\"alg\":\"ES256\",\"\\u0061lg\":\"none\"}",
                        "{\"alg\":\"ES256\",\"kid\":\"ec\",\"kid\":\"rsa\"}",
                        "{\"alg\":\"ES256\",\"x\":{\"y\":1,\"y\":2}}")
                .map(header -> malformed("header " + shortened(header), Forge.withHeader(header)));
    }

    private static Stream<BadToken> members() {
        Stream<BadToken> bytes = Stream.of(
                        new byte[] {(byte) 0xC0, (byte) 0x80},
                        new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
                        new byte[] {(byte) 0xFF},
                        new byte[] {(byte) 0xC3},
                        new byte[] {(byte) 0xF8, 1, 1, 1, 1})
                .map(bad -> malformed("header that is not UTF-8, " + Arrays.toString(bad), notUtf8(bad)));
        Stream<BadToken> types = Stream.of(
                        "{\"typ\":\"at+jwt\",\"kid\":\"ec\"}",
                        "{}",
                        "{\"alg\":null}",
                        "{\"alg\":1}",
                        "{\"alg\":true}",
                        "{\"alg\":[\"ES256\"]}",
                        "{\"alg\":{\"ES256\":1}}",
                        "{\"Alg\":\"ES256\"}",
                        "{\"alg\":\"ES256\",\"kid\":1}",
                        "{\"alg\":\"ES256\",\"kid\":null}",
                        "{\"alg\":\"ES256\",\"kid\":[\"ec\"]}",
                        "{\"alg\":\"ES256\",\"kid\":{}}",
                        "{\"alg\":\"ES256\",\"typ\":null}",
                        "{\"alg\":\"ES256\",\"typ\":[\"at+jwt\"]}",
                        "{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"cty\":5}",
                        "{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"cty\":\"JWT\"}",
                        "{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"cty\":\"jwt\"}",
                        "{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"cty\":\"application/JWT\"}",
                        "{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"enc\":\"A256GCM\"}",
                        "{\"alg\":\"dir\",\"enc\":\"A256GCM\"}")
                .map(header -> malformed("header " + header, Forge.withHeader(header)));
        return Stream.concat(bytes, types);
    }

    private static String notUtf8(byte[] bad) {
        byte[] start = Forge.utf8("{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"x\":\"");
        byte[] end = Forge.utf8("\"}");
        byte[] header = new byte[start.length + bad.length + end.length];
        System.arraycopy(start, 0, header, 0, start.length);
        System.arraycopy(bad, 0, header, start.length, bad.length);
        System.arraycopy(end, 0, header, start.length + bad.length, end.length);
        return Forge.token(header, Forge.utf8(Forge.CLAIMS), Forge.EC_KEY);
    }

    private static Stream<BadToken> critical() {
        return Stream.of(
                        "\"crit\":[\"exp\"]",
                        "\"crit\":[\"exp\"],\"exp\":1",
                        "\"crit\":[\"b64\"],\"b64\":false",
                        "\"crit\":[\"b64\"],\"b64\":true",
                        "\"crit\":[\"alg\"]",
                        "\"crit\":[\"http://example.com/x\"],\"http://example.com/x\":1",
                        "\"crit\":[]",
                        "\"crit\":null",
                        "\"crit\":\"exp\"",
                        "\"crit\":{}",
                        "\"crit\":[1]",
                        "\"b64\":false",
                        "\"b64\":\"true\"",
                        "\"b64\":null")
                .map(members -> malformed(
                        "header with " + members,
                        Forge.withHeader("{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"ec\"," + members + "}")));
    }

    private static Stream<BadToken> algorithms() {
        return Stream.of(
                        "none",
                        "None",
                        "NONE",
                        "nOnE",
                        "none ",
                        "",
                        " ",
                        "es256",
                        "Es256",
                        "ES256 ",
                        " ES256",
                        "ES256K",
                        "ES384",
                        "ES512",
                        "RS256",
                        "PS256",
                        "HS256",
                        "HS512",
                        "EdDSA",
                        "Ed25519",
                        "RS1",
                        "dir",
                        "A128KW",
                        "RSA-OAEP",
                        "ECDH-ES",
                        "SHA256withECDSA",
                        "ES256\u0000",
                        "\u0395S256")
                .map(algorithm -> new BadToken(
                        "algorithm '" + algorithm + "'",
                        Forge.withHeader(Json.write(Map.of("alg", algorithm, "typ", "at+jwt", "kid", "ec"))),
                        RefusalReason.UNSUPPORTED_ALGORITHM));
    }

    private static Stream<BadToken> types() {
        return Stream.of(
                        "{\"alg\":\"ES256\",\"kid\":\"ec\"}",
                        "{\"alg\":\"ES256\",\"typ\":\"\"}",
                        "{\"alg\":\"ES256\",\"typ\":\"JWT\"}",
                        "{\"alg\":\"ES256\",\"typ\":\"jwt\"}",
                        "{\"alg\":\"ES256\",\"typ\":\"at\"}",
                        "{\"alg\":\"ES256\",\"typ\":\"at+jwt \"}",
                        "{\"alg\":\"ES256\",\"typ\":\" at+jwt\"}",
                        "{\"alg\":\"ES256\",\"typ\":\"at+jwt;v=1\"}",
                        "{\"alg\":\"ES256\",\"typ\":\"dpop+jwt\"}",
                        "{\"alg\":\"ES256\",\"typ\":\"text/at+jwt\"}",
                        "{\"alg\":\"ES256\",\"typ\":\"application/application/at+jwt\"}",
                        "{\"alg\":\"ES256\",\"typ\":\"application/\"}")
                .map(header -> new BadToken("type in " + header, Forge.withHeader(header), RefusalReason.WRONG_TYPE));
    }

    private static String shortened(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }
}
