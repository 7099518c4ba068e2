package dev.latchkey.server.password;

import java.time.Duration;

/**
 * How much hashing is done at once.
 *
 * @param threads hashes that run at the same time
 * @param memoryKib memory that running hashes have together; a hash waits until its share is free
 * @param waiting hashes that wait for a thread; one more is refused
 * @param longestWait how long a hash waits for a thread before it is refused
 */
public record HashQueueSettings(int threads, int memoryKib, int waiting, Duration longestWait) {
    private static final int WAITING_PER_THREAD = 64;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    public HashQueueSettings {
        if (threads < 1 || waiting < 1 || longestWait.isNegative()) {
            throw new IllegalArgumentException("a hash queue needs a thread, a place to wait and a time to wait");
        }
        if (memoryKib < HashCost.MAX_MEMORY_KIB) {
            throw new IllegalArgumentException("a hash queue needs at least " + HashCost.MAX_MEMORY_KIB
                    + " KiB, the memory of the costliest hash that is read");
        }
    }

    /**
     * As many as the machine bears: a thread a core, but no more than fit into the memory, and a queue that empties within
     * a few seconds.
     *
     * @param availableMemoryKib what hashing may take together; less than the costliest foreign hash needs counts as that
     */
    public static HashQueueSettings forMachine(int cores, long availableMemoryKib, Argon2Settings cost) {
        int memoryKib = Math.clamp(availableMemoryKib, HashCost.MAX_MEMORY_KIB, Integer.MAX_VALUE);
        int threads = Math.clamp(memoryKib / cost.memoryKib(), 1, Math.max(1, cores));
        return new HashQueueSettings(threads, memoryKib, threads * WAITING_PER_THREAD, LONGEST_WAIT);
    }
}
