package dev.latchkey.guard.servlet;

import dev.latchkey.guard.Caller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;

/** A request of which it is known who sent it. */
final class CallerRequest extends HttpServletRequestWrapper {
    private final Caller caller;

    CallerRequest(HttpServletRequest request, Caller caller) {
        super(request);
        this.caller = caller;
    }

    @Override
    public Caller getUserPrincipal() {
        return caller;
    }

    @Override
    public String getRemoteUser() {
        return caller.getName();
    }

    @Override
    public boolean isUserInRole(String role) {
        return role.equals("**") || caller.hasRole(role); // Jakarta Servlet 6.0 §13.3: anybody who is logged in
    }

    @Override
    public String getAuthType() {
        String header = getHeader("Authorization");
        String scheme = header == null ? "" : header.strip().split(" ", 2)[0].toLowerCase(Locale.ROOT);
        return switch (scheme) {
            case "bearer" -> "Bearer";
            case "dpop" -> "DPoP";
            case "basic" -> BASIC_AUTH;
            default -> "ApiKey";
        };
    }

    @Override
    public boolean authenticate(HttpServletResponse response) {
        return true;
    }
}
