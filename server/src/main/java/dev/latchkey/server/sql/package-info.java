/**
 * The stores in SQL: one SQL text for every engine, the words in which engines differ, migrations, and the embedded engine.
 *
 * <p>Owns everything that touches {@code java.sql}; owns no rule of a noun. Start at
 * {@link dev.latchkey.server.sql.Database}, what stores are written against, then read
 * {@link dev.latchkey.server.sql.SqliteDatabase}, which commits the work of many requests with one fsync (DESIGN §5).
 */
@NullMarked
package dev.latchkey.server.sql;

import org.jspecify.annotations.NullMarked;
