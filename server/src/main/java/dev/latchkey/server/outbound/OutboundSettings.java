package dev.latchkey.server.outbound;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;

/**
 * What requests to others may take.
 *
 * @param timeout for a whole exchange, from the question for the address to the last byte
 * @param maxBytes the longest document
 * @param trustCertificates authorities trusted besides those of the Java runtime
 * @param insecureAllowPrivateAddresses whether loopback and private addresses, and plain http, are allowed
 */
public record OutboundSettings(
        Duration timeout,
        int maxBytes,
        List<X509Certificate> trustCertificates,
        boolean insecureAllowPrivateAddresses) {
    public OutboundSettings {
        trustCertificates = List.copyOf(trustCertificates);
        if (timeout.compareTo(Duration.ofMillis(1)) < 0 || maxBytes < 1) {
            throw new IllegalArgumentException("a bound is too small");
        }
    }
}
