package dev.latchkey.guard.corpus;

import static dev.latchkey.guard.corpus.Mint.CLAIMS;
import static dev.latchkey.guard.corpus.Mint.base64;
import static dev.latchkey.guard.corpus.Mint.header;
import static dev.latchkey.guard.corpus.Mint.utf8;
import static dev.latchkey.guard.corpus.SignatureCases.join;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.List;

/** Signatures of RSA and Ed25519. */
final class OtherSignatureCases {
    private static final BigInteger ED25519_ORDER =
            BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

    private OtherSignatureCases() {}

    static List<Case> all() {
        Family family = new Family("Signatures of RSA and Ed25519");
        pkcs1(family);
        pss(family);
        edwards(family);
        return family.cases();
    }

    private static void pkcs1(Family family) {
        String input = input("RS256", "rs256");
        byte[] good = Signing.sign("RS256", Keys.privateKey("rs256"), utf8(input));
        byte[] modulus = Keys.jwk("rs256").toRSAKey().getModulus().decode();
        String length = "as long as the modulus: RFC 8017 §8.2.2";
        family.bad("RS256", "RS256, no signature", input + '.', length);
        family.bad("RS256", "RS256, a zero in front", input + '.' + base64(join(new byte[1], good)), length);
        family.bad("RS256", "RS256, a byte short", input + '.' + base64(Arrays.copyOf(good, 255)), length);
        family.bad("RS256", "RS256, zero", input + '.' + base64(new byte[256]), "RFC 8017 §8.2.2");
        family.bad("RS256", "RS256, the modulus", input + '.' + base64(modulus), "below the modulus: RFC 8017 §5.2.2");
        family.bad(
                "RS256",
                "RS256, the signature and the modulus added",
                input
                        + '.'
                        + base64(new BigInteger(1, good)
                                .add(new BigInteger(1, modulus))
                                .toByteArray()),
                "below the modulus: RFC 8017 §5.2.2");
        family.bad(
                "RS256",
                "RS256, with SHA-1",
                input + '.' + base64(signed("SHA1withRSA", "rs256", null, input)),
                "SHA-256: RFC 7518 §3.3");
        family.bad(
                "RS256",
                "RS256, with SHA-512",
                input + '.' + base64(Signing.sign("RS512", Keys.privateKey("rs256"), utf8(input))),
                "SHA-256: RFC 7518 §3.3");
        family.bad(
                "RS256",
                "RS256, with the padding of PSS",
                input + '.' + base64(Signing.sign("PS256", Keys.privateKey("rs256"), utf8(input))),
                "RFC 7518 §3.3");
    }

    private static void pss(Family family) {
        String input = input("PS256", "ps256");
        family.bad(
                "PS256",
                "PS256, no salt",
                input + '.' + base64(salted(input, "SHA-256", 0)),
                "salt of 32 bytes: RFC 7518 §3.5");
        family.bad(
                "PS256",
                "PS256, salt of 20 bytes",
                input + '.' + base64(salted(input, "SHA-256", 20)),
                "salt of 32 bytes: RFC 7518 §3.5");
        family.bad(
                "PS256",
                "PS256, mask made with SHA-1",
                input + '.' + base64(salted(input, "SHA-1", 32)),
                "the hash of the algorithm for the mask too: RFC 7518 §3.5");
        family.bad(
                "PS256",
                "PS256, with the padding of PKCS #1 v1.5",
                input + '.' + base64(Signing.sign("RS256", Keys.privateKey("ps256"), utf8(input))),
                "RFC 7518 §3.5");
    }

    private static void edwards(Family family) {
        String input = input("EdDSA", "eddsa");
        byte[] good = Signing.sign("EdDSA", Keys.privateKey("eddsa"), utf8(input));
        byte[] identity = new byte[64];
        identity[0] = 1;
        String range = "0 ≤ S < L: RFC 8032 §5.1.7";
        family.bad("EdDSA", "EdDSA, no signature", input + '.', "64 bytes: RFC 8032 §5.1.7");
        family.bad("EdDSA", "EdDSA, zero", input + '.' + base64(new byte[64]), "RFC 8032 §5.1.7");
        family.bad("EdDSA", "EdDSA, R the identity, S zero", input + '.' + base64(identity), "RFC 8032 §5.1.7");
        family.bad("EdDSA", "EdDSA, L added to S", input + '.' + base64(added(good, BigInteger.ONE)), range);
        family.bad("EdDSA", "EdDSA, 8 L added to S", input + '.' + base64(added(good, BigInteger.valueOf(8))), range);
        family.bad(
                "EdDSA",
                "EdDSA, a byte short",
                input + '.' + base64(Arrays.copyOf(good, 63)),
                "64 bytes: RFC 8032 §5.1.7");
        family.bad(
                "EdDSA",
                "EdDSA, a zero behind",
                input + '.' + base64(Arrays.copyOf(good, 65)),
                "64 bytes: RFC 8032 §5.1.7");
        family.bad(
                "EdDSA",
                "EdDSA, the signature of ES256",
                input + '.' + base64(Signing.sign("ES256", Keys.privateKey("es256"), utf8(input))),
                "RFC 8037 §3.1");
    }

    /** S, the second half, is written with its lowest byte first. */
    private static byte[] added(byte[] signature, BigInteger times) {
        byte[] big = reversed(Arrays.copyOfRange(signature, 32, 64));
        byte[] sum = new BigInteger(1, big).add(ED25519_ORDER.multiply(times)).toByteArray();
        byte[] low = Arrays.copyOf(reversed(sum), 32);
        return join(Arrays.copyOf(signature, 32), low);
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] turned = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            turned[i] = bytes[bytes.length - 1 - i];
        }
        return turned;
    }

    private static byte[] salted(String input, String maskHash, int saltLength) {
        return signed(
                "RSASSA-PSS",
                "ps256",
                new PSSParameterSpec("SHA-256", "MGF1", new MGF1ParameterSpec(maskHash), saltLength, 1),
                input);
    }

    private static byte[] signed(
            String name, String key, @org.jspecify.annotations.Nullable PSSParameterSpec parameters, String input) {
        try {
            Signature signature = Signature.getInstance(name, "SunRsaSign");
            if (parameters != null) {
                signature.setParameter(parameters);
            }
            signature.initSign(Keys.privateKey(key), Signing.random());
            signature.update(utf8(input));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String input(String algorithm, String key) {
        return base64(utf8(header(algorithm, key))) + '.' + base64(utf8(CLAIMS));
    }
}
