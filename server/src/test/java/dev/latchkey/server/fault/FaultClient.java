package dev.latchkey.server.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One user with many sessions, who signs in, refreshes, reads and revokes without end. An honest client: what was not answered
 * it sends again as it was, and a session whose token was refused it gives up; {@link HistoryChecker} says who was wrong.
 */
final class FaultClient {
    private static final int PERCENT = 100;
    private static final int MAX_KEPT = 8;
    private static final long SHORTEST_THOUGHT_MILLIS = 20;
    private static final long LONGEST_THOUGHT_MILLIS = 120;
    private static final long SHORTEST_BACK_OFF_MILLIS = 200;
    private static final long LONGEST_BACK_OFF_MILLIS = 600;

    private final Requests requests;
    private final Random random;
    private final BooleanSupplier going;
    /** Sessions that rest until the end, and have to be there then. */
    private final List<Grant> kept = new ArrayList<>();

    private Requests.Browser browser;
    private int browsers;

    /**
     * A client that has not begun.
     *
     * @param going whether to go on; a request that was begun is seen through all the same
     */
    FaultClient(Requests requests, Random random, BooleanSupplier going) {
        this.requests = requests;
        this.random = random;
        this.going = going;
        this.browser = requests.browser("0");
    }

    void live() {
        while (going.getAsBoolean()) {
            Optional<Grant> begun = chance(50) ? until(requests::login, going) : byCode();
            begun.flatMap(this::used).ifPresent(this::leave);
        }
    }

    /** Every session that was kept is refreshed, or given up when there is no more time. */
    void checkTheEnd(BooleanSupplier time) {
        for (Grant grant : kept) {
            until(() -> requests.refresh(grant), time);
        }
    }

    private Optional<Grant> byCode() {
        if (chance(30)) {
            browser = requests.browser(String.valueOf(++browsers));
        }
        Optional<String> code = until(() -> requests.authorize(browser), going);
        if (code.isEmpty()) {
            browser = requests.browser(String.valueOf(++browsers));
            return Optional.empty();
        }
        if (chance(10)) { // who redeems a code twice loses what it got
            twiceAtOnce(() -> requests.redeem(code.get()));
            return Optional.empty();
        }
        return until(() -> requests.redeem(code.get()), going);
    }

    private Optional<Grant> used(Grant begun) {
        Optional<Grant> held = Optional.of(begun);
        for (int times = 3 + random.nextInt(8); times > 0 && held.isPresent() && going.getAsBoolean(); times--) {
            pause(SHORTEST_THOUGHT_MILLIS, LONGEST_THOUGHT_MILLIS);
            Grant present = held.get();
            if (chance(20)) {
                requests.introspect(present);
            } else if (chance(20)) {
                requests.userInfo(present);
            } else {
                held = refreshed(present);
            }
        }
        return held;
    }

    private Optional<Grant> refreshed(Grant present) {
        if (chance(15)) { // as two tabs do
            List<Requests.Tried<Grant>> both = twiceAtOnce(() -> requests.refresh(present));
            return both.stream()
                    .flatMap(tried -> tried.got().stream())
                    .findFirst()
                    .or(() -> refreshedOnce(present));
        }
        Optional<Grant> next = refreshedOnce(present);
        if (next.isPresent() && chance(10)) { // as if the answer had been lost
            return refreshedOnce(present);
        }
        return next;
    }

    private Optional<Grant> refreshedOnce(Grant present) {
        return until(() -> requests.refresh(present), going);
    }

    private <T> List<T> twiceAtOnce(Supplier<T> request) {
        CompletableFuture<T> other = CompletableFuture.supplyAsync(request, Thread::startVirtualThread);
        T one = request.get();
        return List.of(one, other.join());
    }

    private void leave(Grant grant) {
        if (chance(40)) {
            Outcome revoked = untilAnswered(() -> requests.revoke(grant), Function.identity(), going);
            if (revoked.isAcknowledged()) {
                requests.introspect(grant);
                requests.refresh(grant);
            }
        } else if (kept.size() < MAX_KEPT) {
            kept.add(grant);
        } else {
            kept.set(random.nextInt(MAX_KEPT), grant);
        }
    }

    private <T> Optional<T> until(Supplier<Requests.Tried<T>> request, BooleanSupplier time) {
        return untilAnswered(request, Requests.Tried::outcome, time).got();
    }

    /** Sends the same again until it is answered, however long it takes while there is time. */
    private <T> T untilAnswered(Supplier<T> request, Function<T, Outcome> outcome, BooleanSupplier time) {
        T tried = request.get();
        while (time.getAsBoolean()
                && (outcome.apply(tried) instanceof Outcome.Unavailable
                        || outcome.apply(tried) instanceof Outcome.Unknown)) {
            pause(SHORTEST_BACK_OFF_MILLIS, LONGEST_BACK_OFF_MILLIS);
            tried = request.get();
        }
        return tried;
    }

    private boolean chance(int percent) {
        return random.nextInt(PERCENT) < percent;
    }

    private void pause(long shortestMillis, long longestMillis) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextLong(shortestMillis, longestMillis)));
    }
}
