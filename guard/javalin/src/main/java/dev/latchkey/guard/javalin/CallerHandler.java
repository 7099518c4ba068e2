package dev.latchkey.guard.javalin;

import dev.latchkey.guard.Caller;
import io.javalin.http.Context;

/** A handler of a route that is told who calls. */
@FunctionalInterface
public interface CallerHandler {
    /** Answers the request of this caller. */
    void handle(Context context, Caller caller) throws Exception;
}
