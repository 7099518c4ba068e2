package dev.latchkey.server.sql;

/** How the database of an issuer is opened, and so which engine it is. */
public sealed interface StoreSettings permits SqliteSettings, PostgresSettings {}
