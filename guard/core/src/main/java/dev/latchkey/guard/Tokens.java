package dev.latchkey.guard;

import dev.latchkey.token.TokenCache;
import dev.latchkey.token.TokenRefusedException;
import dev.latchkey.token.UnverifiedToken;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds out whether an access token is to be trusted, by whoever can judge it, and remembers that. Safe for many threads. */
final class Tokens {
    /** Longer ones are not looked at: what is remembered is bounded by this times the size of the cache. */
    static final int MAX_LENGTH = 16 * 1024;

    private final Map<String, TokenJudge> byIssuer;
    private final @Nullable TokenJudge only;
    private final @Nullable TokenJudge ofOpaque;
    private final TokenCache<TrustedToken> cache;
    private final InstantSource clock;

    /**
     * @param byIssuer who judges the JWTs of each issuer; of one issuer alone under the empty name if it has none
     * @param ofOpaque who judges what is no JWT; null if nobody does
     */
    record Judges(
            Map<String, TokenJudge> byIssuer, @Nullable TokenJudge ofOpaque) {}

    Tokens(Judges judges, int cacheSize, InstantSource clock) {
        this.byIssuer = Map.copyOf(judges.byIssuer());
        this.only = byIssuer.size() == 1 ? byIssuer.values().iterator().next() : null;
        this.ofOpaque = judges.ofOpaque();
        this.cache = new TokenCache<>(cacheSize);
        this.clock = clock;
    }

    /** @throws RefusedException if it is not to be trusted, or if that cannot be told now */
    TrustedToken require(String text, Challenges challenges) {
        TrustedToken known = cache.find(text, clock.instant());
        TrustedToken token = known != null && known.judge().stands(known) ? known : judged(text, challenges);
        token.judge().requireUnrevoked(token, challenges);
        return token;
    }

    private TrustedToken judged(String text, Challenges challenges) {
        if (text.length() > MAX_LENGTH) {
            throw challenges.invalidToken("The access token is too long");
        }
        TrustedToken token = judge(text, challenges).judge(text, challenges);
        cache.add(text, token, token.until());
        return token;
    }

    private TokenJudge judge(String text, Challenges challenges) {
        if (ofOpaque != null && !hasThreeParts(text)) {
            return ofOpaque;
        }
        if (only != null) {
            return only;
        }
        TokenJudge judge = null;
        if (!byIssuer.isEmpty()) {
            try {
                Object issuer = UnverifiedToken.parse(text).claims().get("iss");
                judge = issuer instanceof String name ? byIssuer.get(name) : null;
            } catch (TokenRefusedException e) {
                throw challenges.invalidToken("The access token is malformed");
            }
        }
        if (judge == null) {
            throw challenges.invalidToken("The access token was issued by somebody else");
        }
        return judge;
    }

    private static boolean hasThreeParts(String text) {
        int first = text.indexOf('.');
        int second = first < 0 ? -1 : text.indexOf('.', first + 1);
        return second > 0 && text.indexOf('.', second + 1) < 0;
    }
}
