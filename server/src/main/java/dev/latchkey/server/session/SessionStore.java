package dev.latchkey.server.session;

import dev.latchkey.server.protocol.BrowserSessionId;
import dev.latchkey.server.protocol.ClientId;
import dev.latchkey.server.protocol.SessionId;
import dev.latchkey.server.protocol.Transaction;
import dev.latchkey.server.protocol.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps sessions. Reads see the last committed state; writes happen in the given unit of work. */
public interface SessionStore {
    Optional<Session> find(SessionId id);

    /** The sessions of a user that are live at the instant, the newest first; at most {@code limit}. */
    List<Session> listLive(UserId user, Instant now, int limit);

    /** The sessions begun from a browser session that are live at the instant, the newest first; at most {@code limit}. */
    List<Session> listLive(BrowserSessionId browserSession, Instant now, int limit);

    /** All sessions begun from a browser session that are live at the instant, as the unit of work sees it; the newest first. */
    List<Session> listLive(Transaction transaction, BrowserSessionId browserSession, Instant now);

    /** All sessions of a user that are live at the instant, as the unit of work sees it; the newest first. */
    List<Session> listLive(Transaction transaction, UserId user, Instant now);

    /**
     * Adds a session. Where its user has been disabled or given a new password since the login was checked, or its client
     * disabled or removed, it has ended as it begins, so that whoever ended the others has ended it too. The same where a new
     * epoch has begun since it was given its status index.
     */
    void insert(Transaction transaction, Session session);

    /**
     * Decides one refresh by one conditional update, so that of any number of racing requests one moves the generation on.
     * It moves only where the session is live, its user is enabled and has the credential version of the login, and the
     * generation presented is the stored one or newer: a newer one can only have come from this server, so the store has
     * lost a write and catches up.
     */
    Rotation rotate(Transaction transaction, SessionId id, Rotation.Attempt attempt);

    /** Ends the session. False when it was not live or is unknown; that it has ended is then as durable as if it had just been done. */
    boolean revoke(Transaction transaction, SessionId id, Instant now);

    /** Ends all live sessions of the user; returns them as they are now, the newest first. */
    List<Session> revokeAll(Transaction transaction, UserId user, Instant now);

    /** Ends all live sessions of the user at the client; returns them as they are now, the newest first. */
    List<Session> revokeAll(Transaction transaction, UserId user, ClientId client, Instant now);

    /** Ends live sessions at the client, at most {@code limit}; returns how many. */
    int revokeAll(Transaction transaction, ClientId client, Instant now, int limit);

    /**
     * Gives a live session another status index and retires the one that it had: the tokens that carry it count no longer
     * where the status list is asked. False for a session that has none.
     */
    boolean retireStatusIndex(Transaction transaction, SessionId id, StatusIndex next, Instant now);

    /** The status indexes of sessions that were revoked, and those that were retired, at the instant or later. */
    List<StatusIndex> listRevokedSince(Instant instant);

    /** Forgets status indexes that were retired before the instant; at most {@code limit}. Returns how many. */
    int removeRetiredBefore(Transaction transaction, Instant instant, int limit);

    /**
     * Goes through the sessions that may have expired or been revoked before the instant, about {@code limit} of them: removes
     * those that have, and sets for the others when to look again. Returns how many it went through; fewer than {@code limit} when
     * there are no more.
     */
    int sweep(Transaction transaction, Instant instant, int limit);
}
