package dev.latchkey.server.user;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The rule for repeated failures: they slow down and then lock for a while, by account and by address, never for good (NIST SP
 * 800-63B-4 §3.2.2, ASVS 5.0 V6.3). A pure function of counts and time; who keeps the counts is {@link LoginFailureStore}.
 *
 * <p>An account's failures are forgotten when it logs in, or after a quiet day. An address's are not forgotten by a success, or an
 * attacker would log in to an account of their own between guesses; and as many people may share one, its counts are kept for
 * a window of time each, so that a busy office never adds up to a lock. Names that nobody has are counted as those of users
 * are, so that a lock does not tell who exists.
 */
public final class LoginThrottle {
    private static final FailureLimit ACCOUNT =
            new FailureLimit(5, Duration.ofSeconds(1), Duration.ofMinutes(15), Duration.ofHours(24));
    private static final FailureLimit ADDRESS =
            new FailureLimit(100, Duration.ofSeconds(1), Duration.ofMinutes(10), Duration.ofMinutes(10));
    private static final int IPV6_NETWORK_BYTES = 8;

    private final FailureLimit account;
    private final FailureLimit address;

    /** The usual limits. */
    public LoginThrottle() {
        this(ACCOUNT, ADDRESS);
    }

    public LoginThrottle(FailureLimit account, FailureLimit address) {
        this.account = account;
        this.address = address;
    }

    /** Whether a login may be tried, given what was counted under {@link #accountKey} and {@link #addressKey}. */
    public LoginPermission check(
            Optional<FailureCount> accountFailures, Optional<FailureCount> addressFailures, Instant now) {
        Duration ofAccount =
                accountFailures.map(count -> account.remaining(count, now)).orElse(Duration.ZERO);
        Duration ofAddress =
                addressFailures.map(count -> address.remaining(count, now)).orElse(Duration.ZERO);
        Duration longer = ofAccount.compareTo(ofAddress) > 0 ? ofAccount : ofAddress;
        return longer.isPositive() ? new LoginPermission.Blocked(longer) : new LoginPermission.Allowed();
    }

    /** The key for failures of an account, whether it exists or not. */
    public String accountKey(String username) {
        return "account " + User.usernameKey(username);
    }

    /** The key for failures from an address within the present window; those of an IPv6 network of 64 bits count together. */
    public String addressKey(InetAddress from, Instant now) {
        byte[] bytes = from.getAddress();
        byte[] counted = from instanceof Inet6Address ? Arrays.copyOf(bytes, IPV6_NETWORK_BYTES) : bytes;
        long window =
                Math.floorDiv(now.getEpochSecond(), address.forgottenAfter().toSeconds());
        return "address " + HexFormat.of().formatHex(counted) + " " + window;
    }

    /** Failures of an account before this instant are forgotten. */
    public Instant accountForgottenBefore(Instant now) {
        return now.minus(account.forgottenAfter());
    }

    /** Failures of an address before this instant are forgotten. */
    public Instant addressForgottenBefore(Instant now) {
        return now.minus(address.forgottenAfter());
    }
}
