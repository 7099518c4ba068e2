package dev.latchkey.server.user;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.user.LoginPermission.Allowed;
import dev.latchkey.server.user.LoginPermission.Blocked;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class LoginThrottleTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final LoginThrottle throttle = new LoginThrottle();

    @Test
    void theFirstFailuresOfAnAccountCostNothing() {
        assertThat(throttle.check(Optional.empty(), Optional.empty(), NOW)).isEqualTo(new Allowed());
        assertThat(afterAccountFailures(4, Duration.ZERO)).isEqualTo(new Allowed());
    }

    @Test
    void theDelayOfAnAccountDoublesUpToAQuarterOfAnHour() {
        assertThat(afterAccountFailures(5, Duration.ZERO)).isEqualTo(new Blocked(Duration.ofSeconds(1)));
        assertThat(afterAccountFailures(6, Duration.ZERO)).isEqualTo(new Blocked(Duration.ofSeconds(2)));
        assertThat(afterAccountFailures(14, Duration.ZERO)).isEqualTo(new Blocked(Duration.ofSeconds(512)));
        assertThat(afterAccountFailures(15, Duration.ZERO)).isEqualTo(new Blocked(Duration.ofMinutes(15)));
        assertThat(afterAccountFailures(Integer.MAX_VALUE, Duration.ZERO))
                .isEqualTo(new Blocked(Duration.ofMinutes(15)));
    }

    @Test
    void aDelayEnds() {
        assertThat(afterAccountFailures(6, Duration.ofMillis(1500))).isEqualTo(new Blocked(Duration.ofMillis(500)));
        assertThat(afterAccountFailures(6, Duration.ofSeconds(2))).isEqualTo(new Allowed());
    }

    @Test
    void anAddressMayFailOftenBeforeItIsSlowed() {
        assertThat(afterAddressFailures(99)).isEqualTo(new Allowed());
        assertThat(afterAddressFailures(100)).isEqualTo(new Blocked(Duration.ofSeconds(1)));
        assertThat(afterAddressFailures(1000)).isEqualTo(new Blocked(Duration.ofMinutes(10)));
    }

    @Test
    void theLongerDelayOfTheTwoCounts() {
        Optional<FailureCount> account = Optional.of(new FailureCount(7, NOW));
        Optional<FailureCount> address = Optional.of(new FailureCount(104, NOW));
        assertThat(throttle.check(account, address, NOW)).isEqualTo(new Blocked(Duration.ofSeconds(16)));
    }

    @Test
    void aFailureInTheFarFutureLocksNobodyOut() {
        assertThat(afterAccountFailures(50, Duration.ofDays(-3))).isEqualTo(new Allowed());
    }

    @Property
    void nobodyIsLockedOutForGood(
            @ForAll @IntRange(min = 1) int count, @ForAll @LongRange(min = -100_000, max = 100_000) long secondsAgo) {
        if (afterAccountFailures(count, Duration.ofSeconds(secondsAgo)) instanceof Blocked(Duration retryAfter)) {
            assertThat(retryAfter).isPositive().isLessThanOrEqualTo(Duration.ofMinutes(15));
            assertThat(afterAccountFailures(
                            count, Duration.ofSeconds(secondsAgo).plus(retryAfter)))
                    .isEqualTo(new Allowed());
        }
    }

    @Property
    void moreFailuresNeverShortenTheDelay(@ForAll @IntRange(min = 1, max = 10_000) int count) {
        assertThat(delay(afterAccountFailures(count + 1, Duration.ZERO)))
                .isGreaterThanOrEqualTo(delay(afterAccountFailures(count, Duration.ZERO)));
    }

    @Test
    void spellingsOfOneUsernameAreOneAccount() {
        assertThat(throttle.accountKey(" ALICE ")).isEqualTo(throttle.accountKey("alice"));
        assertThat(throttle.accountKey("alice")).isNotEqualTo(throttle.accountKey("bob"));
    }

    @Test
    void anIpv6NetworkIsOneAddress() {
        assertThat(addressKey("2001:db8:1:2::1")).isEqualTo(addressKey("2001:db8:1:2:ffff::9"));
        assertThat(addressKey("2001:db8:1:2::1")).isNotEqualTo(addressKey("2001:db8:1:3::1"));
    }

    @Test
    void everyIpv4AddressIsOneWhicheverWayItIsWritten() {
        assertThat(addressKey("203.0.113.7")).isNotEqualTo(addressKey("203.0.113.8"));
        assertThat(addressKey("::ffff:203.0.113.7")).isEqualTo(addressKey("203.0.113.7"));
    }

    @Test
    void anAddressIsCountedAnewInTheNextWindow() {
        InetAddress from = address("203.0.113.7");
        assertThat(throttle.addressKey(from, NOW.plusSeconds(599))).isEqualTo(throttle.addressKey(from, NOW));
        assertThat(throttle.addressKey(from, NOW.plusSeconds(600))).isNotEqualTo(throttle.addressKey(from, NOW));
    }

    private LoginPermission afterAccountFailures(int count, Duration ago) {
        return throttle.check(Optional.of(new FailureCount(count, NOW.minus(ago))), Optional.empty(), NOW);
    }

    private LoginPermission afterAddressFailures(int count) {
        return throttle.check(Optional.empty(), Optional.of(new FailureCount(count, NOW)), NOW);
    }

    private static Duration delay(LoginPermission permission) {
        return permission instanceof Blocked(Duration retryAfter) ? retryAfter : Duration.ZERO;
    }

    private String addressKey(String address) {
        return throttle.addressKey(address(address), NOW);
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
