package dev.latchkey.server.sql;

import java.sql.SQLException;

/**
 * The few words in which the engines differ. Statements of stores are the same for all; only migrations name types, and
 * they name them as {@code ${bigint}}, {@code ${bytes}}, {@code ${boolean}} and, for what ends a table, {@code ${table}};
 * {@code ${serial}} is a primary key of numbers that rise by themselves, in a table that ends with {@code ${serial-table}}.
 * A statement that begins with {@code ${sqlite}} is for that engine only.
 */
enum Dialect {
    SQLITE {
        @Override
        String translate(String script) {
            return script.replace("${bigint}", "integer")
                    .replace("${bytes}", "blob")
                    .replace("${boolean}", "integer")
                    .replace("${serial}", "integer not null primary key autoincrement")
                    .replace("${serial-table}", " strict")
                    .replace("${sqlite}", "")
                    // a primary key that is text would otherwise be a second tree beside the rows
                    .replace("${table}", " strict, without rowid");
        }

        @Override
        String tables() {
            return "select name from sqlite_schema where type = 'table'";
        }

        @Override
        boolean isUnavailable(SQLException failure) {
            return switch (failure.getErrorCode() & 0xff) {
                case PERM, BUSY, LOCKED, NOMEM, READONLY, INTERRUPT, IOERR, CORRUPT, FULL, CANTOPEN, PROTOCOL, NOTADB ->
                    true;
                default -> false;
            };
        }
    };

    /** https://www.sqlite.org/rescode.html: the codes that say something about the database, not about the statement. */
    private static final int PERM = 3;

    private static final int BUSY = 5;
    private static final int LOCKED = 6;
    private static final int NOMEM = 7;
    private static final int READONLY = 8;
    private static final int INTERRUPT = 9;
    private static final int IOERR = 10;
    private static final int CORRUPT = 11;
    private static final int FULL = 13;
    private static final int CANTOPEN = 14;
    private static final int PROTOCOL = 15;
    private static final int NOTADB = 26;

    /** Whether SQLite was kept from its work by somebody else who has the database open. */
    static boolean isBusy(SQLException failure) {
        return (failure.getErrorCode() & 0xff) == BUSY;
    }

    /** A migration script in the words of this engine. */
    abstract String translate(String script);

    /** A query for the {@code name}s of all tables. */
    abstract String tables();

    /** Whether the database cannot do its work now, so that the statement may succeed later, unchanged. */
    abstract boolean isUnavailable(SQLException failure);
}
