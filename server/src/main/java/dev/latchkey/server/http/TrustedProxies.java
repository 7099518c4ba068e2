package dev.latchkey.server.http;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The proxies whose {@code X-Forwarded-For} or {@code Forwarded} header counts. The header is read from right to left, past
 * every address that is itself trusted; the first other one is the client. What stands left of it anybody can have written.
 * Where both headers come, {@code X-Forwarded-For} counts. Immutable. RFC 7239.
 */
public final class TrustedProxies {
    public static final TrustedProxies NONE = new TrustedProxies(List.of());

    /** A longer chain is not read to its end. */
    private static final int MAX_HOPS = 20;

    private final List<AddressRange> ranges;

    public TrustedProxies(Collection<AddressRange> ranges) {
        this.ranges = List.copyOf(ranges);
    }

    /**
     * Reads ranges such as {@code 10.0.0.0/8}.
     *
     * @throws IllegalArgumentException if one is none
     */
    public static TrustedProxies parse(Collection<String> ranges) {
        return new TrustedProxies(ranges.stream().map(AddressRange::parse).toList());
    }

    public boolean trusts(InetAddress address) {
        for (AddressRange range : ranges) {
            if (range.contains(address)) {
                return true;
            }
        }
        return false;
    }

    /** The address of the client that sent a request over a connection from {@code peer}. */
    public InetAddress client(InetAddress peer, Headers headers) {
        if (ranges.isEmpty() || !trusts(peer)) {
            return peer;
        }
        List<String> hops = hops(headers);
        InetAddress client = peer;
        for (int i = hops.size() - 1; i >= Math.max(0, hops.size() - MAX_HOPS); i--) {
            Optional<InetAddress> hop = address(hops.get(i));
            if (hop.isEmpty()) {
                return client; // an obfuscated or broken one: the last proxy that we know is all we know
            }
            client = hop.get();
            if (!trusts(client)) {
                return client;
            }
        }
        return client;
    }

    /**
     * The headers with the host that the client asked for, which a trusted proxy may tell by {@code X-Forwarded-Host} or
     * {@code Forwarded}: the one that the nearest proxy wrote.
     */
    public Headers forwarded(InetAddress peer, Headers headers) {
        if (ranges.isEmpty() || !trusts(peer)) {
            return headers;
        }
        List<String> named = headers.all(Headers.X_FORWARDED_HOST);
        String host = named.isEmpty()
                ? headers.all(Headers.FORWARDED).stream()
                        .reduce((_, last) -> last)
                        .map(value -> parameter("host=", lastElement(value)))
                        .orElse("")
                : lastElement(named.getLast()).strip();
        return host.isEmpty()
                ? headers
                : name -> name.equalsIgnoreCase(Headers.HOST) ? List.of(host) : headers.all(name);
    }

    private static String lastElement(String list) {
        return list.substring(list.lastIndexOf(',') + 1);
    }

    private static List<String> hops(Headers headers) {
        List<String> hops = new ArrayList<>();
        for (String value : headers.all(Headers.X_FORWARDED_FOR)) {
            hops.addAll(List.of(value.split(",", -1)));
        }
        if (hops.isEmpty()) {
            for (String value : headers.all(Headers.FORWARDED)) {
                for (String element : value.split(",", -1)) {
                    hops.add(parameter("for=", element));
                }
            }
        }
        return hops;
    }

    /** A parameter of one element of a Forwarded header, without its quotes where it is quoted (RFC 7239 §4). */
    private static String parameter(String name, String element) {
        for (String pair : element.split(";", -1)) {
            String stripped = pair.strip();
            if (stripped.toLowerCase(Locale.ROOT).startsWith(name)) {
                String value = stripped.substring(name.length());
                boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
                return quoted ? value.substring(1, value.length() - 1) : value;
            }
        }
        return "";
    }

    /** An address with or without quotes, brackets and port (RFC 7239 §6). */
    private static Optional<InetAddress> address(String hop) {
        String text = hop.strip();
        if (text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")) {
            text = text.substring(1, text.length() - 1);
        }
        int bracket = text.indexOf(']');
        int colon = text.indexOf(':');
        if (text.startsWith("[") && bracket > 0) {
            text = text.substring(1, bracket);
        } else if (colon >= 0 && colon == text.lastIndexOf(':')) {
            text = text.substring(0, colon);
        }
        try {
            return Optional.of(AddressRange.address(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
