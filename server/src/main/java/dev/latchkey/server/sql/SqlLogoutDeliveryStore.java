package dev.latchkey.server.sql;

import dev.latchkey.server.protocol.ClientId;
import dev.latchkey.server.protocol.SessionId;
import dev.latchkey.server.protocol.StoreUnavailableException;
import dev.latchkey.server.protocol.Transaction;
import dev.latchkey.server.protocol.UserId;
import dev.latchkey.server.signout.LogoutDelivery;
import dev.latchkey.server.signout.LogoutDeliveryStore;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Keeps logouts that clients have still to be told of in the table {@code logout_deliveries}. */
public final class SqlLogoutDeliveryStore implements LogoutDeliveryStore {
    private final Database database;

    public SqlLogoutDeliveryStore(Database database) {
        this.database = database;
    }

    /**
     * Whether there is any in a store that is not open here, due or not: one connection for a moment, which changes nothing.
     *
     * @throws StoreUnavailableException when it cannot be told
     */
    public static boolean isAnyIn(StoreSettings settings) {
        return StoreView.read(
                        settings,
                        sql -> sql.one("select 1 as one from logout_deliveries limit 1", row -> row.number("one")))
                .flatMap(one -> one)
                .isPresent();
    }

    @Override
    public void insert(Transaction transaction, LogoutDelivery delivery) {
        database.in(transaction)
                .update(
                        """
                        insert into logout_deliveries (id, client_id, user_id, session_id, created_at, due_at, tries)
                        values (?, ?, ?, ?, ?, ?, ?)\
                        """,
                        delivery.id(),
                        delivery.clientId().value(),
                        delivery.userId().value(),
                        delivery.sessionId().value(),
                        delivery.createdAt(),
                        delivery.dueAt(),
                        delivery.tries());
    }

    @Override
    public List<LogoutDelivery> listDue(Instant now, int limit) {
        return database.read(sql -> sql.list("""
            select id, client_id, user_id, session_id, created_at, due_at, tries from logout_deliveries
            where due_at <= ? order by due_at, id limit ?\
            """, SqlLogoutDeliveryStore::delivery, now, limit));
    }

    @Override
    public boolean claim(Transaction transaction, LogoutDelivery delivery, Instant until) {
        return database.in(transaction).update("""
            update logout_deliveries set due_at = ?, tries = tries + 1 where id = ? and due_at = ? and tries = ?\
            """, until, delivery.id(), delivery.dueAt(), delivery.tries()) == 1;
    }

    @Override
    public void postpone(Transaction transaction, LogoutDelivery delivery, Instant now, Instant until) {
        database.in(transaction)
                .update(
                        "update logout_deliveries set due_at = ? where id = ? or (client_id = ? and due_at <= ?)",
                        until,
                        delivery.id(),
                        delivery.clientId().value(),
                        now);
    }

    @Override
    public void remove(Transaction transaction, LogoutDelivery delivery) {
        database.in(transaction).update("delete from logout_deliveries where id = ?", delivery.id());
    }

    @Override
    public int removeCreatedBefore(Transaction transaction, Instant instant, int limit) {
        return database.in(transaction).update("""
            delete from logout_deliveries where id in (
                select id from logout_deliveries where created_at < ? limit ?)\
            """, instant, limit);
    }

    private static LogoutDelivery delivery(Row row) throws SQLException {
        return new LogoutDelivery(
                row.text("id"),
                new ClientId(row.text("client_id")),
                new UserId(row.text("user_id")),
                new SessionId(row.text("session_id")),
                row.instant("created_at"),
                row.instant("due_at"),
                Math.toIntExact(row.number("tries")));
    }
}
