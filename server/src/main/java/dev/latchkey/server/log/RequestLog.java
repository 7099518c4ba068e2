package dev.latchkey.server.log;

import dev.latchkey.server.http.Request;
import dev.latchkey.server.http.RequestObserver;
import dev.latchkey.server.http.Response;
import dev.latchkey.server.protocol.OAuthError;
import java.time.Duration;

/**
 * Logs what an operator looks for: every refusal with its reason, every failure with its exception. Requests that went well
 * are not logged, unless the operator wants each ({@code log-requests}). The query is never logged: it can hold a code.
 */
public final class RequestLog implements RequestObserver {
    private final EventLog log;
    private final boolean everyRequest;

    public RequestLog(EventLog log, boolean everyRequest) {
        this.log = log;
        this.everyRequest = everyRequest;
    }

    @Override
    public void answered(String route, Request request, Response response, long nanos) {
        boolean refused = response.refusal().isPresent();
        if (!everyRequest && !refused) {
            return;
        }
        LogEvent event = describe(refused ? "request_refused" : "request", route, request)
                .with("status", response.status())
                .with("duration", Duration.ofNanos(nanos));
        if (refused) {
            OAuthError error = response.refusal().orElseThrow();
            event = event.with("error", error.code()).with("reason", error.description());
        }
        log.info(event);
    }

    @Override
    public void failed(String route, Request request, Throwable failure) {
        log.error(describe("request_failed", route, request), failure);
    }

    private static LogEvent describe(String name, String route, Request request) {
        return LogEvent.of(name)
                .with("request_id", request.id())
                .with("method", request.method())
                .with("route", route)
                .with("address", request.remoteAddress());
    }
}
