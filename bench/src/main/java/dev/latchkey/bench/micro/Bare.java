package dev.latchkey.bench.micro;

import com.nimbusds.jose.util.Base64URL;
import dev.latchkey.token.Algorithm;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The bare call of JCA: no token, no encoding, the object made and initialised once. */
final class Bare {
    private final byte[] input;
    private final byte[] signature;
    private final @Nullable Mac mac;
    private final @Nullable Signature signer;
    private final @Nullable Signature verifier;

    Bare(Algorithm algorithm, @Nullable Provider provider, String token) throws GeneralSecurityException {
        input = Arrays.copyOf(token.getBytes(java.nio.charset.StandardCharsets.US_ASCII), token.lastIndexOf('.'));
        if (algorithm.isSymmetric()) {
            mac = provider == null ? Mac.getInstance("HmacSHA256") : Mac.getInstance("HmacSHA256", provider);
            mac.init(new SecretKeySpec(new byte[32], "HmacSHA256"));
            signer = null;
            verifier = null;
        } else {
            mac = null;
            KeyPair pair = pair(algorithm, provider);
            signer = signature(algorithm, provider);
            signer.initSign(pair.getPrivate());
            verifier = signature(algorithm, provider);
            verifier.initVerify(pair.getPublic());
        }
        signature = sign();
    }

    private static KeyPair pair(Algorithm algorithm, @Nullable Provider provider) throws GeneralSecurityException {
        String type = switch (algorithm) {
            case RS256 -> "RSA";
            case EdDSA -> "Ed25519";
            default -> "EC";
        };
        KeyPairGenerator generator = KeyPairGenerator.getInstance(type);
        switch (algorithm) {
            case RS256 -> generator.initialize(2048);
            case ES256 -> generator.initialize(new ECGenParameterSpec("secp256r1"));
            default -> {}
        }
        KeyPair pair = generator.generateKeyPair();
        if (provider == null || provider.getService("KeyFactory", type) == null) {
            return pair;
        }
        var factory = java.security.KeyFactory.getInstance(type, provider);
        PublicKey publicKey = (PublicKey) factory.translateKey(pair.getPublic());
        PrivateKey privateKey = (PrivateKey) factory.translateKey(pair.getPrivate());
        return new KeyPair(publicKey, privateKey);
    }

    private static Signature signature(Algorithm algorithm, @Nullable Provider provider)
            throws GeneralSecurityException {
        String name = switch (algorithm) {
            case ES256 -> "SHA256withECDSAinP1363Format";
            case RS256 -> "SHA256withRSA";
            default -> "Ed25519";
        };
        return provider == null ? Signature.getInstance(name) : Signature.getInstance(name, provider);
    }

    byte[] sign() throws GeneralSecurityException {
        if (mac != null) {
            return mac.doFinal(input);
        }
        Signature made = Objects.requireNonNull(signer);
        made.update(input);
        return made.sign();
    }

    boolean verify() throws GeneralSecurityException {
        if (mac != null) {
            return Arrays.equals(mac.doFinal(input), signature);
        }
        Signature made = Objects.requireNonNull(verifier);
        made.update(input);
        return made.verify(signature);
    }

    @Override
    public String toString() {
        return Base64URL.encode(signature).toString();
    }
}
