package dev.latchkey.guard.httpserver;

import com.sun.net.httpserver.HttpPrincipal;
import dev.latchkey.guard.Caller;

/** The caller as the JDK's server knows principals: by name and realm, the issuer of the token. */
public final class CallerPrincipal extends HttpPrincipal {
    private final Caller caller;

    CallerPrincipal(Caller caller) {
        super(caller.getName(), caller.issuer().orElse(""));
        this.caller = caller;
    }

    public Caller caller() {
        return caller;
    }
}
