package dev.latchkey.server.setting;

import dev.latchkey.server.outbound.OutboundSettings;
import dev.latchkey.server.tls.PemException;
import dev.latchkey.server.tls.PemFile;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The keys under {@code outbound}. */
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

    static final List<Key<?>> ALL =
            List.of(OUTBOUND_TIMEOUT, OUTBOUND_MAX_BYTES, OUTBOUND_TRUST_CERTIFICATES, OUTBOUND_PRIVATE);

    private NetworkKeys() {}

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
