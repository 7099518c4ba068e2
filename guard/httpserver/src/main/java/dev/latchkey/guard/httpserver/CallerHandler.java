package dev.latchkey.guard.httpserver;

import com.sun.net.httpserver.HttpExchange;
import dev.latchkey.guard.Caller;
import java.io.IOException;

/** A handler of the JDK's server that is told who calls. */
@FunctionalInterface
public interface CallerHandler {
    /** Answers the request of this caller, and closes the exchange. */
    void handle(HttpExchange exchange, Caller caller) throws IOException;
}
