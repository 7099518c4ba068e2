package dev.latchkey.server.sql;

/** How the database of an issuer is opened, and so which engine it is. */
public sealed interface StoreSettings permits SqliteSettings, PostgresSettings {
    /** The same for an operator's commands, which rather wait for the servers beside them than fail. */
    StoreSettings patient();
}
