package dev.latchkey.token;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keys for Ed25519 (RFC 8037 §2). */
final class OkpMaterial {
    private static final int KEY_BYTES = 32;
    private static final int SIGNATURE_BYTES = 64;
    /** What DER puts before the key itself (RFC 8410 §4, §7). */
    private static final byte[] PUBLIC_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final byte[] PRIVATE_PREFIX = HexFormat.of().parseHex("302e020100300506032b657004220420");

    private OkpMaterial() {}

    static KeyMaterial generate(@Nullable SecureRandom random) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
        if (random != null) {
            generator.initialize(NamedParameterSpec.ED25519, random);
        }
        return of(generator.generateKeyPair());
    }

    static KeyMaterial fromJwk(JwkMembers members) throws GeneralSecurityException {
        return of(members.bytes("x", KEY_BYTES), members.has("d") ? members.bytes("d", KEY_BYTES) : null);
    }

    static KeyMaterial fromKey(PublicKey key) throws GeneralSecurityException {
        return of(publicBytes(key), null);
    }

    /** JCA cannot tell the public half of a private key, but its generator makes it from whatever the "random" source says. */
    static KeyMaterial fromKey(PrivateKey key) throws GeneralSecurityException {
        byte[] seed = seed(key);
        KeyMaterial generated = generate(new SecureRandom() {
            @Override
            public void nextBytes(byte[] bytes) {
                System.arraycopy(seed, 0, bytes, 0, bytes.length);
            }
        });
        if (!Base64Url.encode(seed).equals(generated.privateMembers().get("d"))) {
            throw new IllegalStateException("this Java runtime makes Ed25519 keys in an unknown way");
        }
        return generated;
    }

    private static KeyMaterial of(KeyPair pair) throws GeneralSecurityException {
        return of(publicBytes(pair.getPublic()), seed(pair.getPrivate()));
    }

    private static byte[] seed(PrivateKey key) {
        if (key instanceof EdECPrivateKey ed && ed.getParams().getName().equals("Ed25519")) {
            byte[] seed = ed.getBytes().orElse(new byte[0]);
            if (seed.length == KEY_BYTES) {
                return seed;
            }
        }
        throw new IllegalArgumentException("the key is not an Ed25519 one");
    }

    private static byte[] publicBytes(PublicKey key) {
        byte[] encoded = key.getEncoded();
        if (encoded.length != PUBLIC_PREFIX.length + KEY_BYTES
                || !Arrays.equals(encoded, 0, PUBLIC_PREFIX.length, PUBLIC_PREFIX, 0, PUBLIC_PREFIX.length)) {
            throw new IllegalArgumentException("the key is not an Ed25519 one");
        }
        return Arrays.copyOfRange(encoded, PUBLIC_PREFIX.length, encoded.length);
    }

    private static KeyMaterial of(byte[] publicBytes, byte @Nullable [] seed) throws GeneralSecurityException {
        Map<String, String> thumbprintMembers = new LinkedHashMap<>();
        thumbprintMembers.put("crv", "Ed25519");
        thumbprintMembers.put("kty", "OKP");
        thumbprintMembers.put("x", Base64Url.encode(publicBytes));
        KeyFactory factory = KeyFactory.getInstance("Ed25519");
        return new KeyMaterial(
                thumbprintMembers,
                seed == null ? Map.of() : Map.of("d", Base64Url.encode(seed)),
                factory.generatePublic(new X509EncodedKeySpec(join(PUBLIC_PREFIX, publicBytes))),
                seed == null ? null : factory.generatePrivate(new PKCS8EncodedKeySpec(join(PRIVATE_PREFIX, seed))),
                SIGNATURE_BYTES);
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
