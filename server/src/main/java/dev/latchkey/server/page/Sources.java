package dev.latchkey.server.page;

import java.util.regex.Pattern;

/** Source expressions of a content security policy, made so that no value of a request can add a directive (CSP 3 §2.3.1). */
final class Sources {
    private static final Pattern ORIGIN =
            Pattern.compile("https?://(?:[A-Za-z0-9._-]{1,255}|\\[[0-9A-Fa-f:.]{2,45}])(?::\\d{1,5})?");
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]{0,99}:");

    private Sources() {}

    /** Refuses what is neither an origin nor a scheme with its colon. */
    static void check(String originOrScheme) {
        if (!ORIGIN.matcher(originOrScheme).matches()
                && !SCHEME.matcher(originOrScheme).matches()) {
            throw new IllegalArgumentException("neither an origin nor a scheme with its colon");
        }
    }

    /** The source expression; an IPv6 address has none (CSP 3 §2.3.1), so its scheme has to do. */
    static String of(String originOrScheme) {
        check(originOrScheme);
        int ipv6 = originOrScheme.indexOf("://[");
        return ipv6 < 0 ? originOrScheme : originOrScheme.substring(0, ipv6 + 1);
    }
}
