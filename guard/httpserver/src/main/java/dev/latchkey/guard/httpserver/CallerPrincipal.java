package dev.latchkey.guard.httpserver;

import com.sun.net.httpserver.HttpPrincipal;
import dev.latchkey.guard.Caller;
import dev.latchkey.guard.Guard;

/** The caller as the JDK's server knows principals: by name and realm, the issuer of the token. */
public final class CallerPrincipal extends HttpPrincipal {
    private final Caller caller;
    private final Guard guard;

    CallerPrincipal(Caller caller, Guard guard) {
        super(caller.getName(), caller.issuer().orElse(""));
        this.caller = caller;
        this.guard = guard;
    }

    public Caller caller() {
        return caller;
    }

    /** Whether it was this guard that let the caller in. */
    boolean isOf(Guard other) {
        return guard.equals(other);
    }
}
