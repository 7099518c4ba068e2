package dev.latchkey.server.health;

import dev.latchkey.server.http.Handler;
import dev.latchkey.server.http.Request;
import dev.latchkey.server.http.Response;
import java.util.Map;

/** {@code GET /health/live}: the process answers. Looks at nothing else: a restart would not mend a store. */
public final class LivenessEndpoint implements Handler {
    private final Response up = Response.json(Map.of("status", "up")).withNoStore();

    @Override
    public Response handle(Request request) {
        return up;
    }
}
