package dev.latchkey.guard.servertest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.guard.Decision;
import dev.latchkey.guard.Guard;
import dev.latchkey.testkit.LatchkeyServer;
import dev.latchkey.testkit.Outage;
import dev.latchkey.testkit.Tokens;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The issuer is killed, rotates its keys, revokes a session, while requests go on. For long in the profile {@code soak}. */
class TroubleUnderLoadTest {
    private static final String AUDIENCE = "https://orders.example";
    private static final Duration OUTAGE = Duration.ofSeconds(Integer.getInteger("latchkey.soak.outage-seconds", 3));
    private static final Duration POLL = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final LatchkeyServer latchkey = LatchkeyServer.start(config -> config.audience(AUDIENCE));

    @AfterEach
    void close() {
        latchkey.close();
    }

    /** @param timeout short only where nobody has to wait for an answer of the issuer */
    private Guard guard(Duration timeout) {
        return Guard.issuer(latchkey.issuer())
                .audience(latchkey.issuer(), AUDIENCE)
                .keysEvery(Duration.ofSeconds(1))
                .timeout(timeout)
                .pollEvery(POLL)
                .clock(latchkey.clock())
                .build();
    }

    /** Tokens that were never seen before in turn with some that were, all of them good. */
    private Supplier<String> tokens() {
        List<String> known = List.of(mint(), mint(), mint());
        AtomicInteger count = new AtomicInteger();
        return () -> {
            int next = count.incrementAndGet();
            return next % 8 == 0 ? mint() : known.get(next % known.size());
        };
    }

    private String mint() {
        return latchkey.tokenFor("alice")
                .audience(AUDIENCE)
                .expiresIn(Duration.ofMinutes(10))
                .mint();
    }

    private static boolean isServed(Guard guard, String token) {
        return Load.check(guard, token) instanceof Decision.Admitted;
    }

    @ParameterizedTest
    @EnumSource(Outage.Kind.class)
    void noGoodTokenFailsWhileTheIssuerIsAway(Outage.Kind kind) {
        try (Guard guard = guard(Duration.ofSeconds(1));
                Load load = loadOnceServed(guard)) {
            until("requests are served", () -> load.served() > 100);
            try (Outage away = latchkey.outage(kind)) {
                assertThat(away).isNotNull();
                LockSupport.parkNanos(OUTAGE.toNanos());
                long served = load.served();
                until("requests are still served", () -> load.served() > served + 100);
            }
            long served = load.served();
            until("requests are served again", () -> load.served() > served + 100);
            report("issuer " + kind + " for " + OUTAGE.toSeconds() + " s", load);

            assertThat(load.refused()).isEmpty();
        }
    }

    @Test
    void noGoodTokenFailsWhileKeysRotate() {
        try (Guard guard = guard(PATIENCE);
                Load load = loadOnceServed(guard)) {
            for (int round = 0; round < 5; round++) {
                long served = load.served();
                until("requests are served", () -> load.served() > served + 200);
                latchkey.clock().advance(Duration.ofSeconds(6)); // more than the cool-down of the last one
                latchkey.rotateKeys();
            }
            report("5 rotations of keys", load);

            assertThat(load.refused()).isEmpty();
        }
    }

    private Load loadOnceServed(Guard guard) {
        String first = mint();
        until("the guard has keys", () -> isServed(guard, first));
        return new Load(guard, tokens());
    }

    /** One of a few tries: on a machine that stands still, nothing is seen in time. */
    @Test
    void aRevokedSessionsTokensAreRefusedWithinThePollTime() {
        Tokens other = latchkey.login("bob");
        try (Guard own = guard(PATIENCE);
                Load load = new Load(own, other::accessToken)) {
            until("requests are served", () -> load.served() > 100);
            Duration bound = POLL.multipliedBy(2); // twice, for a machine that has more to do
            Duration seen = timeUntilARevocationIsSeen(own);
            for (int i = 0; i < 2 && seen.compareTo(bound) >= 0; i++) {
                seen = timeUntilARevocationIsSeen(own);
            }
            assertThat(seen).isLessThan(bound);
            assertThat(load.refused()).isEmpty();
        }
    }

    private Duration timeUntilARevocationIsSeen(Guard guard) {
        Tokens first = latchkey.login("alice");
        Tokens second = latchkey.refresh(first);
        List<String> revoked = List.of(first.accessToken(), second.accessToken());
        assertThat(revoked).allMatch(token -> isServed(guard, token));
        long start = System.nanoTime();
        latchkey.revoke(second);

        until(
                "all are refused",
                () -> revoked.stream().allMatch(token -> Load.check(guard, token) instanceof Decision.Refused));

        Duration seen = Duration.ofNanos(System.nanoTime() - start);
        System.out.println("revocation seen after " + seen.toMillis() + " ms, polled every " + POLL.toSeconds() + " s");
        return seen;
    }

    private static void report(String what, Load load) {
        System.out.println(what + ": " + load.served() + " served, refused " + load.refused());
    }

    private static void until(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited in vain until " + what);
            }
            LockSupport.parkNanos(2_000_000);
        }
    }
}
