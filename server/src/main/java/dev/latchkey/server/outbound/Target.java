package dev.latchkey.server.outbound;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A URL that may be asked, as far as the URL itself tells.
 *
 * @param uri the URL
 * @param host the name or address literal, without brackets
 * @param port the port, also where the URL names none
 * @param secure whether TLS is spoken
 */
record Target(URI uri, String host, int port, boolean secure) {
    private static final int MAX_LENGTH = 2048;
    private static final int HTTPS_PORT = 443;
    private static final int HTTP_PORT = 80;

    /** Below it other protocols listen than HTTP: mail, name servers, remote shells. */
    private static final int FIRST_USER_PORT = 1024;

    private static final Pattern NUMBER = Pattern.compile("(?:.*\\.)?\\d[^.]*\\.?");
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}");

    static Target of(URI uri, boolean plainHttpAllowed) throws OutboundException {
        String text = uri.toString();
        if (text.length() > MAX_LENGTH || !text.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
            throw refusal("the URL is too long or not ASCII");
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        boolean secure = scheme.equals("https");
        if (!secure && !(plainHttpAllowed && scheme.equals("http"))) {
            throw refusal("the URL is not https");
        }
        if (uri.getHost() == null || uri.getHost().isEmpty() || uri.getHost().indexOf('%') >= 0) {
            throw refusal("the URL has no host");
        }
        String name = uri.getHost().startsWith("[") ? "" : uri.getHost();
        if (NUMBER.matcher(name).matches() && !IPV4.matcher(name).matches()) {
            throw refusal("the host of the URL is a number, which some resolvers take for an address");
        }
        if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            throw refusal("the URL has user information or a fragment");
        }
        int usual = secure ? HTTPS_PORT : HTTP_PORT;
        int port = uri.getPort() < 0 ? usual : uri.getPort();
        if (port != usual && (port < FIRST_USER_PORT || port > 0xffff)) {
            throw refusal("the URL has a port that is not for HTTP");
        }
        String host = uri.getHost();
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return new Target(uri, bare, port, secure);
    }

    private static OutboundException refusal(String message) {
        return new OutboundException(OutboundException.Reason.FORBIDDEN_URL, message);
    }

    /** The request target in origin form (RFC 9112 §3.2.1). */
    String requestTarget() {
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }

    /** The Host field (RFC 9110 §7.2). */
    String authority() {
        return uri.getRawAuthority();
    }

    /** For messages: without the query, in which somebody may have put a secret. */
    @Override
    public String toString() {
        return uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath();
    }
}
