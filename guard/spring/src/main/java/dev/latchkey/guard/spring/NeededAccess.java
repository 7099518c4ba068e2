package dev.latchkey.guard.spring;

import dev.latchkey.guard.Access;
import dev.latchkey.guard.Decision;
import dev.latchkey.guard.RefusedAnswer;
import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Supplier;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;

/** Has the guard decide whether a request may be served. */
final class NeededAccess implements AuthorizationManager<RequestAuthorizationContext> {
    private final Access access;

    NeededAccess(Access access) {
        this.access = access;
    }

    /** Not granted, and what to answer. */
    static final class Denied extends AuthorizationDecision {
        private static final long serialVersionUID = 1;

        private final transient RefusedAnswer answer;

        Denied(RefusedAnswer answer) {
            super(false);
            this.answer = answer;
        }

        RefusedAnswer answer() {
            return answer;
        }
    }

    /** What Spring Security 6 calls. */
    @Override
    @SuppressWarnings("deprecation")
    public AuthorizationDecision check(Supplier<Authentication> authentication, RequestAuthorizationContext context) {
        return decide(context.getRequest());
    }

    /** What Spring Security 7 calls, which no longer has the other. */
    @Override
    public AuthorizationResult authorize(Supplier<Authentication> authentication, RequestAuthorizationContext context) {
        return decide(context.getRequest());
    }

    private AuthorizationDecision decide(HttpServletRequest request) {
        return CheckedRequest.of(request).authorize(access) instanceof Decision.Refused refused
                ? new Denied(refused.answer())
                : new AuthorizationDecision(true);
    }
}
