package dev.latchkey.server.browser;

import dev.latchkey.server.protocol.BrowserSessionId;
import dev.latchkey.server.protocol.Transaction;
import dev.latchkey.server.protocol.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps browser sessions. Reads see the last committed state; writes happen in the given unit of work. */
public interface BrowserSessionStore {
    Optional<BrowserSession> find(BrowserSessionId id);

    /** Those of a browser that are live at the instant, the one that was chosen last first. */
    List<BrowserSession> listLive(String browser, Instant now);

    /** Those of a user that are live at the instant, the one used last first; at most {@code limit}. */
    List<BrowserSession> listLive(UserId user, Instant now, int limit);

    /** Adds it or replaces the one with the same id, unless that has ended. */
    void save(Transaction transaction, BrowserSession session);

    /** Gives the sessions of a browser to the key that it has from now on. */
    void move(Transaction transaction, String fromBrowser, String toBrowser);

    /** Notes that its user chose it among several. */
    void choose(Transaction transaction, BrowserSessionId id, Instant now);

    /** Notes that it was used, and when it ends from now on. */
    void use(Transaction transaction, BrowserSessionId id, Instant now, Instant expiresAt);

    /** Ends it. False when it was not live, which is then as durable as this unit of work, or is unknown. */
    boolean end(Transaction transaction, BrowserSessionId id, Instant now);

    /** Has what ended at a browser before be as durable as this unit of work. */
    void confirmEnds(Transaction transaction, String browser);

    /** Ends all of a user that are live but one; returns how many. */
    int endAllBut(Transaction transaction, UserId user, BrowserSessionId kept, Instant now);

    /** Ends all of a user that are live; returns how many. */
    int endAll(Transaction transaction, UserId user, Instant now);

    /** Removes those that expired or ended before the instant; at most {@code limit}. Returns how many. */
    int removeEndedBefore(Transaction transaction, Instant instant, int limit);
}
