package dev.latchkey.server.user;

import dev.latchkey.server.protocol.Transaction;
import dev.latchkey.server.protocol.UserId;
import java.util.List;
import java.util.Optional;

/** Keeps users. Reads see the last committed state; writes happen in the given unit of work. */
public interface UserStore {
    Optional<User> find(UserId id);

    /** Finds by any spelling that has the same {@link User#usernameKey}. */
    Optional<User> findByUsername(String username);

    /** Users in the order of their username keys, those after the given key. */
    List<User> list(String afterUsernameKey, int limit);

    /** Whether there is no user at all. */
    boolean isEmpty();

    /** Adds a user. False, and nothing is changed, when the username or id is taken. */
    boolean insert(Transaction transaction, User user);

    /**
     * Replaces claims, roles, disabled, origin and username of the user with this id; its password stays. To disable moves the
     * credential version on. False when there is no such user.
     */
    boolean update(Transaction transaction, User user);

    /** Sets another password and moves the credential version on, which ends the sessions begun under the old one. */
    boolean changePassword(Transaction transaction, UserId id, String hash);

    /** Replaces a hash by another of the same password; sessions go on. Nothing happens if it is no longer the old one. */
    void renewPasswordHash(Transaction transaction, UserId id, String oldHash, String newHash);

    /** Disables or enables. To disable moves the credential version on, so that no session comes back with the user. */
    boolean setDisabled(Transaction transaction, UserId id, boolean disabled);
}
