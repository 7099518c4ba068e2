package dev.latchkey.server.page;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/** Decides which addresses a page may lead to. What it refuses is shown as text or not at all, never followed. */
final class Links {
    private static final int MAX_LENGTH = 8192;

    private Links() {}

    /** The address, if it is an absolute one of http or https without credentials in it. */
    static Optional<String> web(String address) {
        return parsed(address)
                .filter(uri -> uri.getHost() != null && uri.getRawUserInfo() == null)
                .filter(uri -> scheme(uri).equals("https") || scheme(uri).equals("http"))
                .map(URI::toString);
    }

    /** The address, if it is of the web or of an application's own scheme, which has a dot in it (RFC 8252 §7.1). */
    static Optional<String> back(String address) {
        return web(address)
                .or(() -> parsed(address)
                        .filter(uri -> scheme(uri).indexOf('.') > 0)
                        .map(URI::toString));
    }

    /** The origin of an address that {@link #web} lets pass, as it stands in a {@code Origin} header (RFC 6454 §6.2). */
    static Optional<String> origin(String address) {
        return web(address)
                .map(URI::create)
                .map(uri -> scheme(uri) + "://" + uri.getHost().toLowerCase(Locale.ROOT)
                        + (uri.getPort() < 0 ? "" : ":" + uri.getPort()));
    }

    private static String scheme(URI uri) {
        return uri.getScheme().toLowerCase(Locale.ROOT);
    }

    private static Optional<URI> parsed(String address) {
        if (address.length() > MAX_LENGTH || !address.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
            return Optional.empty();
        }
        try {
            URI uri = new URI(address);
            return Optional.of(uri).filter(URI::isAbsolute);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
