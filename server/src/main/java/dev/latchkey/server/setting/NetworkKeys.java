package dev.latchkey.server.setting;

import dev.latchkey.server.outbound.OutboundSettings;
import dev.latchkey.server.tls.PemException;
import dev.latchkey.server.tls.PemFile;
import dev.latchkey.server.tls.ServerTls;
import dev.latchkey.server.tls.TlsSettings;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The keys under {@code tls} and {@code outbound}. */
final class NetworkKeys {
    static final Key<Duration> OUTBOUND_TIMEOUT = Key.of(
                    "outbound.timeout",
                    Types.duration("100ms", "30s"),
                    "How long a request to a URL that a client named may take, from looking up the name to the last"
                            + " byte")
            .or("3s");
    static final Key<Integer> OUTBOUND_MAX_BYTES = Key.of(
                    "outbound.max-bytes",
                    Types.sizeBytes("1KiB", "1MiB"),
                    "The longest document that is taken from such a URL")
            .or("64KiB");
    static final Key<String> OUTBOUND_TRUST_CERTIFICATES = Key.of(
                    "outbound.trust-certificates",
                    Types.text("file", "the path of a file", GeneralKeys::isPath),
                    "A PEM file of certificate authorities to trust there, besides those of the Java runtime")
            .absent("none");
    static final Key<Boolean> OUTBOUND_PRIVATE = Key.of(
                    "outbound.insecure-allow-private-addresses",
                    Types.flag(),
                    "Lets such URLs be plain http and lead to loopback and private addresses: whoever registers a"
                            + " client can then make this server ask machines behind the firewall")
            .or("false");

    static final Key<String> TLS_CERTIFICATE = Key.of(
                    "tls.certificate",
                    Types.text("file", "the path of a file", GeneralKeys::isPath),
                    "A PEM file with the certificate of this server, then those that lead to an authority. With it the"
                            + " server speaks TLS; the file is watched, and read anew when it changes")
            .absent("none: plain HTTP");
    static final Key<String> TLS_PRIVATE_KEY = Key.of(
                    "tls.private-key",
                    Types.text("file", "the path of a file", GeneralKeys::isPath),
                    "A PEM file with its private key, RSA or on an elliptic curve, PKCS#8 and not encrypted")
            .absent("none");
    static final Key<String> TLS_CLIENT_CERTIFICATES = Key.of(
                    "tls.client-certificates",
                    Types.text("none", "none: certificates of clients are not supported", "none"::equals),
                    "Whether clients are asked for certificates")
            .or("none");

    static final List<Key<?>> ALL = List.of(
            TLS_CERTIFICATE,
            TLS_PRIVATE_KEY,
            TLS_CLIENT_CERTIFICATES,
            OUTBOUND_TIMEOUT,
            OUTBOUND_MAX_BYTES,
            OUTBOUND_TRUST_CERTIFICATES,
            OUTBOUND_PRIVATE);

    private NetworkKeys() {}

    static Optional<TlsSettings> tls(Section section) {
        section.get(TLS_CLIENT_CERTIFICATES);
        Optional<Path> certificate = section.find(TLS_CERTIFICATE).map(Path::of);
        Optional<Path> key = section.find(TLS_PRIVATE_KEY).map(Path::of);
        if (certificate.isEmpty() || key.isEmpty()) {
            if (section.isGiven(TLS_CERTIFICATE) && !section.isGiven(TLS_PRIVATE_KEY)) {
                section.refuse(TLS_CERTIFICATE, "is given, and tls.private-key is not");
            }
            if (section.isGiven(TLS_PRIVATE_KEY) && !section.isGiven(TLS_CERTIFICATE)) {
                section.refuse(TLS_PRIVATE_KEY, "is given, and tls.certificate is not");
            }
            return Optional.empty();
        }
        TlsSettings tls = new TlsSettings(certificate.get(), key.get());
        try {
            ServerTls.check(tls);
        } catch (PemException e) {
            section.refuse(TLS_CERTIFICATE, String.valueOf(e.getMessage()));
        }
        return Optional.of(tls);
    }

    static OutboundSettings outbound(Section section) {
        return new OutboundSettings(
                section.get(OUTBOUND_TIMEOUT),
                section.get(OUTBOUND_MAX_BYTES),
                certificates(section),
                section.get(OUTBOUND_PRIVATE));
    }

    private static List<X509Certificate> certificates(Section section) {
        Optional<String> file = section.find(OUTBOUND_TRUST_CERTIFICATES);
        if (file.isEmpty()) {
            return List.of();
        }
        try {
            return PemFile.read(Path.of(file.get())).certificates();
        } catch (PemException e) {
            section.refuse(OUTBOUND_TRUST_CERTIFICATES, String.valueOf(e.getMessage()));
            return List.of();
        }
    }
}
