package dev.latchkey.server.setting;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The rules for URLs in settings. */
final class Urls {
    private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "[::1]");
    private static final int MAX_LENGTH = 2048;

    private Urls() {}

    /** An issuer: https, or http on loopback, no query and no fragment (RFC 8414 §2), nothing that could be spelled twice. */
    static boolean isIssuer(String text, boolean insecureHttp) {
        return absolute(text)
                .filter(uri -> isWeb(uri, insecureHttp))
                .filter(uri -> uri.getRawQuery() == null && uri.getRawFragment() == null)
                .filter(uri -> !text.endsWith("/") && uri.normalize().toString().equals(text))
                .isPresent();
    }

    /** https, http on loopback (RFC 8252 §7.3), or a private-use scheme that is a reversed domain name (§7.1). */
    static boolean isRedirectUri(String text) {
        return absolute(text)
                .filter(uri -> uri.getRawFragment() == null) // RFC 6749 §3.1.2
                .filter(uri -> isWeb(uri, false)
                        || (uri.getScheme().contains(".")
                                && !uri.getSchemeSpecificPart().isEmpty()))
                .isPresent();
    }

    /** A link or an address to call: https, or http on loopback. */
    static boolean isLink(String text) {
        return absolute(text)
                .filter(uri -> uri.getRawFragment() == null && isWeb(uri, false))
                .isPresent();
    }

    /** A resource: an absolute URI without a fragment (RFC 8707 §2). */
    static boolean isResource(String text) {
        return absolute(text).filter(uri -> uri.getRawFragment() == null).isPresent();
    }

    /** Whether a host to listen at is reached from this machine only. */
    static boolean isLoopback(String host) {
        return host.startsWith("127.") || LOOPBACK.contains(host) || host.equals("::1");
    }

    private static boolean isWeb(URI uri, boolean insecureHttp) {
        String host = uri.getHost();
        if (host == null || host.isEmpty() || uri.getRawUserInfo() != null || uri.getPort() == 0) {
            return false;
        }
        return switch (uri.getScheme()) {
            case "https" -> true;
            case "http" -> insecureHttp || LOOPBACK.contains(host.toLowerCase(Locale.ROOT));
            default -> false;
        };
    }

    private static Optional<URI> absolute(String text) {
        if (text.length() > MAX_LENGTH || !text.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new URI(text)).filter(URI::isAbsolute);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
