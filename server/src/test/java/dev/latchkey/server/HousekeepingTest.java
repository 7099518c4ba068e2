package dev.latchkey.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.protocol.ClientId;
import dev.latchkey.server.sql.SqliteDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How much one pass of housekeeping does. */
final class HousekeepingTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant ENDED = NOW.minusSeconds(1);
    private static final ClientId CLIENT = new ClientId("web");
    private static final Housekeeping.Kept KEPT =
            Housekeeping.Kept.with(Duration.ofDays(1), Duration.ofDays(1), Duration.ofDays(1));

    private SqliteDatabase database;
    private Stores stores;

    @BeforeEach
    void open() {
        database = SqliteDatabase.openInMemory(() -> NOW);
        stores = Stores.of(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void revokeTokens(int number) {
        stores.unitOfWork().run(tx -> {
            IntStream.range(0, number).forEach(i -> stores.revokedTokens().add(tx, "jti-" + i, ENDED));
            return true;
        });
    }

    private long revokedTokens() {
        return IntStream.range(0, 2000)
                .filter(i -> stores.revokedTokens().isRevoked("jti-" + i))
                .count();
    }

    private void useAssertions(int number) {
        stores.unitOfWork().run(tx -> {
            IntStream.range(0, number).forEach(i -> stores.usedTokens().use(tx, CLIENT.value(), "hash-" + i, ENDED));
            return true;
        });
    }

    /** Uses the assertion again: it can be where it has been forgotten. */
    private boolean isForgotten(int assertion) {
        return stores.unitOfWork()
                .run(tx -> stores.usedTokens().use(tx, CLIENT.value(), "hash-" + assertion, NOW.plusSeconds(60)));
    }

    @Test
    void aPassGoesOnUntilNothingIsLeft() {
        revokeTokens(1700);

        new Housekeeping(stores, KEPT, () -> NOW).run();

        assertThat(revokedTokens()).isZero();
    }

    @Test
    void aPassThatTakesTooLongIsGoneOnWithAndNoKindWaitsForAnother() {
        revokeTokens(1700);
        useAssertions(3);
        Instant[] time = {NOW};
        InstantSource slow = () -> {
            Instant now = time[0];
            time[0] = now.plusSeconds(15);
            return now;
        };
        Housekeeping housekeeping = new Housekeeping(stores, KEPT, slow);

        housekeeping.run();

        assertThat(revokedTokens()).as("two batches of 500 in 40 s").isEqualTo(700);
        assertThat(isForgotten(2)).isTrue();

        housekeeping.run();

        assertThat(revokedTokens()).isZero();
    }

    @Test
    void aClosedOneRemovesNothingMore() {
        revokeTokens(3);
        Housekeeping housekeeping = new Housekeeping(stores, KEPT, () -> NOW);
        housekeeping.close();

        housekeeping.run();

        assertThat(revokedTokens()).isEqualTo(3);
    }
}
