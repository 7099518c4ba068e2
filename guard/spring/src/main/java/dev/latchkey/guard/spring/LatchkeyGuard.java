package dev.latchkey.guard.spring;

import dev.latchkey.guard.Access;
import dev.latchkey.guard.Guard;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.ExceptionHandlingConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;

/**
 * Guards a security filter chain of one's own:
 *
 * <pre>{@code
 * http.with(latchkeyGuard(), withDefaults())
 *         .authorizeHttpRequests(requests -> requests
 *                 .requestMatchers("/health").permitAll()
 *                 .requestMatchers(POST, "/orders").access(needs(Access.authenticated().scopes("orders:write")))
 *                 .requestMatchers("/admin/**").hasRole("admin")
 *                 .anyRequest().authenticated());
 * }</pre>
 *
 * <p>Callers are known by their credentials alone, so the chain gets no sessions and no protection against forged requests,
 * which a browser could send with a cookie but not with a token; say otherwise after {@code with} where there are cookies too.
 */
public final class LatchkeyGuard extends AbstractHttpConfigurer<LatchkeyGuard, HttpSecurity> {
    private final @Nullable Guard given;

    private LatchkeyGuard(@Nullable Guard given) {
        this.given = given;
    }

    /** By the application's {@link Guard}. */
    public static LatchkeyGuard latchkeyGuard() {
        return new LatchkeyGuard(null);
    }

    /** By this guard, where an application has several. */
    public static LatchkeyGuard latchkeyGuard(Guard guard) {
        return new LatchkeyGuard(guard);
    }

    /**
     * A rule for requests that asks for all that {@link Access} can: scopes, roles, a strong or recent login. With
     * {@link Access#optional()} it lets in requests without credentials, and refuses wrong ones.
     */
    public static AuthorizationManager<RequestAuthorizationContext> needs(Access access) {
        return new NeededAccess(access);
    }

    /** Called when it is added: what comes after it in the chain's configuration can say otherwise. */
    @Override
    public void setBuilder(HttpSecurity http) {
        super.setBuilder(http);
        try {
            http.csrf(csrf -> csrf.disable());
            http.sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
        } catch (Exception e) {
            throw new IllegalStateException("cannot be added to this security filter chain", e);
        }
    }

    @Override
    @SuppressWarnings("unchecked")
    public void init(HttpSecurity http) {
        Refusals refusals = new Refusals();
        ExceptionHandlingConfigurer<HttpSecurity> handling = http.getConfigurer(ExceptionHandlingConfigurer.class);
        if (handling != null) {
            handling.defaultAuthenticationEntryPointFor(refusals, AnyRequestMatcher.INSTANCE);
            handling.defaultAccessDeniedHandlerFor(refusals, AnyRequestMatcher.INSTANCE);
        }
    }

    @Override
    public void configure(HttpSecurity http) {
        Guard guard =
                given == null ? http.getSharedObject(ApplicationContext.class).getBean(Guard.class) : given;
        http.addFilterBefore(new GuardFilter(guard), AnonymousAuthenticationFilter.class);
    }
}
