package dev.latchkey.server.signout;

import dev.latchkey.server.audit.AuditEvent;
import dev.latchkey.server.http.Request;
import dev.latchkey.server.protocol.ClientId;
import java.util.Optional;

/**
 * At whose wish something ends, for the audit trail.
 *
 * @param client that sent the user, if one did
 * @param address where the user is
 */
public record Wish(Optional<ClientId> client, String address) {
    /** A user's own wish. */
    public static Wish ofUser(Request request) {
        return new Wish(Optional.empty(), request.remoteAddress().getHostAddress());
    }

    /** The wish of a user whom a client sent. */
    public static Wish of(Optional<ClientId> client, Request request) {
        return new Wish(client, request.remoteAddress().getHostAddress());
    }

    AuditEvent event(AuditEvent.Type type) {
        AuditEvent event = AuditEvent.of(type).with("address", address);
        return client.map(id -> event.with("client_id", id)).orElse(event);
    }
}
