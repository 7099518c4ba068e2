package dev.latchkey.token;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * The way to JCA: the native provider where it is on the class path and its binary loads, the JDK's own otherwise.
 *
 * <p>The system property {@code dev.latchkey.token.crypto} chooses: {@code auto} (default), {@code native} (fail rather
 * than fall back) or {@code jdk}. It is read once, and what it yields never changes.
 */
final class Crypto {
    static final String PROPERTY = "dev.latchkey.token.crypto";
    private static final String NATIVE_PROVIDER = "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";
    private static final Crypto CHOSEN = choose(System.getProperty(PROPERTY, "auto"));

    private final @Nullable Provider preferred;

    private Crypto(@Nullable Provider preferred) {
        this.preferred = preferred;
    }

    static Crypto chosen() {
        return CHOSEN;
    }

    /** What does the work, for a log line. */
    String description() {
        return preferred == null ? "JDK" : preferred.getName() + " " + preferred.getVersionStr();
    }

    boolean isNative() {
        return preferred != null;
    }

    private static Crypto choose(String wish) {
        return switch (wish) {
            case "jdk" -> new Crypto(null);
            case "auto" -> new Crypto(loadNative());
            case "native" -> {
                Provider provider = loadNative();
                if (provider == null) {
                    throw new IllegalStateException("native crypto was asked for and is not available here");
                }
                yield new Crypto(provider);
            }
            default -> throw new IllegalStateException(PROPERTY + " is neither auto, native nor jdk");
        };
    }

    private static @Nullable Provider loadNative() {
        try {
            Class<?> type = Class.forName(NATIVE_PROVIDER);
            Provider provider = (Provider) type.getField("INSTANCE").get(null);
            // the class exists on every platform, its binary does not
            return type.getMethod("getLoadingError").invoke(provider) == null ? provider : null;
        } catch (ReflectiveOperationException | LinkageError e) {
            return null;
        }
    }

    KeyFactory keyFactory(String type) throws GeneralSecurityException {
        return offers("KeyFactory", type) ? KeyFactory.getInstance(type, preferred) : KeyFactory.getInstance(type);
    }

    KeyPairGenerator keyPairGenerator(String type) throws GeneralSecurityException {
        return offers("KeyPairGenerator", type)
                ? KeyPairGenerator.getInstance(type, preferred)
                : KeyPairGenerator.getInstance(type);
    }

    MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    Mac mac(Algorithm algorithm, SecretKey key) throws GeneralSecurityException {
        Mac mac = offers("Mac", algorithm.jcaName())
                ? Mac.getInstance(algorithm.jcaName(), preferred)
                : Mac.getInstance(algorithm.jcaName());
        mac.init(key);
        return mac;
    }

    Signature signer(Algorithm algorithm, PrivateKey key) throws GeneralSecurityException {
        return initialised(algorithm, signature -> signature.initSign(key));
    }

    Signature verifier(Algorithm algorithm, PublicKey key) throws GeneralSecurityException {
        return initialised(algorithm, signature -> signature.initVerify(key));
    }

    private Signature initialised(Algorithm algorithm, Initialisation initialisation) throws GeneralSecurityException {
        if (offers("Signature", algorithm.jcaName())) {
            try {
                Signature signature = Signature.getInstance(algorithm.jcaName(), preferred);
                initialise(signature, algorithm, initialisation);
                return signature;
            } catch (InvalidKeyException e) {
                // a key that the native library does not take, of unusual size for instance: the JDK may
            }
        }
        Signature signature = Signature.getInstance(algorithm.jcaName());
        initialise(signature, algorithm, initialisation);
        return signature;
    }

    private static void initialise(Signature signature, Algorithm algorithm, Initialisation initialisation)
            throws GeneralSecurityException {
        if (algorithm.isPss()) {
            String hash = "SHA-" + algorithm.hashBits();
            // salt as long as the hash, MGF1 with the same hash: RFC 7518 §3.5
            signature.setParameter(new PSSParameterSpec(
                    hash,
                    "MGF1",
                    new MGF1ParameterSpec(hash),
                    algorithm.hashBits() / 8,
                    PSSParameterSpec.TRAILER_FIELD_BC));
        }
        initialisation.on(signature);
    }

    private boolean offers(String service, String name) {
        return preferred != null && preferred.getService(service, name) != null;
    }

    private interface Initialisation {
        void on(Signature signature) throws GeneralSecurityException;
    }
}
