package dev.latchkey.server.register;

import dev.latchkey.server.audit.AuditEvent;
import dev.latchkey.server.audit.AuditTrail;
import dev.latchkey.server.http.Request;
import dev.latchkey.server.http.Response;
import dev.latchkey.server.protocol.ClientId;
import dev.latchkey.server.protocol.OAuthException;
import dev.latchkey.server.protocol.Origin;
import java.util.Locale;
import java.util.function.Supplier;

/** Tells the audit trail who registered what from where, and who was refused. */
record Events(AuditTrail audit) {
    /** Answers, and keeps a refusal. */
    Response watching(Request request, Supplier<Response> answer) {
        try {
            return answer.get();
        } catch (OAuthException refused) {
            audit.record(AuditEvent.of(AuditEvent.Type.CLIENT_REGISTER_ERROR)
                    .with("reason", refused.reason())
                    .with("address", request.remoteAddress().getHostAddress()));
            throw refused;
        }
    }

    AuditEvent event(AuditEvent.Type type, ClientId id, Request request) {
        return AuditEvent.of(type)
                .with("client_id", id)
                .with("address", request.remoteAddress().getHostAddress())
                .with("origin", Origin.REGISTRATION.name().toLowerCase(Locale.ROOT));
    }

    void record(AuditEvent event) {
        audit.record(event);
    }
}
