package dev.latchkey.token;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A signature algorithm for tokens, named as in JWA.
 *
 * <p>{@link #name()} is the value of the {@code alg} header. {@code none} is not one of them and never will be.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7518#section-3.1">RFC 7518 §3.1</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8037">RFC 8037, EdDSA</a>
 */
public enum Algorithm {
    HS256(Family.SECRET, "HmacSHA256", 256, null),
    HS384(Family.SECRET, "HmacSHA384", 384, null),
    HS512(Family.SECRET, "HmacSHA512", 512, null),
    RS256(Family.RSA, "SHA256withRSA", 256, null),
    RS384(Family.RSA, "SHA384withRSA", 384, null),
    RS512(Family.RSA, "SHA512withRSA", 512, null),
    PS256(Family.RSA, "RSASSA-PSS", 256, null),
    PS384(Family.RSA, "RSASSA-PSS", 384, null),
    PS512(Family.RSA, "RSASSA-PSS", 512, null),
    ES256(Family.EC, "SHA256withECDSAinP1363Format", 256, Curve.P_256),
    ES384(Family.EC, "SHA384withECDSAinP1363Format", 384, Curve.P_384),
    ES512(Family.EC, "SHA512withECDSAinP1363Format", 512, Curve.P_521),
    EdDSA(Family.OKP, "Ed25519", 512, null);

    private final Family family;
    private final String jcaName;
    private final int hashBits;
    private final @Nullable Curve curve;

    Algorithm(Family family, String jcaName, int hashBits, @Nullable Curve curve) {
        this.family = family;
        this.jcaName = jcaName;
        this.hashBits = hashBits;
        this.curve = curve;
    }

    /** The algorithm with exactly this name; {@code none} and unknown names give nothing, names differ by case. */
    public static Optional<Algorithm> named(String name) {
        return Optional.ofNullable(find(name));
    }

    /** Whether whoever can check a signature can also make one: the HMAC algorithms. */
    public boolean isSymmetric() {
        return family == Family.SECRET;
    }

    static @Nullable Algorithm find(String name) {
        for (Algorithm algorithm : ALL) {
            if (algorithm.name().equals(name)) {
                return algorithm;
            }
        }
        return null;
    }

    Family family() {
        return family;
    }

    String jcaName() {
        return jcaName;
    }

    int hashBits() {
        return hashBits;
    }

    boolean isPss() {
        return jcaName.equals("RSASSA-PSS");
    }

    Curve curve() {
        if (curve == null) {
            throw new IllegalStateException(this + " has no curve");
        }
        return curve;
    }

    private static final Algorithm[] ALL = values();

    /** The kinds of key, each with the {@code kty} that JWK gives it. */
    enum Family {
        SECRET("oct"),
        RSA("RSA"),
        EC("EC"),
        OKP("OKP");

        private final String keyType;

        Family(String keyType) {
            this.keyType = keyType;
        }

        String keyType() {
            return keyType;
        }
    }
}
