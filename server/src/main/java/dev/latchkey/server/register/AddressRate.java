package dev.latchkey.server.register;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Counts the requests of each address by the hour, in memory: it slows a stranger down, and what bounds the store is the
 * number of clients. Remembers so many addresses, those that asked last. Safe for many threads.
 */
final class AddressRate {
    private static final Duration WINDOW = Duration.ofHours(1);
    private static final int MAX_ADDRESSES = 10_000;
    private static final int IPV6_NETWORK_BYTES = 8;

    private final int most;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Window> windows = new LinkedHashMap<>(16, 0.75f, true);

    private record Window(Instant begun, int requests) {}

    AddressRate(int most, InstantSource clock) {
        this.most = most;
        this.clock = clock;
    }

    /** Counts a request; how long the address has to wait where it has sent too many. */
    Optional<Duration> count(InetAddress from) {
        Instant now = clock.instant();
        String key = key(from);
        lock.lock();
        try {
            Window window = windows.getOrDefault(key, new Window(now, 0));
            Duration left = Duration.between(now, window.begun().plus(WINDOW));
            if (!left.isPositive()) {
                window = new Window(now, 0);
            } else if (window.requests() >= most) {
                return Optional.of(left);
            }
            windows.put(key, new Window(window.begun(), window.requests() + 1));
            if (windows.size() > MAX_ADDRESSES) {
                windows.remove(windows.keySet().iterator().next());
            }
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** Those of an IPv6 network of 64 bits count together. */
    private static String key(InetAddress from) {
        byte[] bytes = from.getAddress();
        return HexFormat.of()
                .formatHex(from instanceof Inet6Address ? Arrays.copyOf(bytes, IPV6_NETWORK_BYTES) : bytes);
    }
}
