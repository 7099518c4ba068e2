package dev.latchkey.server.token;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDHEncrypter;
import com.nimbusds.jose.crypto.RSAEncrypter;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import dev.latchkey.server.client.ClientMetadata.Encryption;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts by RFC 7516 with the library that is only loaded when the first client wants it: nothing outside this class names
 * it.
 */
final class Jwe {
    private static final int MIN_RSA_BITS = 2048; // RFC 7518 §4.3
    private static final int MAX_RSA_BITS = 8192;
    private static final int MAX_EXPONENT_BITS = 64;
    private static final List<String> MEMBERS = List.of("kty", "kid", "n", "e", "crv", "x", "y");

    private final JWK key;

    private Jwe(JWK key) {
        this.key = key;
    }

    /** An encrypter to the public key that these members describe; empty if it is not a sound one. */
    static Optional<Jwe> to(Map<String, Object> members) {
        Map<String, Object> plain = new LinkedHashMap<>();
        MEMBERS.forEach(name -> {
            if (members.get(name) != null) {
                plain.put(name, members.get(name));
            }
        });
        try {
            JWK key = JWK.parse(plain); // checks that a point lies on its curve
            return key instanceof RSAKey rsa && !isSound(rsa.toRSAPublicKey())
                    ? Optional.empty()
                    : Optional.of(new Jwe(key));
        } catch (ParseException | JOSEException | IllegalArgumentException | IllegalStateException e) {
            return Optional.empty();
        }
    }

    private static boolean isSound(RSAPublicKey key) {
        int bits = key.getModulus().bitLength();
        BigInteger exponent = key.getPublicExponent();
        return bits >= MIN_RSA_BITS
                && bits <= MAX_RSA_BITS
                && key.getModulus().testBit(0)
                && exponent.testBit(0)
                && exponent.bitLength() > 1
                && exponent.bitLength() <= MAX_EXPONENT_BITS;
    }

    /**
     * Encrypts.
     *
     * @param contentType the {@code cty}: {@code JWT} around a token, null around claims
     */
    String encrypt(String content, @Nullable String contentType, Encryption encryption, SecureRandom random) {
        JWEHeader header = new JWEHeader.Builder(
                        JWEAlgorithm.parse(encryption.algorithm()), EncryptionMethod.parse(encryption.content()))
                .type(JOSEObjectType.JWT)
                .contentType(contentType)
                .keyID(key.getKeyID())
                .build();
        JWEObject object = new JWEObject(header, new Payload(content));
        try {
            switch (key) {
                case RSAKey rsa -> {
                    RSAEncrypter encrypter = new RSAEncrypter(rsa.toRSAPublicKey());
                    encrypter.getJCAContext().setSecureRandom(random);
                    object.encrypt(encrypter);
                }
                case ECKey ec -> {
                    ECDHEncrypter encrypter = new ECDHEncrypter(ec.toECPublicKey());
                    encrypter.getJCAContext().setSecureRandom(random);
                    object.encrypt(encrypter);
                }
                default -> throw new IllegalStateException("no encryption to " + key.getKeyType());
            }
        } catch (JOSEException e) {
            throw new IllegalStateException("cannot encrypt by " + encryption, e);
        }
        return object.serialize();
    }
}
