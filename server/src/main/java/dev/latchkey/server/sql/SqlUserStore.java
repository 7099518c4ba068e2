package dev.latchkey.server.sql;

import dev.latchkey.server.protocol.Origin;
import dev.latchkey.server.protocol.Transaction;
import dev.latchkey.server.protocol.UserId;
import dev.latchkey.server.user.User;
import dev.latchkey.server.user.UserStore;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Keeps users in the table {@code users}. */
public final class SqlUserStore implements UserStore {
    private static final String SELECT = """
        select id, username, claims, roles, password_hash, credential_version, disabled, origin, created_at
        from users\
        """;

    private final Database database;

    public SqlUserStore(Database database) {
        this.database = database;
    }

    @Override
    public Optional<User> find(UserId id) {
        return database.read(sql -> sql.one(SELECT + " where id = ?", SqlUserStore::user, id.value()));
    }

    @Override
    public Optional<User> findByUsername(String username) {
        String key = User.usernameKey(username);
        return database.read(sql -> sql.one(SELECT + " where username_key = ?", SqlUserStore::user, key));
    }

    @Override
    public List<User> list(String afterUsernameKey, int limit) {
        return database.read(sql -> sql.list(
                SELECT + " where username_key > ? order by username_key limit ?",
                SqlUserStore::user,
                afterUsernameKey,
                limit));
    }

    @Override
    public boolean isEmpty() {
        return database.read(sql -> sql.one("select id from users limit 1", row -> row.text("id")))
                .isEmpty();
    }

    @Override
    public boolean insert(Transaction transaction, User user) {
        int inserted = database.in(transaction)
                .update(
                        """
                        insert into users (id, username, username_key, claims, roles, password_hash, credential_version,
                            disabled, origin, created_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        on conflict do nothing\
                        """,
                        user.id().value(),
                        user.username(),
                        User.usernameKey(user.username()),
                        StoredText.of(user.claims()),
                        StoredText.of(user.roles()),
                        user.passwordHash().orElse(null),
                        user.credentialVersion(),
                        user.disabled(),
                        user.origin().name(),
                        user.createdAt());
        return inserted == 1;
    }

    /** {@inheritDoc} False also when the username is another user's. */
    @Override
    public boolean update(Transaction transaction, User user) {
        String key = User.usernameKey(user.username());
        int updated = database.in(transaction)
                .update(
                        """
                        update users
                        set username = ?, username_key = ?, claims = ?, roles = ?, origin = ?,
                            credential_version = credential_version + case when disabled <> ? then ? else 0 end, disabled = ?
                        where id = ?
                            and not exists (select 1 from users other where other.username_key = ? and other.id <> ?)\
                        """,
                        user.username(),
                        key,
                        StoredText.of(user.claims()),
                        StoredText.of(user.roles()),
                        user.origin().name(),
                        user.disabled(),
                        user.disabled() ? 1 : 0,
                        user.disabled(),
                        user.id().value(),
                        key,
                        user.id().value());
        return updated == 1;
    }

    @Override
    public boolean changePassword(Transaction transaction, UserId id, String hash) {
        return database.in(transaction).update("""
            update users set password_hash = ?, credential_version = credential_version + 1
            where id = ?\
            """, hash, id.value()) == 1;
    }

    @Override
    public void renewPasswordHash(Transaction transaction, UserId id, String oldHash, String newHash) {
        database.in(transaction)
                .update(
                        "update users set password_hash = ? where id = ? and password_hash = ?",
                        newHash,
                        id.value(),
                        oldHash);
    }

    @Override
    public boolean setDisabled(Transaction transaction, UserId id, boolean disabled) {
        return database.in(transaction)
                        .update(
                                "update users set disabled = ?, credential_version = credential_version + ? where id ="
                                        + " ?",
                                disabled,
                                disabled ? 1 : 0,
                                id.value())
                == 1;
    }

    private static User user(Row row) throws SQLException {
        return new User(
                new UserId(row.text("id")),
                row.text("username"),
                StoredText.map(row.text("claims")),
                StoredText.list(row.text("roles")),
                Optional.ofNullable(row.textOrNull("password_hash")),
                row.number("credential_version"),
                row.flag("disabled"),
                Origin.valueOf(row.text("origin")),
                row.instant("created_at"));
    }
}
