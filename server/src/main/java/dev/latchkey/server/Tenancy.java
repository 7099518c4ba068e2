package dev.latchkey.server;

import dev.latchkey.server.http.Handler;
import dev.latchkey.server.http.Route;
import java.util.List;
import java.util.Optional;

/** Whom a server works for: one issuer, or many. */
sealed interface Tenancy extends AutoCloseable permits OneIssuer, Issuers {
    /** Answers every request. */
    Handler handler();

    /** What it answers at, for whoever describes it. */
    List<Route> routes();

    /** Makes a write durable and says whether that went well; may block, may throw. */
    boolean takesAWrite();

    /** Begins to do what has to be done now and then. */
    void begin(Timer timer);

    /** Does it now, what the timer does not; for a turned clock. */
    void catchUp();

    /** Where there is one issuer. */
    Optional<Issuer> issuer();

    /** The user that was made because there was none; known to this start only. */
    Optional<FirstUser> firstUser();

    /** Stores what waits, when requests have ended. */
    @Override
    void close();
}
