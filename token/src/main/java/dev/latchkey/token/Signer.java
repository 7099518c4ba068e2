package dev.latchkey.token;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/** One key at work under one algorithm. Safe for use by many threads. */
sealed interface Signer {
    /** The signature, as JWS wants it, of the first {@code length} bytes. */
    byte[] sign(byte[] input, int length);

    /** Whether this is the signature of the first {@code length} bytes; anything unexpected is a no. */
    boolean verify(byte[] input, int length, byte[] signature);

    static Signer of(Algorithm algorithm, KeyMaterial material) {
        return material.privateKey() instanceof SecretKey secret
                ? new SecretSigner(algorithm, secret)
                : new KeyPairSigner(algorithm, material);
    }

    /** HMAC. */
    final class SecretSigner implements Signer {
        private final Algorithm algorithm;
        private final SecretKey key;
        private final Pool<Mac> macs = new Pool<>();

        SecretSigner(Algorithm algorithm, SecretKey key) {
            this.algorithm = algorithm;
            this.key = key;
        }

        @Override
        public byte[] sign(byte[] input, int length) {
            try {
                Mac pooled = macs.take();
                Mac mac = pooled != null ? pooled : Crypto.chosen().mac(algorithm, key);
                mac.update(input, 0, length);
                byte[] code = mac.doFinal();
                macs.give(mac);
                return code;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("cannot sign with " + algorithm, e);
            }
        }

        @Override
        public boolean verify(byte[] input, int length, byte[] signature) {
            return MessageDigest.isEqual(sign(input, length), signature);
        }
    }

    /** RSA, ECDSA and EdDSA. */
    final class KeyPairSigner implements Signer {
        private final Algorithm algorithm;
        private final KeyMaterial material;
        private final Pool<Signature> signers = new Pool<>();
        private final Pool<Signature> verifiers = new Pool<>();

        KeyPairSigner(Algorithm algorithm, KeyMaterial material) {
            this.algorithm = algorithm;
            this.material = material;
        }

        @Override
        public byte[] sign(byte[] input, int length) {
            try {
                Signature pooled = signers.take();
                Signature signer = pooled != null ? pooled : Crypto.chosen().signer(algorithm, privateKey());
                signer.update(input, 0, length);
                byte[] signature = signer.sign();
                signers.give(signer);
                return signature;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("cannot sign with " + algorithm, e);
            }
        }

        @Override
        public boolean verify(byte[] input, int length, byte[] signature) {
            if (signature.length != material.signatureLength() || isDegenerate(signature)) {
                return false;
            }
            try {
                Signature pooled = verifiers.take();
                Signature verifier = pooled != null ? pooled : Crypto.chosen().verifier(algorithm, publicKey());
                verifier.update(input, 0, length);
                boolean valid = verifier.verify(signature);
                verifiers.give(verifier);
                return valid;
            } catch (SignatureException e) {
                return false; // and the object, in a state nobody knows, does not go back to the pool
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("cannot verify with " + algorithm, e);
            }
        }

        /** r or s of zero fits every message where a provider forgets to look (CVE-2022-21449). */
        private boolean isDegenerate(byte[] signature) {
            int half = signature.length / 2;
            return algorithm.family() == Algorithm.Family.EC
                    && (isZero(signature, 0, half) || isZero(signature, half, signature.length));
        }

        private static boolean isZero(byte[] bytes, int from, int to) {
            for (int i = from; i < to; i++) {
                if (bytes[i] != 0) {
                    return false;
                }
            }
            return true;
        }

        private PrivateKey privateKey() {
            return (PrivateKey) require(material.privateKey());
        }

        private PublicKey publicKey() {
            return require(material.publicKey());
        }

        private static <K> K require(@Nullable K key) {
            if (key == null) {
                throw new IllegalStateException("this key has no such half");
            }
            return key;
        }
    }
}
