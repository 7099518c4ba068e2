package dev.latchkey.guard.corpus;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs with the JDK alone, and the same each time, so that no library in question makes the tokens. */
final class Signing {
    private Signing() {}

    /** A signature by the algorithm of this JWA name. */
    static byte[] sign(String algorithm, PrivateKey key, byte[] input) {
        String hash = algorithm.substring(algorithm.length() - 3);
        try {
            Signature signature = switch (algorithm.substring(0, 2)) {
                case "ES" -> Signature.getInstance("SHA" + hash + "withECDSAinP1363Format", "SunEC");
                case "RS" -> Signature.getInstance("SHA" + hash + "withRSA", "SunRsaSign");
                case "PS" -> pss(hash);
                case "Ed" -> Signature.getInstance("Ed25519", "SunEC");
                default -> throw new IllegalArgumentException(algorithm);
            };
            signature.initSign(key, random());
            signature.update(input);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A source that begins anew each time. */
    static SecureRandom random() {
        return new Counted();
    }

    private static Signature pss(String hash) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("RSASSA-PSS", "SunRsaSign");
        String digest = "SHA-" + hash;
        signature.setParameter(new PSSParameterSpec(
                digest, "MGF1", new MGF1ParameterSpec(digest), Integer.parseInt(hash) / 8, 1)); // RFC 7518 §3.5
        return signature;
    }

    static byte[] mac(String algorithm, byte[] secret, byte[] input) {
        try {
            String name = "HmacSHA" + algorithm.substring(2);
            Mac mac = Mac.getInstance(name, "SunJCE");
            mac.init(new SecretKeySpec(secret, name));
            return mac.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Not random at all: what signs here are keys that everybody may read. */
    private static final class Counted extends SecureRandom {
        private int count;

        @Override
        public void nextBytes(byte[] bytes) {
            try {
                MessageDigest digest = MessageDigest.getInstance("SHA-512");
                for (int i = 0; i < bytes.length; i += 64) {
                    byte[] block =
                            digest.digest(ByteBuffer.allocate(4).putInt(count++).array());
                    System.arraycopy(block, 0, bytes, i, Math.min(64, bytes.length - i));
                }
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
