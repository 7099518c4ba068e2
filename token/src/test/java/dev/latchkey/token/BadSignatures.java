package dev.latchkey.token;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Sound tokens that the key's owner did not sign: forged, altered, or signed with something that is not secret. */
final class BadSignatures {
    private BadSignatures() {}

    static Stream<BadToken> all() {
        return Stream.of(ecdsa(), altered(), others(), confused(), foreignKeys())
                .flatMap(tokens -> tokens);
    }

    private static Stream<BadToken> ecdsa() {
        byte[] good = Forge.signature(input(), Forge.EC_KEY);
        byte[] order = UnsignedNumber.bytes(Curve.P_256.parameters().getOrder(), 32);
        byte[] zero = new byte[32];
        byte[] one = UnsignedNumber.bytes(BigInteger.ONE, 32);
        byte[] r = Arrays.copyOf(good, 32);
        byte[] s = Arrays.copyOfRange(good, 32, 64);
        return Stream.of(
                        Map.entry("none", new byte[0]),
                        Map.entry("all zero", new byte[64]),
                        Map.entry("r zero", join(zero, s)),
                        Map.entry("s zero", join(r, zero)),
                        Map.entry("r and s the order", join(order, order)),
                        Map.entry("r the order", join(order, s)),
                        Map.entry("s the order", join(r, order)),
                        Map.entry("r and s one", join(one, one)),
                        Map.entry("all ones", filled(64)),
                        Map.entry("r and s swapped", join(s, r)),
                        Map.entry("r alone", r),
                        Map.entry("a byte short", Arrays.copyOf(good, 63)),
                        Map.entry("a byte long", Arrays.copyOf(good, 65)),
                        Map.entry("a zero in front", join(new byte[1], good)),
                        Map.entry("twice as long", join(join(zero, r), join(zero, s))),
                        Map.entry("in DER", der(r, s)),
                        Map.entry("all zero in DER", der(zero, zero)),
                        Map.entry("of a P-384 key", new byte[96]))
                .map(each -> bad("signature " + each.getKey(), Forge.signedBy(each.getValue())));
    }

    private static Stream<BadToken> altered() {
        String signature = Forge.good().substring(Forge.good().lastIndexOf('.'));
        String other = Forge.token(Forge.HEADER, Forge.claims(",\"scope\":\"orders:read\""));
        return Stream.of(
                bad("other claims", altered(Forge.HEADER, Forge.CLAIMS.replace("alice", "admin"), signature)),
                bad("other spacing in the claims", altered(Forge.HEADER, Forge.CLAIMS.replace(":", ": "), signature)),
                bad(
                        "other order in the header",
                        altered("{\"kid\":\"ec\",\"typ\":\"at+jwt\",\"alg\":\"ES256\"}", Forge.CLAIMS, signature)),
                bad(
                        "longer header",
                        altered(
                                "{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"ec\",\"x\":1}",
                                Forge.CLAIMS,
                                signature)),
                bad(
                        "expired and prolonged",
                        altered(Forge.HEADER, Forge.claimsBut("exp", "" + Forge.at(3600)), signature)),
                bad("signature of another token", input() + other.substring(other.lastIndexOf('.'))));
    }

    private static String altered(String header, String claims, String signature) {
        return Base64Url.encode(Forge.utf8(header)) + '.' + Base64Url.encode(Forge.utf8(claims)) + signature;
    }

    private static Stream<BadToken> others() {
        String noKeyId = "{\"alg\":\"ES256\",\"typ\":\"at+jwt\"}";
        return Stream.of(
                bad("another key of the same name", Forge.token(Forge.HEADER, Forge.CLAIMS, Forge.STRANGER)),
                bad("another key, none named", Forge.token(noKeyId, Forge.CLAIMS, Forge.STRANGER)),
                bad("signed with RSA", Forge.token(Forge.HEADER, Forge.CLAIMS, Forge.RSA_KEY)),
                bad("signed with Ed25519", Forge.token(Forge.HEADER, Forge.CLAIMS, Forge.ED_KEY)),
                bad("signed with a secret", Forge.token(Forge.HEADER, Forge.CLAIMS, Forge.SECRET)));
    }

    /** What is public used as a secret, where the verifier takes any algorithm: {@code alg} must not choose how a key is used. */
    private static Stream<BadToken> confused() {
        String header = "{\"alg\":\"HS256\",\"typ\":\"at+jwt\",\"kid\":\"rsa\"}";
        String noKeyId = "{\"alg\":\"HS256\",\"typ\":\"at+jwt\"}";
        byte[] der = rsaPublicDer();
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END PUBLIC KEY-----";
        List<byte[]> publicBytes = List.of(
                der,
                Forge.utf8(pem),
                Forge.utf8(pem + "\n"),
                Forge.utf8(pem.replace("\n", "\r\n")),
                Base64.getUrlDecoder().decode(Forge.<String>member(Forge.RSA_KEY.toMap(), "n")),
                Forge.utf8(Forge.<String>member(Forge.RSA_KEY.toMap(), "n")),
                Forge.utf8(Forge.RSA_KEY.toPublic().toJson()),
                Forge.utf8(Forge.RSA_KEY.thumbprint()),
                Forge.utf8(Forge.EC_KEY.toPublic().toJson()),
                new byte[32]);
        return publicBytes.stream()
                .flatMap(bytes -> Stream.of(header, noKeyId)
                        .map(each -> new BadToken(
                                "public bytes as a secret, " + bytes.length
                                        + (each.equals(header) ? "" : ", no key named"),
                                Forge.token(each, Forge.CLAIMS, Forge.secretOf(bytes)),
                                RefusalReason.UNKNOWN_KEY)));
    }

    /** The token says where its key is, or brings it along. */
    private static Stream<BadToken> foreignKeys() {
        String stranger = Forge.STRANGER.toPublic().toJson();
        Stream<BadToken> brought = Stream.of(
                        "\"jwk\":" + stranger,
                        "\"jku\":\"https://evil.example/jwks\"",
                        "\"jku\":\"http://127.0.0.1:1/jwks\"",
                        "\"x5u\":\"https://evil.example/chain.pem\"",
                        "\"x5c\":[\"MIIB\"]",
                        "\"x5t\":\"AAAA\"")
                .map(member -> bad(
                        "brings " + member,
                        Forge.token(
                                "{\"alg\":\"ES256\",\"typ\":\"at+jwt\"," + member + "}",
                                Forge.CLAIMS,
                                Forge.STRANGER)));
        Stream<BadToken> named = Stream.of(
                        "other",
                        "",
                        "EC",
                        "ec ",
                        "rsa",
                        "ed",
                        "../../dev/null",
                        "/dev/null",
                        "ec' OR '1'='1",
                        "https://evil.example/jwks#ec",
                        "\u0000",
                        "x".repeat(5000))
                .map(keyId -> new BadToken(
                        "key id " + keyId.substring(0, Math.min(40, keyId.length())),
                        Forge.withHeader("{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":" + Json.write(keyId) + "}"),
                        RefusalReason.UNKNOWN_KEY));
        return Stream.concat(brought, named);
    }

    private static BadToken bad(String name, String token) {
        return new BadToken(name, token, RefusalReason.BAD_SIGNATURE);
    }

    private static String input() {
        String good = Forge.good();
        return good.substring(0, good.lastIndexOf('.'));
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static byte[] filled(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 0xFF);
        return bytes;
    }

    private static byte[] der(byte[] r, byte[] s) {
        byte[] first = new BigInteger(1, r).toByteArray();
        byte[] second = new BigInteger(1, s).toByteArray();
        byte[] numbers = join(
                join(new byte[] {2, (byte) first.length}, first), join(new byte[] {2, (byte) second.length}, second));
        return join(new byte[] {0x30, (byte) numbers.length}, numbers);
    }

    private static byte[] rsaPublicDer() {
        Map<String, Object> key = Forge.RSA_KEY.toMap();
        try {
            return KeyFactory.getInstance("RSA")
                    .generatePublic(new RSAPublicKeySpec(number(key, "n"), number(key, "e")))
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static BigInteger number(Map<String, Object> key, String member) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(Forge.<String>member(key, member)));
    }
}
