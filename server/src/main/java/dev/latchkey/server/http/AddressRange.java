package dev.latchkey.server.http;

import java.net.InetAddress;

/**
 * A range of IP addresses as CIDR writes it: {@code 10.0.0.0/8}, {@code fd00::/8}, or one address (RFC 4632 §3.1, RFC 4291
 * §2.3).
 */
public record AddressRange(InetAddress start, int prefixBits) {
    /**
     * Parses a range.
     *
     * @throws IllegalArgumentException if it is none; host names are none, nothing is looked up
     */
    public static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        InetAddress start = address(slash < 0 ? text : text.substring(0, slash));
        int bits = start.getAddress().length * 8;
        int prefix = bits;
        if (slash >= 0) {
            String digits = text.substring(slash + 1);
            prefix = digits.matches("\\d{1,3}") ? Integer.parseInt(digits) : -1;
        }
        if (prefix < 0 || prefix > bits) {
            throw new IllegalArgumentException("not an address range: " + text);
        }
        return new AddressRange(start, prefix);
    }

    /**
     * The address that a literal names; an IPv4 address in IPv6 clothes is the IPv4 address.
     *
     * @throws IllegalArgumentException if it is not a literal
     */
    public static InetAddress address(String literal) {
        boolean couldBeOne = !literal.isEmpty()
                && literal.length() <= 45
                && literal.chars()
                        .allMatch(c -> c == '.' || c == ':' || (c < 0x80 && Character.digit((char) c, 16) >= 0));
        if (!couldBeOne || (literal.indexOf(':') < 0 && !literal.matches("\\d{1,3}(\\.\\d{1,3}){3}"))) {
            throw new IllegalArgumentException("not an IP address");
        }
        return InetAddress.ofLiteral(literal); // getByName would ask the name server about 1.2.3.999
    }

    public boolean contains(InetAddress address) {
        byte[] ours = start.getAddress();
        byte[] theirs = address.getAddress();
        if (ours.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < prefixBits; bit += 8) {
            int mask = prefixBits - bit >= 8 ? 0xff : 0xff << (8 - (prefixBits - bit)) & 0xff;
            if (((ours[bit / 8] ^ theirs[bit / 8]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
