package dev.latchkey.guard.javalin;

import dev.latchkey.guard.Access;
import io.javalin.security.RouteRole;
import org.jspecify.annotations.Nullable;

/**
 * What a route asks of its caller, where Javalin has the roles of a route.
 *
 * @param access null where requests are not looked at
 */
public record Needs(@Nullable Access access) implements RouteRole {
    /** Everybody may use the route, and nobody is looked at. */
    public static final Needs NOTHING = new Needs(null);
}
