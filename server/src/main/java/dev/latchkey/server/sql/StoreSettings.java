package dev.latchkey.server.sql;

/** How the database of an issuer is opened, and so which engine it is. */
public sealed interface StoreSettings permits SqliteSettings, PostgresSettings {
    /** The same for what is done to a store as a whole, which may take as long as it takes. */
    StoreSettings patient();
}
