package dev.latchkey.token;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A key that signs or verifies tokens: one key, one algorithm, one name.
 *
 * <p>Immutable and safe for use by many threads. RSA keys have at least 2048 bits and shared secrets at least as many as
 * the hash of their algorithm; weaker ones are refused. What is read from a JWK or PEM text is checked: points lie on their
 * curve, and a private half belongs to its public one. Keys are made of text with {@link IllegalArgumentException}s whose
 * messages never quote it. {@link #toString()} shows no secret.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7517">RFC 7517, JSON Web Key</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7518#section-6">RFC 7518 §6</a>
 */
public final class Jwk {
    private final Algorithm algorithm;
    private final boolean algorithmStated;
    private final String keyId;
    private final boolean keyIdStated;
    private final KeyMaterial material;
    private final KeyUse use;
    private final Signer signer;

    private Jwk(
            Algorithm algorithm, boolean algorithmStated, @Nullable String keyId, KeyMaterial material, KeyUse use) {
        this.algorithm = algorithm;
        this.algorithmStated = algorithmStated;
        this.keyIdStated = keyId != null;
        this.keyId = keyId != null ? keyId : material.thumbprint();
        this.material = material;
        this.use = use;
        this.signer = Signer.of(algorithm, material);
    }

    /** A new key, named by its thumbprint; RSA with 2048 bits. */
    public static Jwk generate(Algorithm algorithm) {
        return generated(algorithm, null);
    }

    /** A new key out of this source of randomness, named by its thumbprint; RSA with 2048 bits. */
    public static Jwk generate(Algorithm algorithm, SecureRandom random) {
        return generated(algorithm, random);
    }

    private static Jwk generated(Algorithm algorithm, @Nullable SecureRandom random) {
        try {
            KeyMaterial material = switch (algorithm.family()) {
                case SECRET -> SecretMaterial.generate(algorithm, random);
                case RSA -> RsaMaterial.generate(random);
                case EC -> EcMaterial.generate(algorithm.curve(), random);
                case OKP -> OkpMaterial.generate(random);
            };
            return new Jwk(algorithm, true, material.thumbprint(), material, KeyUse.ANY);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot make a key for " + algorithm, e);
        }
    }

    /**
     * A secret that signer and verifier share.
     *
     * @throws IllegalArgumentException if the algorithm is none for secrets, or the secret shorter than the algorithm's
     *     hash (RFC 7518 §3.2)
     */
    public static Jwk secret(Algorithm algorithm, byte[] secret) {
        if (!algorithm.isSymmetric()) {
            throw new IllegalArgumentException(algorithm + " signs with a key pair, not with a secret");
        }
        return new Jwk(algorithm, true, null, SecretMaterial.of(algorithm, secret), KeyUse.ANY);
    }

    /**
     * The key that this JWK is.
     *
     * @throws IllegalArgumentException if it is none that signs or verifies tokens
     * @see #of(Map)
     */
    public static Jwk parse(String json) {
        return of(Json.parseObject(json));
    }

    /**
     * The key that these members of a JWK describe. {@code use} and {@code key_ops} are respected, certificates ignored.
     *
     * <p>Where there is no {@code alg}, the curve decides; an RSA key then counts as RS256 and a secret as HS256, unless
     * a {@link JwkSet} is asked for another algorithm that fits it.
     *
     * @throws IllegalArgumentException if it is none that signs or verifies tokens
     */
    public static Jwk of(Map<String, ?> members) {
        return JwkReader.read(new JwkMembers(members));
    }

    /**
     * The key of a PEM text: PKCS#8 ({@code PRIVATE KEY}), X.509 ({@code PUBLIC KEY}), SEC 1 ({@code EC PRIVATE KEY}) or
     * PKCS#1 ({@code RSA PRIVATE KEY}).
     *
     * @throws IllegalArgumentException if it holds no such key, or one of another kind than the algorithm's
     */
    public static Jwk ofPem(Algorithm algorithm, String pem) {
        return checked(new Jwk(algorithm, true, null, Pem.read(algorithm, pem), KeyUse.ANY));
    }

    static Jwk of(
            Algorithm algorithm, boolean algorithmStated, @Nullable String keyId, KeyMaterial material, KeyUse use) {
        return checked(new Jwk(algorithm, algorithmStated, keyId, material, use));
    }

    private static Jwk checked(Jwk key) {
        if (key.material.publicKey() != null && key.material.privateKey() != null) {
            byte[] probe = {1, 2, 3};
            boolean pair;
            try {
                pair = key.signer.verify(probe, probe.length, key.signer.sign(probe, probe.length));
            } catch (IllegalStateException e) {
                pair = false;
            }
            if (!pair) {
                throw new IllegalArgumentException("the private and the public half of the key do not belong together");
            }
        }
        return key;
    }

    /** The same key under another name, its {@code kid}. */
    public Jwk withKeyId(String newKeyId) {
        return new Jwk(algorithm, algorithmStated, newKeyId, material, use);
    }

    /** The name of the key, {@code kid}; its {@linkplain #thumbprint() thumbprint} if it was given none. */
    public String keyId() {
        return keyId;
    }

    /** The one algorithm it is for. */
    public Algorithm algorithm() {
        return algorithm;
    }

    /** Whether it can sign: the private half of a pair or a shared secret, for which {@code key_ops} allow it. */
    public boolean canSign() {
        return material.privateKey() != null && use.sign();
    }

    /**
     * The public half alone.
     *
     * @throws IllegalStateException if it is a shared secret, which has none
     */
    public Jwk toPublic() {
        if (algorithm.isSymmetric()) {
            throw new IllegalStateException("a shared secret has no public half");
        }
        return material.privateKey() == null
                ? this
                : new Jwk(algorithm, algorithmStated, keyIdStated ? keyId : null, material.publicHalf(), KeyUse.ANY);
    }

    /** All of the key as members of a JWK: with the private half or the secret, if it has one. */
    public Map<String, Object> toMap() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("kty", algorithm.family().keyType());
        members.put("use", "sig");
        members.put("kid", keyId);
        if (algorithmStated) {
            members.put("alg", algorithm.name());
        }
        members.putAll(material.thumbprintMembers());
        members.putAll(material.privateMembers());
        return Collections.unmodifiableMap(members);
    }

    /** {@link #toMap()} as JSON text. */
    public String toJson() {
        return Json.write(toMap());
    }

    /** The SHA-256 thumbprint of the key by RFC 7638, the same for both halves. */
    public String thumbprint() {
        return material.thumbprint();
    }

    /** The key's kind, name and algorithm; no secret. */
    @Override
    public String toString() {
        return "Jwk[" + algorithm + ", " + keyId + (canSign() ? ", can sign]" : "]");
    }

    boolean canVerify() {
        return use.verify();
    }

    boolean keyIdStated() {
        return keyIdStated;
    }

    Signer signer() {
        return signer;
    }

    /** This key for that algorithm, if it may be used so: it is its own, or it named none and is of the right kind. */
    @Nullable
    Jwk bound(Algorithm wanted) {
        if (wanted == algorithm) {
            return this;
        }
        boolean fits = !algorithmStated
                && wanted.family() == algorithm.family()
                && (!wanted.isSymmetric() || SecretMaterial.isLongEnough(wanted, material));
        return fits ? new Jwk(wanted, true, keyIdStated ? keyId : null, material, use) : null;
    }

    /** What {@code use} and {@code key_ops} leave to a key. */
    record KeyUse(boolean sign, boolean verify) {
        static final KeyUse ANY = new KeyUse(true, true);

        static KeyUse of(@Nullable List<String> operations) {
            return operations == null ? ANY : new KeyUse(operations.contains("sign"), operations.contains("verify"));
        }
    }
}
