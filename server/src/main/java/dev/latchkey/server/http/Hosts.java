package dev.latchkey.server.http;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The host that a request is for, as issuers are told apart by it: without the port, which browsers do not keep cookies apart by
 * either (RFC 6265 §8.5), in small letters, and one name for all of loopback.
 */
public final class Hosts {
    private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "[::1]");
    private static final int MAX_LENGTH = 300;

    private Hosts() {}

    /** The host of the Host header (RFC 9110 §7.2); empty where there is none, or more than one. */
    public static Optional<String> of(Request request) {
        List<String> values = request.headers().all(Headers.HOST);
        return values.size() == 1 ? Optional.of(withoutPort(values.getFirst())) : Optional.empty();
    }

    private static String withoutPort(String authority) {
        if (authority.length() > MAX_LENGTH) {
            return "";
        }
        int colon = authority.lastIndexOf(':');
        boolean port =
                colon > authority.lastIndexOf(']') && colon == authority.indexOf(':', authority.lastIndexOf(']') + 1);
        return canonical(port ? authority.substring(0, colon) : authority);
    }

    /** How the host of a URL is written to be compared. */
    public static String canonical(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        String name = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
        return LOOPBACK.contains(name) ? LOOPBACK.getFirst() : name;
    }
}
