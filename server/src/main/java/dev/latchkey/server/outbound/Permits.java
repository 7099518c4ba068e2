package dev.latchkey.server.outbound;

import dev.latchkey.server.outbound.OutboundException.Reason;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** How many exchanges may be under way: altogether, and with one host, so that a slow one does not take the places of all. */
final class Permits {
    private final int total;
    private final int perHost;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition freed = lock.newCondition();
    private final Map<String, Integer> running = new HashMap<>();
    private int runningTotal;

    Permits(int total, int perHost) {
        this.total = total;
        this.perHost = perHost;
    }

    /** A place that is given back by closing it. */
    interface Permit extends AutoCloseable {
        @Override
        void close();
    }

    /** Waits for a place until the deadline. */
    Permit take(Target target, Deadline deadline) throws OutboundException {
        String host = target.host();
        lock.lock();
        try {
            while (runningTotal >= total || running.getOrDefault(host, 0) >= perHost) {
                boolean inTime = freed.await(deadline.remainingMillis(), TimeUnit.MILLISECONDS);
                if (!inTime || deadline.isOver()) {
                    throw new OutboundException(Reason.BUSY, target + ": too many requests to it are under way");
                }
            }
            runningTotal++;
            running.merge(host, 1, Integer::sum);
            return () -> giveBack(host);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OutboundException(Reason.BUSY, target + ": interrupted", e);
        } finally {
            lock.unlock();
        }
    }

    private void giveBack(String host) {
        lock.lock();
        try {
            runningTotal--;
            running.computeIfPresent(host, (_, count) -> count > 1 ? count - 1 : null);
            freed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
