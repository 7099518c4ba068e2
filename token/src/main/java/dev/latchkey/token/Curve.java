package dev.latchkey.token;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.EllipticCurve;
import org.jspecify.annotations.Nullable;

/**
 * A NIST curve of ECDSA keys, with the little arithmetic that JCA does not offer: is a point on the curve, and which
 * public point belongs to a private number. The latter is not constant-time and is used once, when a PEM file is read.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7518#section-6.2.1.1">RFC 7518 §6.2.1.1</a>
 */
@SuppressWarnings("ImmutableEnumChecker") // the parameters never change either
enum Curve {
    P_256("P-256", "secp256r1", 32, "06082a8648ce3d030107"),
    P_384("P-384", "secp384r1", 48, "06052b81040022"),
    P_521("P-521", "secp521r1", 66, "06052b81040023");

    private final String jwkName;
    private final String jcaName;
    private final int bytes;
    private final String objectIdentifierDer;
    private final ECParameterSpec parameters;

    Curve(String jwkName, String jcaName, int bytes, String objectIdentifierDer) {
        this.jwkName = jwkName;
        this.jcaName = jcaName;
        this.bytes = bytes;
        this.objectIdentifierDer = objectIdentifierDer;
        try {
            AlgorithmParameters named = AlgorithmParameters.getInstance("EC");
            named.init(new ECGenParameterSpec(jcaName));
            this.parameters = named.getParameterSpec(ECParameterSpec.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no curve " + jwkName, e);
        }
    }

    static @Nullable Curve find(String jwkName) {
        for (Curve curve : values()) {
            if (curve.jwkName.equals(jwkName)) {
                return curve;
            }
        }
        return null;
    }

    String jwkName() {
        return jwkName;
    }

    String jcaName() {
        return jcaName;
    }

    /** The length of a coordinate, of a private number, and of half a signature. */
    int bytes() {
        return bytes;
    }

    String objectIdentifierDer() {
        return objectIdentifierDer;
    }

    ECParameterSpec parameters() {
        return parameters;
    }

    boolean sameAs(ECParameterSpec other) {
        return parameters.getCurve().equals(other.getCurve())
                && parameters.getGenerator().equals(other.getGenerator())
                && parameters.getOrder().equals(other.getOrder());
    }

    boolean isPrivateNumber(BigInteger number) {
        return number.signum() > 0 && number.compareTo(parameters.getOrder()) < 0;
    }

    boolean holds(ECPoint point) {
        BigInteger p = prime();
        BigInteger x = point.getAffineX();
        BigInteger y = point.getAffineY();
        if (x == null || x.signum() < 0 || y.signum() < 0 || x.compareTo(p) >= 0 || y.compareTo(p) >= 0) {
            return false;
        }
        EllipticCurve curve = parameters.getCurve();
        BigInteger right = x.pow(3).add(curve.getA().multiply(x)).add(curve.getB());
        return y.pow(2).subtract(right).mod(p).signum() == 0;
    }

    ECPoint publicPoint(BigInteger privateNumber) {
        ECPoint sum = ECPoint.POINT_INFINITY;
        for (int bit = privateNumber.bitLength() - 1; bit >= 0; bit--) {
            sum = add(sum, sum);
            if (privateNumber.testBit(bit)) {
                sum = add(sum, parameters.getGenerator());
            }
        }
        return sum;
    }

    private ECPoint add(ECPoint a, ECPoint b) {
        if (a.equals(ECPoint.POINT_INFINITY)) {
            return b;
        }
        BigInteger p = prime();
        BigInteger slope;
        if (a.equals(b)) {
            BigInteger three = BigInteger.valueOf(3);
            slope = a.getAffineX()
                    .pow(2)
                    .multiply(three)
                    .add(parameters.getCurve().getA())
                    .multiply(a.getAffineY().shiftLeft(1).modInverse(p));
        } else {
            BigInteger run = b.getAffineX().subtract(a.getAffineX());
            slope = b.getAffineY().subtract(a.getAffineY()).multiply(run.modInverse(p));
        }
        BigInteger x =
                slope.pow(2).subtract(a.getAffineX()).subtract(b.getAffineX()).mod(p);
        BigInteger y = slope.multiply(a.getAffineX().subtract(x))
                .subtract(a.getAffineY())
                .mod(p);
        return new ECPoint(x, y);
    }

    private BigInteger prime() {
        return ((ECFieldFp) parameters.getCurve().getField()).getP();
    }
}
