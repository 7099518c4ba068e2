package dev.latchkey.server.register;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads the URLs of metadata, which strangers wrote. */
final class WebUri {
    private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "[::1]");
    private static final int MAX_LENGTH = 2048;
    private static final int MAX_PORT = 65_535;

    private WebUri() {}

    /** An absolute URI of visible ASCII that says nothing twice: no user information, no wildcard. */
    static Optional<URI> read(String text) {
        if (text.length() > MAX_LENGTH || !text.chars().allMatch(c -> c > 0x20 && c < 0x7f && c != '*')) {
            return Optional.empty();
        }
        try {
            URI uri = new URI(text);
            boolean takesPart = uri.isAbsolute() && uri.getRawUserInfo() == null;
            return takesPart ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }

    /** Whether it is an https URL with a host name or address. */
    static boolean isHttps(URI uri) {
        return uri.getScheme().equalsIgnoreCase("https") && hasHost(uri);
    }

    /** Whether it is an http URL of the user's own machine (RFC 8252 §7.3). */
    static boolean isLoopbackHttp(URI uri) {
        return uri.getScheme().equalsIgnoreCase("http")
                && hasHost(uri)
                && LOOPBACK.contains(uri.getHost().toLowerCase(Locale.ROOT));
    }

    /** Whether the host is the user's own machine, by whatever name or address. */
    static boolean isLocalHost(URI uri) {
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        // RFC 6761 §6.3
        return name.equals("localhost") || name.endsWith(".localhost") || isOwnAddress(name);
    }

    private static boolean isOwnAddress(String host) {
        try {
            InetAddress address = InetAddress.ofLiteral(host);
            return address.isLoopbackAddress() || address.isAnyLocalAddress();
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static boolean hasHost(URI uri) {
        String host = uri.getHost();
        return host != null && !host.isEmpty() && uri.getPort() != 0 && uri.getPort() <= MAX_PORT;
    }

    static boolean hasFragment(URI uri) {
        return uri.getRawFragment() != null;
    }
}
