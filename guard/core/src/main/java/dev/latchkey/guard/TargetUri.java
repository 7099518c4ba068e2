package dev.latchkey.guard;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Compares the address in a DPoP proof with that of the request: without query and fragment, normalized (RFC 9449 §4.3, 9). */
final class TargetUri {
    private TargetUri() {}

    /** @param publicOrigin stands for scheme, host and port of the request where it is given */
    static boolean same(String proof, String request, @Nullable String publicOrigin) {
        try {
            URI asked = URI.create(withoutQuery(request));
            URI seen = publicOrigin == null ? asked : URI.create(publicOrigin);
            URI named = URI.create(proof);
            return named.isAbsolute()
                    && named.getRawQuery() == null
                    && named.getRawFragment() == null
                    && named.getRawUserInfo() == null
                    && origin(named).equals(origin(seen))
                    && path(named).equals(path(asked));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Before it is parsed: browsers send queries that are not as RFC 3986 has them. */
    private static String withoutQuery(String url) {
        int query = url.indexOf('?');
        return query < 0 ? url : url.substring(0, query);
    }

    /** RFC 3986 §6.2.2.1, §6.2.3: case of scheme and host, and the scheme's own port, do not count. */
    private static String origin(URI uri) {
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        int port = uri.getPort();
        if (port == (scheme.equals("https") ? 443 : 80)) {
            port = -1;
        }
        return scheme + "://" + String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT) + ":" + port;
    }

    private static String path(URI uri) {
        String path = uri.getRawPath();
        return path == null || path.isEmpty() ? "/" : path;
    }
}
