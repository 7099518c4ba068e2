package dev.latchkey.server.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The blocks of a PEM file, each with the line it begins in. Text between the blocks is passed over, as OpenSSL writes some
 * (RFC 7468 §5.2). Immutable.
 */
public final class PemFile {
    private static final int MAX_BYTES = 1024 * 1024;
    private static final Pattern BOUNDARY = Pattern.compile("-----(BEGIN|END) ([A-Z0-9 ]{1,40})-----\\s*");

    private final Path path;
    private final byte[] content;
    private final List<Block> blocks;

    private PemFile(Path path, byte[] content) throws PemException {
        this.path = path;
        this.content = content;
        this.blocks = blocks(content);
    }

    /**
     * Reads a file.
     *
     * @throws PemException if it cannot be read or a block in it is broken
     */
    public static PemFile read(Path path) throws PemException {
        try {
            if (Files.size(path) > MAX_BYTES) {
                throw new PemException(path + ": is longer than 1 MiB");
            }
            return new PemFile(path, Files.readAllBytes(path));
        } catch (NoSuchFileException e) {
            throw new PemException(path + ": there is no such file");
        } catch (IOException e) {
            throw new PemException(path + ": cannot be read: " + e.getMessage());
        }
    }

    static PemFile of(Path path, byte[] content) throws PemException {
        return new PemFile(path, content);
    }

    /** The certificates in their order; at least one. */
    public List<X509Certificate> certificates() throws PemException {
        List<X509Certificate> certificates = new ArrayList<>();
        for (Block block : blocks) {
            if (block.label().equals("CERTIFICATE")) {
                certificates.add(certificate(block));
            }
        }
        if (certificates.isEmpty()) {
            throw new PemException(path + ": holds no certificate");
        }
        return certificates;
    }

    private X509Certificate certificate(Block block) throws PemException {
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block.der()));
        } catch (CertificateException e) {
            throw refusal(block.line(), "this is no X.509 certificate");
        }
    }

    /** The blocks that are no certificates and no parameters of a curve, which OpenSSL writes before a key. */
    List<Block> keys() {
        return blocks.stream()
                .filter(block ->
                        !block.label().equals("CERTIFICATE") && !block.label().equals("EC PARAMETERS"))
                .toList();
    }

    Path path() {
        return path;
    }

    boolean hasSameContentAs(PemFile other) {
        return Arrays.equals(content, other.content);
    }

    PemException refusal(int line, String reason) {
        return new PemException(path + ", line " + line + ": " + reason);
    }

    private List<Block> blocks(byte[] bytes) throws PemException {
        List<Block> found = new ArrayList<>();
        Optional<String> open = Optional.empty();
        int begun = 0;
        int number = 0;
        StringBuilder base64 = new StringBuilder();
        for (String line : new String(bytes, StandardCharsets.ISO_8859_1).split("\\R", -1)) {
            number++;
            Matcher boundary = BOUNDARY.matcher(line);
            if (!boundary.matches()) {
                base64.append(line);
            } else if (boundary.group(1).equals("BEGIN")) {
                if (open.isPresent()) {
                    throw refusal(number, "a block begins within the one of line " + begun);
                }
                open = Optional.of(boundary.group(2));
                begun = number;
                base64.setLength(0);
            } else {
                if (!open.equals(Optional.of(boundary.group(2)))) {
                    throw refusal(number, "no such block has begun");
                }
                found.add(new Block(open.get(), decode(base64, begun), begun));
                open = Optional.empty();
            }
        }
        if (open.isPresent()) {
            throw refusal(begun, "the block that begins here does not end");
        }
        return found;
    }

    private byte[] decode(CharSequence base64, int line) throws PemException {
        if (base64.toString().contains("Proc-Type:")) { // RFC 1421 §4.6.1.1, the old way of encrypting a key
            throw refusal(line, "the key is encrypted; write it without a passphrase, readable by its owner only");
        }
        try {
            return Base64.getDecoder().decode(base64.toString().replaceAll("[ \\t]", ""));
        } catch (IllegalArgumentException e) {
            throw refusal(line, "the block that begins here is not base64");
        }
    }

    /** One block: its label, its content decoded, and the line it begins in. */
    @SuppressWarnings("ArrayRecordComponent") // never compared, and read once
    record Block(String label, byte[] der, int line) {
        @Override
        public String toString() {
            return label + " at line " + line;
        }
    }
}
