package dev.latchkey.token;

import java.net.URI;
import java.util.Locale;

/**
 * Compares the address in a DPoP proof with that of the request: without query and fragment, normalized (RFC 9449 §4.3, 9).
 */
final class TargetUri {
    private static final String UNRESERVED = "-._~";

    private TargetUri() {}

    static boolean same(String named, String asked) {
        try {
            URI one = URI.create(withoutQuery(named));
            URI other = URI.create(withoutQuery(asked));
            return one.isAbsolute()
                    && one.getRawUserInfo() == null
                    && one.getHost() != null
                    && origin(one).equals(origin(other))
                    && path(one).equals(path(other));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Before it is parsed: browsers send queries that are not as RFC 3986 has them. */
    private static String withoutQuery(String address) {
        for (int i = 0; i < address.length(); i++) {
            if (address.charAt(i) == '?' || address.charAt(i) == '#') {
                return address.substring(0, i);
            }
        }
        return address;
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

    /** RFC 3986 §6.2.2.1, §6.2.2.2: neither how an octet is spelled counts, nor that it is where it did not have to be. */
    private static String path(URI uri) {
        String path = uri.getRawPath();
        if (path == null || path.isEmpty()) {
            return "/";
        }
        StringBuilder normal = new StringBuilder(path.length());
        for (int i = 0; i < path.length(); i++) {
            if (path.charAt(i) != '%') {
                normal.append(path.charAt(i));
                continue;
            }
            String octet = path.substring(i + 1, i + 3);
            char character = (char) Integer.parseInt(octet, 16);
            i += 2;
            if (isUnreserved(character)) {
                normal.append(character);
            } else {
                normal.append('%').append(octet.toUpperCase(Locale.ROOT));
            }
        }
        return normal.toString();
    }

    private static boolean isUnreserved(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || UNRESERVED.indexOf(c) >= 0;
    }
}
