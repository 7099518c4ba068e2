package dev.latchkey.server;

import dev.latchkey.server.sql.SqlLogoutDeliveryStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Goes round the issuers of a process, so that what has a time of its own does not wait for somebody to come: visits each once
 * a day, and looks once a minute whether one that is closed has logouts to tell, which commands and other processes may have
 * stored. One at a time, so that many are no storm. For use by one thread.
 */
final class IssuerRounds {
    private static final Duration BETWEEN_VISITS = Duration.ofDays(1);
    private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(1);

    private final StoreRoom room;
    private final InstantSource clock;
    private final Map<HostedIssuer, Instant> visits = new LinkedHashMap<>();
    private final Map<HostedIssuer, Instant> looks = new LinkedHashMap<>();

    /** @param room for their stores */
    IssuerRounds(Collection<HostedIssuer> issuers, StoreRoom room, InstantSource clock) {
        this.room = room;
        this.clock = clock;
        issuers.forEach(issuer -> {
            visits.put(issuer, Instant.MIN);
            looks.put(issuer, Instant.MIN);
        });
    }

    /** Goes on to the next one. Called every second. */
    void goOn() {
        next(visits, BETWEEN_VISITS, _ -> true)
                .or(() -> next(looks, BETWEEN_LOOKS, HostedIssuer::isAtRest).filter(this::hasToTell))
                .ifPresent(HostedIssuer::visit);
    }

    /** Whose turn was longest ago, and as long as that. */
    private Optional<HostedIssuer> next(
            Map<HostedIssuer, Instant> turns, Duration between, Predicate<HostedIssuer> concerned) {
        Instant now = clock.instant();
        Optional<HostedIssuer> next = turns.entrySet().stream()
                .filter(turn -> turn.getValue().isBefore(now.minus(between)) && concerned.test(turn.getKey()))
                .min(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey);
        next.ifPresent(issuer -> turns.put(issuer, now));
        return next;
    }

    private boolean hasToTell(HostedIssuer issuer) {
        if (!room.take(() -> {})) {
            return false; // nobody is closed for a look
        }
        try {
            return SqlLogoutDeliveryStore.isAnyIn(issuer.store());
        } catch (RuntimeException _) {
            return false; // the next request or visit finds that out, and it is logged
        } finally {
            room.giveBack();
        }
    }
}
