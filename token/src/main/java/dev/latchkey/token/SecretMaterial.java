package dev.latchkey.token;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.KeyGenerator;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Shared secrets for HMAC (RFC 7518 §6.4). */
final class SecretMaterial {
    private static final int MAX_BYTES = 4096;

    private SecretMaterial() {}

    static KeyMaterial generate(Algorithm algorithm, @Nullable SecureRandom random) throws GeneralSecurityException {
        KeyGenerator generator = KeyGenerator.getInstance(algorithm.jcaName());
        if (random == null) {
            generator.init(algorithm.hashBits());
        } else {
            generator.init(algorithm.hashBits(), random);
        }
        return of(algorithm, generator.generateKey().getEncoded());
    }

    static KeyMaterial of(Algorithm algorithm, byte[] secret) {
        int needed = algorithm.hashBits() / 8;
        if (secret.length < needed) {
            // RFC 7518 §3.2
            throw new IllegalArgumentException(
                    "a secret for " + algorithm + " has at least " + needed + " bytes, this one has " + secret.length);
        }
        if (secret.length > MAX_BYTES) {
            throw new IllegalArgumentException("a secret has at most " + MAX_BYTES + " bytes");
        }
        Map<String, String> members = new LinkedHashMap<>();
        members.put("k", Base64Url.encode(secret));
        members.put("kty", "oct");
        return new KeyMaterial(members, Map.of(), null, new SecretKeySpec(secret, algorithm.jcaName()), needed);
    }

    static boolean isLongEnough(Algorithm algorithm, KeyMaterial material) {
        return material.privateKey() instanceof SecretKeySpec key
                && key.getEncoded().length >= algorithm.hashBits() / 8;
    }
}
