package dev.latchkey.server.signout;

import dev.latchkey.server.protocol.ClientId;
import dev.latchkey.server.protocol.SessionId;
import dev.latchkey.server.protocol.UserId;
import java.time.Instant;

/**
 * A logout that a client has still to be told of. The logout token is made when it is sent, so none is kept.
 *
 * @param id of this delivery
 * @param clientId who is told
 * @param userId who logged out
 * @param sessionId which of the client's sessions has ended
 * @param createdAt when it ended
 * @param dueAt not before then; moved on by whoever makes a try, which nobody else makes meanwhile
 * @param tries made so far
 */
public record LogoutDelivery(
        String id,
        ClientId clientId,
        UserId userId,
        SessionId sessionId,
        Instant createdAt,
        Instant dueAt,
        int tries) {}
