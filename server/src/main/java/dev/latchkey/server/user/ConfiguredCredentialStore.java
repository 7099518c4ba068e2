package dev.latchkey.server.user;

import dev.latchkey.server.protocol.Transaction;
import dev.latchkey.server.protocol.UserId;
import java.util.Optional;

/**
 * Keeps by which credential of the configuration file a user's password was last set, so that a start sets it again only
 * when the file has changed: the hash itself says nothing, since a login may have renewed it.
 */
public interface ConfiguredCredentialStore {
    /** The fingerprint saved last. */
    Optional<String> find(UserId id);

    /** From here on until this unit of work ends nobody else applies a configuration. */
    void lock(Transaction transaction);

    void save(Transaction transaction, UserId id, String fingerprint);
}
