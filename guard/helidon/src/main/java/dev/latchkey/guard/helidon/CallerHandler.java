package dev.latchkey.guard.helidon;

import dev.latchkey.guard.Caller;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/** A handler of a route that is told who calls. */
@FunctionalInterface
public interface CallerHandler {
    /** Answers the request of this caller. */
    void handle(ServerRequest request, ServerResponse response, Caller caller) throws Exception;
}
