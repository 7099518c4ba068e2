package dev.latchkey.server.sql;

import java.time.Duration;

class PostgresUnitOfWorkTest extends UnitOfWorkContract {
    @Override
    Database open(Duration patience) {
        boolean impatient = patience.compareTo(Duration.ofSeconds(1)) < 0;
        PostgresSettings settings = TestPostgres.settings(TestPostgres.freshSchema())
                .withConnections(impatient ? 1 : 8, 0)
                .withPatience(patience);
        return onceBegun(() -> PostgresDatabase.open(settings, ONE_TABLE, StoreListener.NONE));
    }
}
