package dev.latchkey.bench.guard;

import dev.latchkey.bench.load.Exchange;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Sends another token with each request, from a pool that all connections go round together: far larger than what any guard
 * remembers, so that none is remembered when its turn comes again. Of one thread.
 */
final class NewTokens implements Exchange {
    private final List<byte[]> pool;
    private final int[] next;

    /** @param next where in the pool to go on, shared by all connections */
    NewTokens(List<byte[]> pool, int[] next) {
        this.pool = pool;
        this.next = next;
    }

    @Override
    public void writeRequest(ByteBuffer out) {
        out.put(pool.get(next[0]));
        next[0] = (next[0] + 1) % pool.size();
    }
}
