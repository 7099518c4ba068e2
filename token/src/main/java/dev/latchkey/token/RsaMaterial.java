package dev.latchkey.token;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keys for RSASSA, PKCS#1 v1.5 and PSS (RFC 7518 §6.3). Private ones need their primes: without them each signature takes four times as long. */
final class RsaMaterial {
    private static final int MIN_BITS = 2048; // RFC 7518 §3.3
    private static final int MAX_BITS = 16_384;
    private static final int GENERATED_BITS = 2048;

    private RsaMaterial() {}

    static KeyMaterial generate(@Nullable SecureRandom random) throws GeneralSecurityException {
        KeyPairGenerator generator;
        if (random == null) {
            generator = Crypto.chosen().keyPairGenerator("RSA");
            generator.initialize(GENERATED_BITS);
        } else {
            generator = KeyPairGenerator.getInstance("RSA"); // the native one has its own source of randomness
            generator.initialize(GENERATED_BITS, random);
        }
        return fromKey(generator.generateKeyPair().getPrivate());
    }

    static KeyMaterial fromJwk(JwkMembers members) throws GeneralSecurityException {
        BigInteger modulus = members.number("n");
        BigInteger exponent = members.number("e");
        if (members.has("oth")) {
            throw new IllegalArgumentException("RSA keys of more than two primes are not supported");
        }
        if (!members.has("d")) {
            return of(modulus, exponent, null);
        }
        return of(
                modulus,
                exponent,
                new RSAPrivateCrtKeySpec(
                        modulus,
                        exponent,
                        members.number("d"),
                        members.number("p"),
                        members.number("q"),
                        members.number("dp"),
                        members.number("dq"),
                        members.number("qi")));
    }

    static KeyMaterial fromKey(PublicKey key) throws GeneralSecurityException {
        RSAPublicKey rsa = (RSAPublicKey) key;
        return of(rsa.getModulus(), rsa.getPublicExponent(), null);
    }

    static KeyMaterial fromKey(PrivateKey key) throws GeneralSecurityException {
        if (!(key instanceof RSAPrivateCrtKey rsa)) {
            throw new IllegalArgumentException("the RSA key lacks its primes");
        }
        return of(
                rsa.getModulus(),
                rsa.getPublicExponent(),
                new RSAPrivateCrtKeySpec(
                        rsa.getModulus(),
                        rsa.getPublicExponent(),
                        rsa.getPrivateExponent(),
                        rsa.getPrimeP(),
                        rsa.getPrimeQ(),
                        rsa.getPrimeExponentP(),
                        rsa.getPrimeExponentQ(),
                        rsa.getCrtCoefficient()));
    }

    private static KeyMaterial of(BigInteger modulus, BigInteger exponent, @Nullable RSAPrivateCrtKeySpec privateKey)
            throws GeneralSecurityException {
        int bits = modulus.bitLength();
        if (bits < MIN_BITS || bits > MAX_BITS) {
            throw new IllegalArgumentException(
                    "an RSA key has " + MIN_BITS + " to " + MAX_BITS + " bits, this one has " + bits);
        }
        if (!modulus.testBit(0) || !exponent.testBit(0) || exponent.bitLength() < 2 || exponent.bitLength() > 64) {
            throw new IllegalArgumentException("the modulus or exponent is none of an RSA key");
        }
        if (privateKey != null
                && !privateKey.getPrimeP().multiply(privateKey.getPrimeQ()).equals(modulus)) {
            throw new IllegalArgumentException("the primes do not belong to the RSA key");
        }
        Map<String, String> thumbprintMembers = new LinkedHashMap<>();
        thumbprintMembers.put("e", encode(exponent));
        thumbprintMembers.put("kty", "RSA");
        thumbprintMembers.put("n", encode(modulus));
        KeyFactory factory = Crypto.chosen().keyFactory("RSA");
        return new KeyMaterial(
                thumbprintMembers,
                privateKey == null ? Map.of() : privateMembers(privateKey),
                factory.generatePublic(new RSAPublicKeySpec(modulus, exponent)),
                privateKey == null ? null : factory.generatePrivate(privateKey),
                (bits + 7) / 8);
    }

    private static Map<String, String> privateMembers(RSAPrivateCrtKeySpec key) {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("d", encode(key.getPrivateExponent()));
        members.put("p", encode(key.getPrimeP()));
        members.put("q", encode(key.getPrimeQ()));
        members.put("dp", encode(key.getPrimeExponentP()));
        members.put("dq", encode(key.getPrimeExponentQ()));
        members.put("qi", encode(key.getCrtCoefficient()));
        return members;
    }

    private static String encode(BigInteger number) {
        return Base64Url.encode(UnsignedNumber.bytes(number));
    }
}
