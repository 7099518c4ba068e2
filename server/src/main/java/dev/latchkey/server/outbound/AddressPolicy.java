package dev.latchkey.server.outbound;

import dev.latchkey.server.http.AddressRange;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Which addresses are asked: those of the public internet, and with the insecure setting private ones too. Whatever embeds an
 * IPv4 address (RFC 6052) is judged by it or refused. Ranges are those of the IANA special-purpose address registries
 * (RFC 6890).
 */
final class AddressPolicy {
    private static final AddressRange NAT64 = AddressRange.parse("64:ff9b::/96"); // RFC 6052 §2.1
    private static final AddressRange GLOBAL_UNICAST = AddressRange.parse("2000::/3"); // RFC 4291 §2.4

    /** Only with the insecure setting. */
    private static final List<Special> PRIVATE = List.of(
            special("loopback", "127.0.0.0/8", "::1"),
            special("private", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"), // RFC 1918
            special("shared by a carrier", "100.64.0.0/10"), // RFC 6598
            special("unique local", "fc00::/7")); // RFC 4193

    /** Never: no server that a client could mean is there, and some of them hand out the credentials of a machine. */
    private static final List<Special> NEVER = List.of(
            special("of the cloud provider", "168.63.129.16", "100.100.100.200", "fd00:ec2::/32"),
            special("unspecified", "0.0.0.0/8", "::"), // RFC 1122 §3.2.1.3
            special("link-local", "169.254.0.0/16", "fe80::/10"), // RFC 3927, RFC 4291
            special("multicast", "224.0.0.0/4", "ff00::/8"),
            special("reserved or broadcast", "240.0.0.0/4"), // RFC 1112 §4, RFC 919
            special("of a protocol", "192.0.0.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.175.48.0/24"),
            special("for documentation", "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24"), // RFC 5737
            special("for documentation", "2001:db8::/32", "3fff::/20"), // RFC 3849, RFC 9637
            special("for benchmarks", "198.18.0.0/15"), // RFC 2544
            special("6to4", "192.88.99.0/24", "2002::/16"), // RFC 3056, RFC 7526
            special("Teredo or of a protocol", "2001::/23"), // RFC 4380, RFC 2928; benchmarks and ORCHID are within
            special("of a protocol", "2620:4f:8000::/48")); // RFC 7535

    private final boolean privateAllowed;

    AddressPolicy(boolean privateAllowed) {
        this.privateAllowed = privateAllowed;
    }

    /** What is against asking this address, if anything is. */
    Optional<String> objection(InetAddress address) {
        InetAddress judged = NAT64.contains(address) ? embedded(address) : address;
        Optional<String> never = find(NEVER, judged);
        if (never.isPresent()) {
            return never;
        }
        Optional<String> inside = find(PRIVATE, judged);
        if (inside.isPresent()) {
            return privateAllowed ? Optional.empty() : inside;
        }
        boolean global = !(judged instanceof Inet6Address) || GLOBAL_UNICAST.contains(judged);
        return global ? Optional.empty() : Optional.of("not global");
    }

    private static Optional<String> find(List<Special> specials, InetAddress address) {
        return specials.stream()
                .filter(special -> special.ranges().stream().anyMatch(range -> range.contains(address)))
                .map(Special::name)
                .findFirst();
    }

    private static InetAddress embedded(InetAddress nat64) {
        byte[] bytes = nat64.getAddress();
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, bytes.length - 4, bytes.length));
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e); // thrown for other lengths than 4 and 16 only
        }
    }

    private static Special special(String name, String... ranges) {
        return new Special(name, Arrays.stream(ranges).map(AddressRange::parse).toList());
    }

    private record Special(String name, List<AddressRange> ranges) {}
}
