package dev.latchkey.token;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what was found out about tokens, by their whole text, so that a token that comes again need not be judged again: a
 * signature check costs more than all the rest of a request. It answers for no other text than the one that was added, and
 * for none that has expired; it knows nothing of revocation.
 *
 * <p>Bounded: when the young half is full it becomes the old one, and the old one is forgotten; what is asked for stays.
 * Safe for many threads.
 *
 * @param <T> what is known about a token
 */
public final class TokenCache<T> {
    private final int halfSize;
    private volatile Map<String, Known<T>> young = new ConcurrentHashMap<>();
    private volatile Map<String, Known<T>> old = Map.of();

    private record Known<T>(T value, Instant expiresAt) {}

    /** Holds this many tokens at most; add only such as were found to be genuine, so that nobody can fill it with others. */
    public TokenCache(int size) {
        if (size < 2) {
            throw new IllegalArgumentException("a cache has room for two tokens at least");
        }
        this.halfSize = size / 2;
    }

    /** What is known about the token with exactly this text; null if nothing is, or it has expired by now. */
    public @Nullable T find(String text, Instant now) {
        Known<T> known = young.get(text);
        if (known == null) {
            known = old.get(text);
            if (known != null) {
                add(text, known);
            }
        }
        return known != null && now.isBefore(known.expiresAt()) ? known.value() : null;
    }

    /** Remembers the token until it expires or there is no room. */
    public void add(String text, T value, Instant expiresAt) {
        add(text, new Known<>(value, expiresAt));
    }

    private void add(String text, Known<T> known) {
        if (young.size() >= halfSize) {
            synchronized (this) {
                if (young.size() >= halfSize) {
                    old = young;
                    young = new ConcurrentHashMap<>();
                }
            }
        }
        young.put(text, known);
    }
}
