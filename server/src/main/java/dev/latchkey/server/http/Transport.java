package dev.latchkey.server.http;

import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * What carries HTTP.
 *
 * @param tls makes TLS of accepted sockets; empty for plain HTTP
 * @param strict whether browsers are told to come by https only (RFC 6797), also where a proxy has the TLS
 */
public record Transport(Optional<SSLContext> tls, boolean strict) {
    public static final Transport PLAIN = new Transport(Optional.empty(), false);
}
