package dev.latchkey.guard.spring;

import dev.latchkey.guard.Caller;
import java.util.ArrayList;
import java.util.List;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/**
 * A caller as Spring Security knows it: the principal is the {@link Caller}, the authorities are {@code SCOPE_x} for each scope
 * and {@code ROLE_x} for each role. The credentials are not kept.
 */
public final class GuardAuthentication extends AbstractAuthenticationToken {
    static final String SCOPE = "SCOPE_";
    static final String ROLE = "ROLE_";

    private static final long serialVersionUID = 1;

    private final transient Caller caller;

    public GuardAuthentication(Caller caller) {
        super(authorities(caller));
        this.caller = caller;
        super.setAuthenticated(true);
    }

    @Override
    public Caller getPrincipal() {
        return caller;
    }

    @Override
    public Object getCredentials() {
        return "";
    }

    private static List<GrantedAuthority> authorities(Caller caller) {
        List<GrantedAuthority> authorities = new ArrayList<>();
        caller.scopes().forEach(scope -> authorities.add(new SimpleGrantedAuthority(SCOPE + scope)));
        caller.roles().forEach(role -> authorities.add(new SimpleGrantedAuthority(ROLE + role)));
        return authorities;
    }
}
