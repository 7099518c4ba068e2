package dev.latchkey.guard.spring;

import dev.latchkey.guard.Access;
import dev.latchkey.guard.Decision;
import dev.latchkey.guard.Guard;
import dev.latchkey.guard.RefusedAnswer;
import dev.latchkey.guard.servlet.IncomingRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;

/**
 * What the guard makes of one request, asked for when somebody wants to know and then remembered with the request, so that
 * error pages and asynchronous answers find the same caller: a proof counts once (RFC 9449 §11.1).
 */
final class CheckedRequest {
    private static final String ATTRIBUTE = CheckedRequest.class.getName();

    private final Guard guard;
    private final IncomingRequest request;
    private @Nullable Decision decision;
    private Access wanted = Access.authenticated();

    private CheckedRequest(Guard guard, IncomingRequest request) {
        this.guard = guard;
        this.request = request;
    }

    /** The one of this request, which begins here unless it has begun. */
    static CheckedRequest begin(Guard guard, HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof CheckedRequest known && known.guard == guard) {
            return known;
        }
        CheckedRequest checked = new CheckedRequest(guard, new IncomingRequest(request));
        request.setAttribute(ATTRIBUTE, checked);
        return checked;
    }

    /** The one of this request. */
    static CheckedRequest of(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof CheckedRequest checked) {
            return checked;
        }
        throw new IllegalStateException(
                "no guard in this security filter chain: http.with(latchkeyGuard(), …) is missing");
    }

    /** The caller's context, an empty one where the credentials are refused, the one before where there are none. */
    SecurityContext context(Supplier<SecurityContext> before) {
        Decision made = decision();
        if (made instanceof Decision.Anonymous) {
            return before.get();
        }
        SecurityContextImpl context = new SecurityContextImpl();
        made.caller().map(GuardAuthentication::new).ifPresent(context::setAuthentication);
        return context;
    }

    /** Whether the caller may do this. */
    Decision authorize(Access access) {
        wanted = access;
        Decision made = decision();
        return made instanceof Decision.Refused ? made : guard.authorize(made.caller(), access);
    }

    /** What to answer where somebody has to be known. */
    RefusedAnswer authenticationNeeded() {
        if (decision() instanceof Decision.Refused refused) {
            return refused.answer();
        }
        Access needed = wanted.required() ? wanted : Access.authenticated();
        if (guard.authorize(Optional.empty(), needed) instanceof Decision.Refused refused) {
            return refused.answer();
        }
        throw new IllegalStateException("nobody was let in where somebody is needed");
    }

    /** What to answer a caller who lacks this. */
    RefusedAnswer denied(Access missing) {
        return decision() instanceof Decision.Refused refused ? refused.answer() : guard.deny(missing);
    }

    private synchronized Decision decision() {
        Decision made = decision;
        if (made == null) {
            made = guard.check(request, Access.optional());
            decision = made;
        }
        return made;
    }
}
