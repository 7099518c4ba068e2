package dev.latchkey.server.sql;

import org.junit.jupiter.api.AfterEach;

class PostgresUpgradeTest extends UpgradeContract {
    private final PostgresLocation location = TestPostgres.freshSchema();

    @AfterEach
    void drop() {
        TestPostgres.dropSchema(location);
    }

    @Override
    Database open(Migrations migrations) {
        return PostgresDatabase.open(TestPostgres.settings(location), migrations, StoreListener.NONE);
    }
}
