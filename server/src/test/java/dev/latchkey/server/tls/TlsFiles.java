package dev.latchkey.server.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The two files of an identity, as an operator has them. */
public record TlsFiles(Path certificate, Path key) {
    public static TlsFiles in(Path folder) {
        return new TlsFiles(folder.resolve("tls.crt"), folder.resolve("tls.key"));
    }

    public TlsFiles write(TestAuthority.Identity identity) {
        return write(identity.certificatePem(), identity.keyPem());
    }

    public TlsFiles write(String certificatePem, String keyPem) {
        try {
            Files.writeString(certificate, certificatePem);
            Files.writeString(key, keyPem);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public TlsSettings settings() {
        return new TlsSettings(certificate, key);
    }
}
