package dev.latchkey.bench.status;

import java.util.Arrays;
import java.util.function.Supplier;

/** Times one thing at a time, on one thread. */
final class Timing {
    private static final double NANOS = 1e6;

    private Timing() {}

    /** The median in milliseconds, after half as many runs to warm up. */
    static double medianMillis(int runs, Supplier<?> work) {
        double[] times = new double[runs];
        for (int i = -runs / 2; i < runs; i++) {
            long start = System.nanoTime();
            Object result = work.get();
            long end = System.nanoTime();
            if (result.hashCode() == Integer.MIN_VALUE) { // so that it is not optimised away
                throw new IllegalStateException("no such result");
            }
            times[Math.max(i, 0)] = (end - start) / NANOS;
        }
        Arrays.sort(times);
        return times[runs / 2];
    }
}
