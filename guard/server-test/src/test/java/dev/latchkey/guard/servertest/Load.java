package dev.latchkey.guard.servertest;

import dev.latchkey.guard.Access;
import dev.latchkey.guard.Decision;
import dev.latchkey.guard.Guard;
import dev.latchkey.guard.GuardRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Many callers who ask an API again and again, each with the token it is given, until they are told to stop. */
final class Load implements AutoCloseable {
    private static final int CALLERS = 16;
    private static final long PAUSE_NANOS = 1_000_000;

    private final Guard guard;
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicLong served = new AtomicLong();
    private final Map<String, Long> refused = new ConcurrentHashMap<>();
    private volatile boolean stopped;

    Load(Guard guard, Supplier<String> tokens) {
        this.guard = guard;
        for (int i = 0; i < CALLERS; i++) {
            callers.execute(() -> callUntilStopped(tokens));
        }
    }

    private void callUntilStopped(Supplier<String> tokens) {
        while (!stopped) {
            if (check(guard, tokens.get()) instanceof Decision.Refused no) {
                refused.merge(no.answer().status() + " " + no.answer().description(), 1L, Long::sum);
            } else {
                served.incrementAndGet();
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    static Decision check(Guard guard, String token) {
        return guard.check(new Bearer(token), Access.authenticated());
    }

    long served() {
        return served.get();
    }

    /** How often which refusal was the answer. */
    Map<String, Long> refused() {
        return refused;
    }

    @Override
    public void close() {
        stopped = true;
        callers.close();
    }

    private record Bearer(String token) implements GuardRequest {
        @Override
        public String method() {
            return "GET";
        }

        @Override
        public String url() {
            return "https://orders.example/orders";
        }

        @Override
        public List<String> headers(String name) {
            return name.equalsIgnoreCase("Authorization") ? List.of("Bearer " + token) : List.of();
        }
    }
}
