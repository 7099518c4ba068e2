package dev.latchkey.token;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the one key of a PEM text.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7468">RFC 7468</a>
 */
final class Pem {
    private static final int MAX_CHARS = 32 * 1024;
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----([\\s\\S]*?)-----END \\1-----");

    private Pem() {}

    static KeyMaterial read(Algorithm algorithm, String pem) {
        if (algorithm.isSymmetric()) {
            throw new IllegalArgumentException("PEM holds key pairs, and " + algorithm + " signs with a secret");
        }
        Block block = onlyKey(pem);
        try {
            return material(algorithm, block);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the PEM text holds no sound key for " + algorithm);
        }
    }

    private static KeyMaterial material(Algorithm algorithm, Block block) throws GeneralSecurityException {
        return switch (block.label()) {
            case "PUBLIC KEY" -> publicKey(algorithm, block.der());
            case "PRIVATE KEY" -> privateKey(algorithm, block.der());
            case "EC PRIVATE KEY" -> {
                expect(algorithm, Algorithm.Family.EC);
                yield privateKey(algorithm, Der.sec1ToPkcs8(block.der(), algorithm.curve()));
            }
            case "RSA PRIVATE KEY" -> {
                expect(algorithm, Algorithm.Family.RSA);
                yield privateKey(algorithm, Der.pkcs1ToPkcs8(block.der()));
            }
            case "ENCRYPTED PRIVATE KEY" ->
                throw new IllegalArgumentException("the PEM text is encrypted; decrypt it first");
            default -> throw new IllegalArgumentException("the PEM text holds no key");
        };
    }

    private static void expect(Algorithm algorithm, Algorithm.Family family) {
        if (algorithm.family() != family) {
            throw new IllegalArgumentException("the PEM text holds no key for " + algorithm);
        }
    }

    private static KeyMaterial publicKey(Algorithm algorithm, byte[] der) throws GeneralSecurityException {
        PublicKey key = factory(algorithm).generatePublic(new X509EncodedKeySpec(der));
        return switch (algorithm.family()) {
            case RSA -> RsaMaterial.fromKey(key);
            case EC -> EcMaterial.fromKey(algorithm.curve(), key);
            case OKP, SECRET -> OkpMaterial.fromKey(key);
        };
    }

    private static KeyMaterial privateKey(Algorithm algorithm, byte[] der) throws GeneralSecurityException {
        PrivateKey key = factory(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
        return switch (algorithm.family()) {
            case RSA -> RsaMaterial.fromKey(key);
            case EC -> EcMaterial.fromKey(algorithm.curve(), key);
            case OKP, SECRET -> OkpMaterial.fromKey(key);
        };
    }

    /** The JDK's, which tells bad encodings from good ones by exceptions alone. */
    private static KeyFactory factory(Algorithm algorithm) throws GeneralSecurityException {
        return KeyFactory.getInstance(
                algorithm.family() == Algorithm.Family.OKP
                        ? "Ed25519"
                        : algorithm.family().keyType());
    }

    private static Block onlyKey(String pem) {
        if (pem.length() > MAX_CHARS) {
            throw new IllegalArgumentException("the PEM text is longer than " + MAX_CHARS + " characters");
        }
        List<Block> keys = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(pem);
        while (matcher.find()) {
            String label = matcher.group(1);
            if (!label.equals("EC PARAMETERS")) { // OpenSSL writes the curve's name before the key
                keys.add(new Block(label, matcher.group(2)));
            }
        }
        if (keys.size() != 1) {
            throw new IllegalArgumentException("the PEM text holds " + keys.size() + " keys, not one");
        }
        return keys.get(0);
    }

    private record Block(String label, String base64) {
        byte[] der() {
            try {
                return Base64.getDecoder().decode(base64.replaceAll("[ \\t\\r\\n]", ""));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("the PEM text is encrypted or not base64");
            }
        }
    }
}
