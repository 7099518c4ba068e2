package dev.latchkey.client;

import java.net.URI;
import java.util.List;
import java.util.Locale;

/**
 * Scheme, host and port that tokens may be sent to, and nothing else (RFC 6454 §4). Immutable.
 *
 * <p>For adapters: they ask it before they ask for a token.
 */
public final class Origin {
    private final String scheme;
    private final String host;
    private final int port;

    private Origin(String scheme, String host, int port) {
        this.scheme = scheme;
        this.host = host;
        this.port = port;
    }

    /**
     * The origin of this address, by TLS unless it is on this machine.
     *
     * @throws IllegalArgumentException if it has none, or a token would be sent to it in the clear (RFC 6750 §5.3)
     */
    public static Origin of(String url) {
        Origin origin = of(URI.create(url));
        boolean here = List.of("localhost", "127.0.0.1", "[::1]").contains(origin.host);
        if (!origin.scheme.equals("https") && !here) {
            throw new IllegalArgumentException("a token is not sent without TLS: " + url);
        }
        return origin;
    }

    private static Origin of(URI uri) {
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        String host = uri.getHost();
        if (host == null
                || uri.getRawUserInfo() != null
                || !List.of("http", "https").contains(scheme)) {
            throw new IllegalArgumentException("not an address of an API: " + uri);
        }
        int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
        return new Origin(scheme, host.toLowerCase(Locale.ROOT), port);
    }

    /**
     * Takes an address of this origin, and no other.
     *
     * @throws IllegalArgumentException if it is of another one: a token must not be sent there
     */
    public void require(URI uri) {
        Origin other = of(uri);
        if (!other.scheme.equals(scheme) || !other.host.equals(host) || other.port != port) {
            throw new IllegalArgumentException("tokens for " + this + " are not sent to " + other);
        }
    }

    @Override
    public String toString() {
        return scheme + "://" + host + ":" + port;
    }
}
