package dev.latchkey.bench.load;

import java.time.Duration;

/** How long answers took, in buckets that are 1.6 % wide. Of one thread. */
public final class Latencies {
    private static final int SUB_BITS = 6;
    private static final int SUB = 1 << SUB_BITS;

    private final long[] counts = new long[64 * SUB];
    private long total;
    private long max;

    public void add(long nanos) {
        counts[bucket(Math.max(1, nanos))]++;
        total++;
        max = Math.max(max, nanos);
    }

    /** Adds all of the others. */
    public void add(Latencies others) {
        for (int bucket = 0; bucket < counts.length; bucket++) {
            counts[bucket] += others.counts[bucket];
        }
        total += others.total;
        max = Math.max(max, others.max);
    }

    public long total() {
        return total;
    }

    public Duration max() {
        return Duration.ofNanos(max);
    }

    /** The latency that this share of the answers did not exceed. */
    public Duration quantile(double share) {
        long wanted = (long) Math.ceil(total * share);
        long seen = 0;
        for (int bucket = 0; bucket < counts.length; bucket++) {
            seen += counts[bucket];
            if (seen >= wanted && seen > 0) {
                return Duration.ofNanos(Math.min(max, upperEnd(bucket)));
            }
        }
        return Duration.ZERO;
    }

    private static int bucket(long nanos) {
        int exponent = 63 - Long.numberOfLeadingZeros(nanos);
        if (exponent < SUB_BITS) {
            return (int) nanos;
        }
        int sub = (int) (nanos >>> (exponent - SUB_BITS)) & (SUB - 1);
        return (exponent - SUB_BITS + 1) * SUB + sub;
    }

    private static long upperEnd(int bucket) {
        if (bucket < SUB) {
            return bucket;
        }
        int shift = bucket / SUB - 1;
        return ((long) (bucket % SUB + SUB + 1) << shift) - 1;
    }
}
