package dev.latchkey.guard.corpus;

import static dev.latchkey.guard.corpus.Mint.CLAIMS;
import static dev.latchkey.guard.corpus.Mint.base64;
import static dev.latchkey.guard.corpus.Mint.utf8;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** ECDSA signatures, and tokens that were altered after they were signed. */
final class SignatureCases {
    private static final BigInteger ORDER =
            new BigInteger("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551", 16);

    private SignatureCases() {}

    static List<Case> all() {
        Family family = new Family("Signatures");
        ecdsa(family);
        altered(family);
        return family.cases();
    }

    private static void ecdsa(Family family) {
        byte[] good =
                Base64.getUrlDecoder().decode(Mint.good().substring(Mint.good().lastIndexOf('.') + 1));
        byte[] r = Arrays.copyOf(good, 32);
        byte[] s = Arrays.copyOfRange(good, 32, 64);
        byte[] zero = new byte[32];
        byte[] one = unsigned(BigInteger.ONE);
        byte[] order = unsigned(ORDER);
        family.good(
                "the other s, n − s",
                Mint.signedBy(join(r, unsigned(ORDER.subtract(new BigInteger(1, s))))),
                "as good: RFC 7518 §3.4 has no rule for the lower one");
        Map<String, byte[]> bad = new LinkedHashMap<>();
        bad.put("no signature", new byte[0]);
        bad.put("r and s zero", new byte[64]);
        bad.put("r zero", join(zero, s));
        bad.put("s zero", join(r, zero));
        bad.put("r and s the order of the curve", join(order, order));
        bad.put("r the order, s as signed", join(order, s));
        bad.put("s the order, r as signed", join(r, order));
        bad.put("r and s one", join(one, one));
        bad.put("all bits one", filled(64));
        bad.put("r and s swapped", join(s, r));
        bad.put("r alone", r);
        bad.put("a byte short", Arrays.copyOf(good, 63));
        bad.put("a zero behind", Arrays.copyOf(good, 65));
        bad.put("a zero in front", join(new byte[1], good));
        bad.put("numbers of 48 bytes", join(join(new byte[16], r), join(new byte[16], s)));
        bad.put("numbers of 64 bytes", join(join(zero, r), join(zero, s)));
        bad.put("in DER", der(r, s));
        bad.put("r and s zero, in DER", der(zero, zero));
        bad.put("in DER, filled up with zeros to 96 bytes", Arrays.copyOf(der(r, s), 96));
        bad.put("96 zeros, as if of P-384", new byte[96]);
        bad.forEach((name, signature) ->
                family.bad(name, Mint.signedBy(signature), "two numbers of 32 bytes, 0 < r, s < n: RFC 7518 §3.4"));
    }

    private static void altered(Family family) {
        String why = "not what was signed: RFC 7515 §5.2";
        String signature = Mint.good().substring(Mint.good().lastIndexOf('.'));
        String other = Mint.withClaims(Mint.claimsBut("jti", "\"other\""));
        family.bad("another subject", altered(Mint.HEADER, CLAIMS.replace("alice", "admin"), signature), why);
        family.bad("one more scope", altered(Mint.HEADER, CLAIMS.replace("read", "read admin"), signature), why);
        family.bad("prolonged", altered(Mint.HEADER, Mint.claimsBut("exp", "" + Mint.at(9999)), signature), why);
        family.bad("other spacing", altered(Mint.HEADER, CLAIMS.replace(":", ": "), signature), why);
        family.bad(
                "other order in the header",
                altered("{\"kid\":\"es256\",\"typ\":\"at+jwt\",\"alg\":\"ES256\"}", CLAIMS, signature),
                why);
        family.bad("one more header parameter", altered(Mint.HEADER.replace("}", ",\"x\":1}"), CLAIMS, signature), why);
        family.bad("the signature of another token", Mint.input() + other.substring(other.lastIndexOf('.')), why);
        family.bad("case of the signature turned", Mint.input() + turned(signature), why);
        family.bad(
                "made an ID token of: the payload of another type",
                altered(Mint.HEADER.replace("at+jwt", "JWT"), CLAIMS, signature),
                why);
    }

    private static String turned(String text) {
        return text.toUpperCase(java.util.Locale.ROOT);
    }

    private static String altered(String header, String claims, String signature) {
        return base64(utf8(header)) + '.' + base64(utf8(claims)) + signature;
    }

    private static byte[] unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        byte[] sized = new byte[32];
        int length = Math.min(32, bytes.length);
        System.arraycopy(bytes, bytes.length - length, sized, 32 - length, length);
        return sized;
    }

    static byte[] join(byte[] first, byte[] second) {
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
}
