package dev.latchkey.token;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Compares the address in a DPoP proof with that of the request: without query and fragment, normalized (RFC 9449 §4.3, 9).
 */
final class TargetUri {
    /** An http or https URL without user info; its query may be as browsers send it, which is not as RFC 3986 has it. */
    private static final Pattern ADDRESS = Pattern.compile(
            "(?<scheme>https?)://(?<host>[A-Z0-9._~-]+|\\[[0-9A-F:.]+])(?::(?<port>[0-9]{0,5}))?"
                    + "(?<path>/[^?#]*)?(?:[?#].*)?",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final Pattern BROKEN_OCTET = Pattern.compile("%(?![0-9A-F]{2})", Pattern.CASE_INSENSITIVE);

    private TargetUri() {}

    static boolean same(String named, String asked) {
        String one = normal(named);
        return one != null && one.equals(normal(asked));
    }

    private static @Nullable String normal(String address) {
        Matcher parts = ADDRESS.matcher(address);
        if (!parts.matches()) {
            return null;
        }
        String path = parts.group("path") == null ? "/" : parts.group("path");
        if (BROKEN_OCTET.matcher(path).find()) {
            return null;
        }
        // RFC 3986 §6.2.2.1, §6.2.3: case of scheme and host, and the scheme's own port, do not count
        String scheme = parts.group("scheme").toLowerCase(Locale.ROOT);
        String own = scheme.equals("https") ? "443" : "80";
        String port = parts.group("port") == null || parts.group("port").isEmpty() ? own : parts.group("port");
        return scheme + "://" + parts.group("host").toLowerCase(Locale.ROOT) + ":" + port + octets(path);
    }

    /** RFC 3986 §6.2.2.1, §6.2.2.2: neither how an octet is spelled counts, nor that one is spelled that need not be. */
    private static String octets(String path) {
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
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "-._~".indexOf(c) >= 0;
    }
}
