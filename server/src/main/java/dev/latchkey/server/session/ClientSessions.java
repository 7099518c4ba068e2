package dev.latchkey.server.session;

import dev.latchkey.server.protocol.ClientId;
import dev.latchkey.server.protocol.Transaction;
import dev.latchkey.server.protocol.UnitOfWork;
import java.time.Instant;
import java.util.function.Predicate;

/**
 * Ends the sessions at a client that is disabled or removed. They count for nothing at this server from that instant on; this
 * is for the status lists, by which others see it. Safe for many threads.
 */
public final class ClientSessions {
    /** So many in one unit of work that hardly any client has more, and so few that nobody waits long behind it. */
    static final int BATCH = 5_000;

    private static final int CLIENT_STAYS = -1;

    private final SessionStore sessions;
    private final UnitOfWork unitOfWork;

    public ClientSessions(SessionStore sessions, UnitOfWork unitOfWork) {
        this.sessions = sessions;
        this.unitOfWork = unitOfWork;
    }

    /**
     * Runs a unit of work that takes the client away, and ends its sessions: the first thousands in the same unit of work, the
     * rest in further ones.
     *
     * @param removal whether the client is gone; otherwise nothing ends
     * @return whether it is
     */
    public boolean endAfter(ClientId client, Instant now, Predicate<Transaction> removal) {
        int ended = unitOfWork.run(transaction ->
                removal.test(transaction) ? sessions.revokeAll(transaction, client, now, BATCH) : CLIENT_STAYS);
        int more = ended;
        while (more == BATCH) {
            more = unitOfWork.run(transaction -> sessions.revokeAll(transaction, client, now, BATCH));
        }
        return ended != CLIENT_STAYS;
    }
}
