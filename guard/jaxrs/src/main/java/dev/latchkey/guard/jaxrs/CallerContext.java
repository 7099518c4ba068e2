package dev.latchkey.guard.jaxrs;

import dev.latchkey.guard.Caller;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;

/** The caller as Jakarta REST knows it. */
record CallerContext(Caller caller, boolean secure) implements SecurityContext {
    @Override
    public Principal getUserPrincipal() {
        return caller;
    }

    @Override
    public boolean isUserInRole(String role) {
        return caller.hasRole(role);
    }

    @Override
    public boolean isSecure() {
        return secure;
    }

    @Override
    public String getAuthenticationScheme() {
        return "Bearer";
    }
}
