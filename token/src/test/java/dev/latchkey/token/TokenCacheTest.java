package dev.latchkey.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TokenCacheTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(60);

    @Test
    void knowsATokenUntilItExpires() {
        TokenCache<String> cache = new TokenCache<>(4);
        cache.add("token", "alice", LATER);

        assertThat(cache.find("token", NOW)).isEqualTo("alice");
        assertThat(cache.find("token", LATER.minusNanos(1))).isEqualTo("alice");
        assertThat(cache.find("token", LATER)).isNull();
    }

    @Test
    void answersForNoOtherTokenWithTheSameHash() {
        TokenCache<String> cache = new TokenCache<>(4);
        cache.add("Aa", "alice", LATER);

        assertThat("BB".hashCode()).isEqualTo("Aa".hashCode());
        assertThat(cache.find("BB", NOW)).isNull();
    }

    @Test
    void keepsWhatIsAskedFor() {
        TokenCache<Integer> cache = new TokenCache<>(10);
        cache.add("wanted", -1, LATER);
        for (int i = 0; i < 100; i++) {
            cache.add("token " + i, i, LATER);
            assertThat(cache.find("wanted", NOW)).isEqualTo(-1);
        }
    }

    @Test
    void wantsRoom() {
        assertThatThrownBy(() -> new TokenCache<String>(1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Property
    void holdsNoMoreThanItHasRoomFor(@ForAll @Size(max = 60) List<String> tokens) {
        TokenCache<String> cache = new TokenCache<>(8);
        for (String token : tokens) {
            cache.add(token, token, LATER);
        }

        long known = tokens.stream()
                .distinct()
                .filter(token -> cache.find(token, NOW) != null)
                .count();
        assertThat(known).isLessThanOrEqualTo(8);
        assertThat(tokens.stream().distinct())
                .allSatisfy(token -> assertThat(cache.find(token, NOW)).isIn(token, null));
    }

    @Test
    void answersForTheTokenThatIsAskedAboutWhateverOthersDo() throws Exception {
        TokenCache<String> cache = new TokenCache<>(16);
        List<Callable<Boolean>> work = new ArrayList<>();
        for (int thread = 0; thread < 8; thread++) {
            int start = thread;
            work.add(() -> {
                for (int i = 0; i < 20_000; i++) {
                    String token = "token " + (start + i) % 40;
                    String found = cache.find(token, NOW);
                    if (found != null && !found.equals("value of " + token)) {
                        return false;
                    }
                    cache.add(token, "value of " + token, LATER);
                }
                return true;
            });
        }
        try (ExecutorService pool = Executors.newFixedThreadPool(8)) {
            for (Future<Boolean> done : pool.invokeAll(work)) {
                assertThat(done.get()).isTrue();
            }
        }
    }
}
