package dev.latchkey.server.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The store contracts on the embedded database in memory. */
class InMemoryStoresTest {
    private static Database openInMemory() {
        return SqliteDatabase.openInMemory(InstantSource.system());
    }

    @Test
    void twoOfThemShareNothing() {
        try (Database one = openInMemory();
                Database other = openInMemory()) {
            one.run(transaction -> one.in(transaction).update("create table only_here (n integer)") == 0);

            assertThat(tables(one)).isEqualTo(1);
            assertThat(tables(other)).isZero();
        }
    }

    private static long tables(Database database) {
        return database.read(sql -> sql.one(
                        "select count(*) as n from sqlite_schema where name = 'only_here'", row -> row.number("n"))
                .orElseThrow());
    }

    @Nested
    class Users extends UserStoreContract {
        @Override
        Database open() {
            return openInMemory();
        }
    }

    @Nested
    class Clients extends ClientStoreContract {
        @Override
        Database open() {
            return openInMemory();
        }
    }

    @Nested
    class Sessions extends SessionStoreContract {
        @Override
        Database open() {
            return openInMemory();
        }
    }

    @Nested
    class Others extends SmallStoresContract {
        @Override
        Database open() {
            return openInMemory();
        }
    }
}
