package dev.latchkey.server.sql;

import java.time.InstantSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The store contracts on PostgreSQL. */
class PostgresStoresTest {
    private static Database openPostgres() {
        return PostgresDatabase.open(
                TestPostgres.settings(TestPostgres.freshSchema()), InstantSource.system(), StoreListener.NONE);
    }

    @Nested
    class Users extends UserStoreContract {
        @Override
        Database open() {
            return openPostgres();
        }
    }

    @Nested
    class Clients extends ClientStoreContract {
        @Override
        Database open() {
            return openPostgres();
        }
    }

    @Nested
    class Sessions extends SessionStoreContract {
        @Override
        Database open() {
            return openPostgres();
        }
    }

    @Nested
    class StatusLists extends StatusListContract {
        @Override
        Database open() {
            return openPostgres();
        }
    }

    @Nested
    class Epochs extends EpochStoreContract {
        @Override
        Database open() {
            return openPostgres();
        }
    }

    @Nested
    class Others extends SmallStoresContract {
        @Override
        Database open() {
            return openPostgres();
        }
    }

    @Nested
    class AuditEvents extends AuditStoreContract {
        @Override
        Database open() {
            return openPostgres();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "truncate audit_events",
                    "truncate audit_removals",
                    "truncate audit_removals, audit_events restart identity cascade"
                })
        void nothingIsTruncated(String statement) {
            refuses(statement);
        }
    }

    @Nested
    class LogoutDeliveries extends LogoutDeliveryStoreContract {
        @Override
        Database open() {
            return openPostgres();
        }
    }

    @Nested
    class EpochRaces extends EpochRaceContract {
        @Override
        Database open() {
            return openPostgres();
        }
    }

    @Nested
    class ClientRaces extends ClientRaceContract {
        @Override
        Database open() {
            return openPostgres();
        }
    }

    @Nested
    class PushRaces extends PushRaceContract {
        @Override
        Database open() {
            return openPostgres();
        }

        @Override
        int beside() {
            return TestPostgres.CONNECTIONS - 1;
        }
    }

    @Nested
    class Races extends RaceContract {
        @Override
        Database open() {
            return openPostgres();
        }
    }
}
