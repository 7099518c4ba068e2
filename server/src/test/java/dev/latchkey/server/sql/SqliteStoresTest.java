package dev.latchkey.server.sql;

import java.time.InstantSource;
import org.junit.jupiter.api.Nested;

/** The store contracts on the embedded database. */
class SqliteStoresTest {
    private static Database openSqlite() {
        return SqliteDatabase.openTemporary(InstantSource.system());
    }

    @Nested
    class Users extends UserStoreContract {
        @Override
        Database open() {
            return openSqlite();
        }
    }

    @Nested
    class Clients extends ClientStoreContract {
        @Override
        Database open() {
            return openSqlite();
        }
    }

    @Nested
    class Sessions extends SessionStoreContract {
        @Override
        Database open() {
            return openSqlite();
        }
    }

    @Nested
    class StatusLists extends StatusListContract {
        @Override
        Database open() {
            return openSqlite();
        }
    }

    @Nested
    class Epochs extends EpochStoreContract {
        @Override
        Database open() {
            return openSqlite();
        }
    }

    @Nested
    class Others extends SmallStoresContract {
        @Override
        Database open() {
            return openSqlite();
        }
    }

    @Nested
    class AuditEvents extends AuditStoreContract {
        @Override
        Database open() {
            return openSqlite();
        }
    }

    @Nested
    class LogoutDeliveries extends LogoutDeliveryStoreContract {
        @Override
        Database open() {
            return openSqlite();
        }
    }

    @Nested
    class EpochRaces extends EpochRaceContract {
        @Override
        Database open() {
            return openSqlite();
        }
    }

    @Nested
    class ClientRaces extends ClientRaceContract {
        @Override
        Database open() {
            return openSqlite();
        }
    }

    @Nested
    class PushRaces extends PushRaceContract {
        @Override
        Database open() {
            return openSqlite();
        }

        @Override
        int beside() {
            return 0;
        }
    }

    @Nested
    class Races extends RaceContract {
        @Override
        Database open() {
            return openSqlite();
        }
    }
}
