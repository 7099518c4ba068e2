package dev.latchkey.server.tls;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A private key and the certificates that say whose it is, which were found to belong together. Immutable. */
final class TlsIdentity {
    private static final int MIN_RSA_BITS = 2048; // RFC 9325 §4.5

    private final PemFile certificateFile;
    private final PemFile keyFile;
    private final List<X509Certificate> chain;
    private final PrivateKey key;

    private TlsIdentity(PemFile certificateFile, PemFile keyFile) throws PemException {
        this.certificateFile = certificateFile;
        this.keyFile = keyFile;
        this.chain = List.copyOf(certificateFile.certificates());
        this.key = key(keyFile);
        if (!belongTogether(chain.getFirst(), key)) {
            throw new PemException(
                    keyFile.path() + ": is not the key of the first certificate in " + certificateFile.path());
        }
    }

    static TlsIdentity read(TlsSettings settings) throws PemException {
        return new TlsIdentity(PemFile.read(settings.certificate()), PemFile.read(settings.privateKey()));
    }

    X509Certificate[] chain() {
        return chain.toArray(X509Certificate[]::new);
    }

    PrivateKey key() {
        return key;
    }

    boolean isSameAs(TlsIdentity other) {
        return certificateFile.hasSameContentAs(other.certificateFile) && keyFile.hasSameContentAs(other.keyFile);
    }

    /** What its clients will object to now, if anything. */
    Optional<String> concern(Instant now) {
        for (X509Certificate certificate : chain) {
            String subject = certificate.getSubjectX500Principal().getName();
            if (now.isAfter(certificate.getNotAfter().toInstant())) {
                return Optional.of("the certificate of " + subject + " has expired");
            }
            if (now.isBefore(certificate.getNotBefore().toInstant())) {
                return Optional.of("the certificate of " + subject + " is not valid yet");
            }
        }
        return Optional.empty();
    }

    private static PrivateKey key(PemFile file) throws PemException {
        List<PemFile.Block> keys = file.keys();
        if (keys.size() != 1) {
            throw new PemException(file.path() + ": holds " + keys.size() + " private keys, not one");
        }
        PemFile.Block block = keys.getFirst();
        return switch (block.label()) {
            case "PRIVATE KEY" -> pkcs8(file, block);
            case "ENCRYPTED PRIVATE KEY" ->
                throw file.refusal(
                        block.line(),
                        "the key is encrypted; write it without a passphrase, readable by its owner only");
            case "RSA PRIVATE KEY", "EC PRIVATE KEY" ->
                throw file.refusal(
                        block.line(),
                        "the key is not PKCS#8; openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW makes it so");
            default -> throw file.refusal(block.line(), "this is no private key");
        };
    }

    private static PrivateKey pkcs8(PemFile file, PemFile.Block block) throws PemException {
        PKCS8EncodedKeySpec encoded = new PKCS8EncodedKeySpec(block.der());
        Optional<PrivateKey> key = decoded("EC", encoded).or(() -> decoded("RSA", encoded));
        if (key.isEmpty()) {
            throw file.refusal(block.line(), "the key is neither RSA nor on an elliptic curve");
        }
        if (key.get() instanceof RSAKey rsa && rsa.getModulus().bitLength() < MIN_RSA_BITS) {
            throw file.refusal(block.line(), "the RSA key has less than " + MIN_RSA_BITS + " bits");
        }
        return key.get();
    }

    private static Optional<PrivateKey> decoded(String algorithm, PKCS8EncodedKeySpec encoded) {
        try {
            return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(encoded));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private static boolean belongTogether(X509Certificate certificate, PrivateKey key) {
        if (!certificate.getPublicKey().getAlgorithm().equals(key.getAlgorithm())) {
            return false;
        }
        String algorithm = key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
        byte[] sample = "which key is it".getBytes(StandardCharsets.US_ASCII);
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(sample);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(sample);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
