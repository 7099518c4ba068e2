package dev.latchkey.token;

import java.security.GeneralSecurityException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes keys of JWK members: which algorithm it is, what it may do, and that it is sound. */
final class JwkReader {
    private JwkReader() {}

    static Jwk read(JwkMembers members) {
        String keyType = members.required("kty");
        Algorithm stated = statedAlgorithm(members);
        Algorithm algorithm = algorithm(keyType, members, stated);
        Jwk.KeyUse use = use(members);
        try {
            KeyMaterial material = switch (algorithm.family()) {
                case SECRET -> SecretMaterial.of(algorithm, members.bytes("k"));
                case RSA -> RsaMaterial.fromJwk(members);
                case EC -> EcMaterial.fromJwk(algorithm.curve(), members);
                case OKP -> OkpMaterial.fromJwk(members);
            };
            return Jwk.of(algorithm, stated != null || !isOpen(algorithm), members.optional("kid"), material, use);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not a sound " + keyType + " key");
        }
    }

    private static @Nullable Algorithm statedAlgorithm(JwkMembers members) {
        String name = members.optional("alg");
        Algorithm algorithm = name == null ? null : Algorithm.find(name);
        if (name != null && algorithm == null) {
            throw new IllegalArgumentException("the key's alg is none that signs tokens");
        }
        return algorithm;
    }

    private static Algorithm algorithm(String keyType, JwkMembers members, @Nullable Algorithm stated) {
        Algorithm natural = switch (keyType) {
            case "oct" -> Algorithm.HS256;
            case "RSA" -> Algorithm.RS256;
            case "EC" -> ofCurve(members);
            case "OKP" -> ofOkp(members);
            default -> throw new IllegalArgumentException("the key's kty is none that signs tokens");
        };
        if (stated == null || stated == natural) {
            return natural;
        }
        if (isOpen(natural) && stated.family() == natural.family()) {
            return stated;
        }
        throw new IllegalArgumentException("the key's alg does not fit its kty or crv");
    }

    private static Algorithm ofCurve(JwkMembers members) {
        Curve curve = Curve.find(members.required("crv"));
        if (curve == null) {
            throw new IllegalArgumentException("the key's crv is not supported");
        }
        return switch (curve) {
            case P_256 -> Algorithm.ES256;
            case P_384 -> Algorithm.ES384;
            case P_521 -> Algorithm.ES512;
        };
    }

    private static Algorithm ofOkp(JwkMembers members) {
        if (!members.required("crv").equals("Ed25519")) {
            throw new IllegalArgumentException("the key's crv is not supported");
        }
        return Algorithm.EdDSA;
    }

    /** Whether keys of this kind fit more than one algorithm. */
    private static boolean isOpen(Algorithm algorithm) {
        return switch (algorithm.family()) {
            case SECRET, RSA -> true;
            case EC, OKP -> false;
        };
    }

    private static Jwk.KeyUse use(JwkMembers members) {
        String use = members.optional("use");
        if (use != null && !use.equals("sig")) {
            throw new IllegalArgumentException("the key's use is not to sign"); // RFC 7517 §4.2
        }
        List<String> operations = members.strings("key_ops");
        Jwk.KeyUse allowed = Jwk.KeyUse.of(operations);
        if (!allowed.sign() && !allowed.verify()) {
            throw new IllegalArgumentException("the key's key_ops neither sign nor verify"); // RFC 7517 §4.3
        }
        return allowed;
    }
}
