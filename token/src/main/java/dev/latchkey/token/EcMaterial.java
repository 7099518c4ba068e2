package dev.latchkey.token;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keys for ECDSA (RFC 7518 §6.2). */
final class EcMaterial {
    private EcMaterial() {}

    static KeyMaterial generate(Curve curve, @Nullable SecureRandom random) throws GeneralSecurityException {
        ECGenParameterSpec parameters = new ECGenParameterSpec(curve.jcaName());
        KeyPairGenerator generator;
        if (random == null) {
            generator = Crypto.chosen().keyPairGenerator("EC");
            generator.initialize(parameters);
        } else {
            generator = KeyPairGenerator.getInstance("EC"); // the native one has its own source of randomness
            generator.initialize(parameters, random);
        }
        KeyPair pair = generator.generateKeyPair();
        ECPublicKey publicKey = (ECPublicKey) pair.getPublic();
        return of(curve, publicKey.getW(), ((ECPrivateKey) pair.getPrivate()).getS());
    }

    static KeyMaterial fromJwk(Curve curve, JwkMembers members) throws GeneralSecurityException {
        int length = curve.bytes();
        ECPoint point = new ECPoint(
                new BigInteger(1, members.bytes("x", length)), new BigInteger(1, members.bytes("y", length)));
        return of(curve, point, members.has("d") ? new BigInteger(1, members.bytes("d", length)) : null);
    }

    static KeyMaterial fromKey(Curve curve, PublicKey key) throws GeneralSecurityException {
        if (key instanceof ECPublicKey ec && curve.sameAs(ec.getParams())) {
            return of(curve, ec.getW(), null);
        }
        throw wrongCurve(curve);
    }

    static KeyMaterial fromKey(Curve curve, PrivateKey key) throws GeneralSecurityException {
        if (key instanceof ECPrivateKey ec && curve.sameAs(ec.getParams()) && curve.isPrivateNumber(ec.getS())) {
            return of(curve, curve.publicPoint(ec.getS()), ec.getS());
        }
        throw wrongCurve(curve);
    }

    private static IllegalArgumentException wrongCurve(Curve curve) {
        return new IllegalArgumentException("the key is not on the curve " + curve.jwkName());
    }

    private static KeyMaterial of(Curve curve, ECPoint point, @Nullable BigInteger privateNumber)
            throws GeneralSecurityException {
        if (!curve.holds(point) || (privateNumber != null && !curve.isPrivateNumber(privateNumber))) {
            throw wrongCurve(curve);
        }
        Map<String, String> thumbprintMembers = new LinkedHashMap<>();
        thumbprintMembers.put("crv", curve.jwkName());
        thumbprintMembers.put("kty", "EC");
        thumbprintMembers.put("x", encode(point.getAffineX(), curve));
        thumbprintMembers.put("y", encode(point.getAffineY(), curve));
        KeyFactory factory = Crypto.chosen().keyFactory("EC");
        PublicKey publicKey = factory.generatePublic(new ECPublicKeySpec(point, curve.parameters()));
        PrivateKey privateKey = privateNumber == null
                ? null
                : factory.generatePrivate(new ECPrivateKeySpec(privateNumber, curve.parameters()));
        return new KeyMaterial(
                thumbprintMembers,
                privateNumber == null ? Map.of() : Map.of("d", encode(privateNumber, curve)),
                publicKey,
                privateKey,
                2 * curve.bytes());
    }

    private static String encode(BigInteger number, Curve curve) {
        return Base64Url.encode(UnsignedNumber.bytes(number, curve.bytes()));
    }
}
