package dev.latchkey.server.authorize;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares redirect URIs: character by character (RFC 9700 §4.1.3), but for the port of a loopback address, which an
 * installed application cannot know before it listens (RFC 8252 §7.3).
 */
final class RedirectUris {
    /** localhost is a name that may be resolved to something else, so its port is only free where none is registered. */
    private static final Pattern LOOPBACK =
            Pattern.compile("(http://(?:127\\.0\\.0\\.1|\\[::1]|localhost))(:[1-9]\\d{0,4})?([/?].*)?", Pattern.DOTALL);

    private static final int MAX_PORT = 65_535;

    private RedirectUris() {}

    static boolean match(String registered, String given) {
        if (registered.equals(given)) {
            return true;
        }
        Matcher own = LOOPBACK.matcher(registered);
        Matcher sent = LOOPBACK.matcher(given);
        return own.matches()
                && sent.matches()
                && own.group(1).equals(sent.group(1))
                && isPort(sent)
                && (own.group(2) == null || !own.group(1).endsWith("localhost"))
                && rest(own).equals(rest(sent));
    }

    private static boolean isPort(Matcher uri) {
        return uri.group(2) == null || Integer.parseInt(uri.group(2).substring(1)) <= MAX_PORT;
    }

    private static String rest(Matcher uri) {
        return uri.group(3) == null ? "" : uri.group(3);
    }

    /** Whether it leads to this very machine or to an installed application: nobody vouches for who listens there. */
    static boolean isLocal(String uri) {
        return !isWeb(uri) || LOOPBACK.matcher(uri).matches();
    }

    /** Whether a browser itself goes there, and can be told to post a form. */
    static boolean isWeb(String uri) {
        return uri.startsWith("https:") || uri.startsWith("http:");
    }
}
