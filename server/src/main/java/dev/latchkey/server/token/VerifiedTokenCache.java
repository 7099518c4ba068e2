package dev.latchkey.server.token;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers tokens whose signature was right, by their whole text, so that the next request with one need not check it
 * again: a signature check costs more than all the rest of a request. Knows nothing of revocation; expiry is checked at
 * every hit.
 *
 * <p>Bounded: when the young half is full it becomes the old one, and the old one is forgotten. Safe for many threads.
 */
final class VerifiedTokenCache {
    private final int halfSize;
    private volatile Map<String, AccessToken> young = new ConcurrentHashMap<>();
    private volatile Map<String, AccessToken> old = Map.of();

    VerifiedTokenCache(int size) {
        this.halfSize = size / 2;
    }

    Optional<AccessToken> find(String text, Instant now) {
        AccessToken token = young.get(text);
        if (token == null) {
            token = old.get(text);
            if (token != null) {
                add(text, token);
            }
        }
        return Optional.ofNullable(token).filter(found -> now.isBefore(found.expiresAt()));
    }

    void add(String text, AccessToken token) {
        if (young.size() >= halfSize) {
            synchronized (this) {
                if (young.size() >= halfSize) {
                    old = young;
                    young = new ConcurrentHashMap<>();
                }
            }
        }
        young.put(text, token);
    }
}
