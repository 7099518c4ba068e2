package dev.latchkey.server.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.server.TurnedClock;
import dev.latchkey.server.protocol.StoreUnavailableException;
import dev.latchkey.server.protocol.Transaction;
import dev.latchkey.server.protocol.UnitOfWork;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** A grace is as long as it was promised in the time in which clients could have come back. */
class ServiceTimeTest {
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final TurnedClock clock = new TurnedClock();
    private final Shared store = new Shared();

    /** A store of many instances that can be away. */
    private static final class Shared implements ServiceTimeStore, UnitOfWork {
        private final List<Outage> outages = new ArrayList<>();
        private Optional<Instant> lastSeen = Optional.empty();
        private boolean away;

        @Override
        public Optional<Instant> lastSeen() {
            return lastSeen;
        }

        @Override
        public void saveLastSeen(Transaction transaction, Instant instant) {
            lastSeen = Optional.of(instant);
        }

        @Override
        public void forgetLastSeen(Transaction transaction) {
            lastSeen = Optional.empty();
        }

        @Override
        public List<Outage> outagesSince(Instant instant) {
            return outages.stream()
                    .filter(outage -> outage.to().isAfter(instant))
                    .toList();
        }

        @Override
        public void addOutage(Transaction transaction, Outage outage) {
            outages.add(outage);
        }

        @Override
        public <T> T run(Function<Transaction, T> work) {
            if (away) {
                throw new StoreUnavailableException("away");
            }
            return work.apply(_ -> {});
        }
    }

    private ServiceTime instance() {
        ServiceTime instance = new ServiceTime(store, store, clock, GRACE, true);
        instance.begin();
        instance.beat();
        return instance;
    }

    private Duration graceOf(ServiceTime instance) {
        return Duration.between(instance.graceSince(clock.instant()), clock.instant());
    }

    private void beatInVain(ServiceTime instance) {
        assertThatThrownBy(instance::beat).isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void anOutageThatEveryInstanceSawCountsOnce() {
        ServiceTime one = instance();
        ServiceTime other = instance();
        store.away = true;
        clock.turn(Duration.ofSeconds(4));
        beatInVain(one);
        beatInVain(other);
        clock.turn(Duration.ofSeconds(16));
        assertThatThrownBy(() -> one.graceSince(clock.instant()))
                .as("while it lasts")
                .isInstanceOf(StoreUnavailableException.class);

        store.away = false;
        one.beat();
        clock.turn(Duration.ofSeconds(1));
        other.beat();
        one.beat();

        assertThat(graceOf(one)).as("who was back first").isEqualTo(GRACE.plusSeconds(20));
        assertThat(graceOf(other)).as("who knows of both").isEqualTo(GRACE.plusSeconds(21));
    }

    @Test
    void whoeverComesBackFirstKnowsOfTheOutageBeforeItIsWrittenDown() {
        ServiceTime instance = instance();
        store.away = true;
        clock.turn(Duration.ofSeconds(20));
        beatInVain(instance);

        store.away = false;

        assertThat(graceOf(instance)).isEqualTo(GRACE.plusSeconds(20));
    }

    /** Or a refresh token that was stolen could be traded for its successor there. */
    @Test
    void anInstanceThatAloneWasCutOffDoesNotStretchTheGraceOfOthers() {
        boolean[] cutOff = {false};
        UnitOfWork line = new UnitOfWork() {
            @Override
            public <T> T run(Function<Transaction, T> work) {
                if (cutOff[0]) {
                    throw new StoreUnavailableException("cut off");
                }
                return store.run(work);
            }
        };
        ServiceTime other = instance();
        ServiceTime alone = new ServiceTime(store, line, clock, GRACE, true);
        alone.begin();
        alone.beat();
        cutOff[0] = true;
        clock.turn(Duration.ofSeconds(1));
        beatInVain(alone);
        clock.turn(Duration.ofMinutes(30));
        other.beat();

        cutOff[0] = false;

        assertThat(graceOf(alone)).as("before it has left a sign of life").isEqualTo(GRACE);
        clock.turn(Duration.ofSeconds(1));
        alone.beat();
        assertThat(graceOf(alone)).isEqualTo(GRACE);
        assertThat(graceOf(other)).isEqualTo(GRACE);
    }

    @Test
    void anOutageIsForgottenWhenTheGraceIsOver() {
        ServiceTime instance = instance();
        store.away = true;
        clock.turn(Duration.ofSeconds(20));
        beatInVain(instance);
        store.away = false;
        instance.beat();

        clock.turn(GRACE.plusSeconds(1));

        assertThat(graceOf(instance)).isEqualTo(GRACE);
    }
}
