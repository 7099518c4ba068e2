package dev.latchkey.server.token;

import dev.latchkey.server.protocol.ClientId;
import dev.latchkey.server.protocol.Transaction;
import dev.latchkey.server.protocol.UserId;
import java.time.Instant;
import java.util.Optional;

/** Keeps authorization codes by their hash, redeemed ones too: a second use has to be told from an unknown code. */
public interface AuthorizationCodeStore {
    Optional<AuthorizationCode> find(String hash);

    void insert(Transaction transaction, AuthorizationCode code);

    /**
     * Decides who redeems the code by one conditional update: of any number of racing requests one wins.
     *
     * @return false where it has been redeemed, has expired, was tried wrongly too often, or its user has signed out
     */
    boolean redeem(Transaction transaction, String hash, Instant now);

    /** Whether somebody has redeemed the code, as the unit of work sees it. */
    boolean isRedeemed(Transaction transaction, String hash);

    /** Counts a redemption that did not match. After five the code is dead. */
    void countFailedTry(Transaction transaction, String hash);

    /** Makes the codes that were given to the client for the user worthless. */
    void discard(Transaction transaction, UserId user, ClientId client);

    int removeExpiredBefore(Transaction transaction, Instant instant, int limit);
}
