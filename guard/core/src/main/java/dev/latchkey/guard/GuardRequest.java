package dev.latchkey.guard;

import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Guard} looks at of a request. An adapter wraps its web server's request in one; nothing is asked for before
 * it is needed.
 */
public interface GuardRequest {
    /** The method, as it was sent: {@code GET}. */
    String method();

    /** The absolute URL that the client asked for, for the proof of a sender (RFC 9449 §4.2, {@code htu}). */
    String url();

    /** The values of a header, one for each time it was sent; empty without it. The name's case does not count. */
    List<String> headers(String name);

    /** The certificate of the client where the connection is mutual TLS (RFC 8705), null otherwise. */
    default @Nullable X509Certificate clientCertificate() {
        return null;
    }
}
