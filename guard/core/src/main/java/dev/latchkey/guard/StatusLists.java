package dev.latchkey.guard;

import dev.latchkey.guard.TrustedToken.StatusReference;
import dev.latchkey.token.Verifier;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Knows which of an issuer's tokens were revoked, by polling the lists that they refer to (Token Status List §8). A list is
 * fetched when the first token refers to it, then every so often for as long as tokens do. Safe for many threads.
 */
final class StatusLists implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(StatusLists.class.getName());
    /** A billion sessions of lists that have room for a million each. */
    static final int MAX_LISTS = 1024;

    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Polling polling;
    private final InstantSource clock;
    private final Map<String, PolledList> lists = new ConcurrentHashMap<>();
    private final ScheduledFuture<?> poll;

    /**
     * How lists are had.
     *
     * @param issuer whose they are; they are at its own host
     * @param verifier of its status list tokens
     * @param strict whether a token counts only by a list that is up to date
     * @param every how long a revocation may go unseen
     */
    record Polling(String issuer, Http http, Verifier verifier, boolean strict, Duration every) {}

    StatusLists(Polling polling, ScheduledExecutorService background, InstantSource clock) {
        this.polling = polling;
        this.clock = clock;
        // the issuer may take a moment to put a revocation into the list
        long period = polling.every().toMillis() * 4 / 5;
        this.poll = background.scheduleWithFixedDelay(this::poll, period, period, TimeUnit.MILLISECONDS);
    }

    /** @throws RefusedException if the token was revoked, or if that has to be known and is not */
    void check(StatusReference reference, Challenges challenges) {
        PolledList list = lists.get(reference.uri());
        if (list == null) {
            list = added(reference.uri(), challenges);
        }
        StatusList known = list == null ? null : list.copy(clock.instant());
        boolean upToDate =
                list != null && list.isConfirmedWithin(polling.every().multipliedBy(3), clock.instant());
        if (known != null && !known.isValid(reference.index())) {
            throw challenges.invalidToken("The access token was revoked");
        }
        if (polling.strict() && !upToDate) {
            throw Challenges.unavailable("It cannot be told whether the access token was revoked", RETRY);
        }
    }

    /** The list, polled from now on; null if there are too many. */
    private @Nullable PolledList added(String uri, Challenges challenges) {
        if (!isOfIssuer(uri)) {
            throw challenges.invalidToken("The access token refers to a status list of somebody else");
        }
        if (lists.size() >= MAX_LISTS) {
            LOG.log(System.Logger.Level.WARNING, "more than " + MAX_LISTS + " status lists: not looking at " + uri);
            return null;
        }
        return lists.computeIfAbsent(uri, address -> new PolledList(URI.create(address), polling, clock));
    }

    /** The address is in a token that the issuer signed; even so the API is not sent anywhere else. */
    private boolean isOfIssuer(String uri) {
        try {
            URI list = URI.create(uri);
            URI issuer = URI.create(polling.issuer());
            return String.valueOf(list.getScheme()).equals(issuer.getScheme())
                    && String.valueOf(list.getRawAuthority()).equals(issuer.getRawAuthority());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private void poll() {
        lists.values().removeIf(list -> list.isForgotten(clock.instant()));
        lists.values().forEach(PolledList::poll);
    }

    @Override
    public void close() {
        poll.cancel(false);
    }

    static StatusList read(byte[] body, URI uri, Verifier verifier) {
        return StatusList.parse(new String(body, StandardCharsets.US_ASCII).strip(), uri.toString(), verifier);
    }
}
