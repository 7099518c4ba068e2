package dev.latchkey.server.setting;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A range of IP addresses in CIDR form: {@code 10.0.0.0/8}, {@code fd00::/8}, or one address. Immutable.
 *
 * @param network an address of the range
 * @param prefixBits how many of its leading bits all addresses of the range share
 */
public record AddressRange(InetAddress network, int prefixBits) {
    private static final Pattern FORM = Pattern.compile("([0-9.]{7,15}|[0-9a-fA-F:.]{2,45})(?:/(\\d{1,3}))?");
    private static final int BITS_PER_BYTE = 8;

    public AddressRange {
        if (prefixBits < 0 || prefixBits > network.getAddress().length * BITS_PER_BYTE) {
            throw new IllegalArgumentException("no such prefix: " + prefixBits);
        }
    }

    /** Empty where the text is not a literal address, with or without a prefix length; names are not resolved. */
    public static Optional<AddressRange> parse(String text) {
        var matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            InetAddress network = InetAddress.ofLiteral(matcher.group(1));
            int all = network.getAddress().length * BITS_PER_BYTE;
            int prefix = matcher.group(2) == null ? all : Integer.parseInt(matcher.group(2));
            return prefix <= all ? Optional.of(new AddressRange(network, prefix)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    public boolean contains(InetAddress address) {
        byte[] mine = network.getAddress();
        byte[] other = address.getAddress();
        if (mine.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < prefixBits; bit++) {
            int mask = 0x80 >> (bit % BITS_PER_BYTE);
            if (((mine[bit / BITS_PER_BYTE] ^ other[bit / BITS_PER_BYTE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return network.getHostAddress() + "/" + prefixBits;
    }
}
