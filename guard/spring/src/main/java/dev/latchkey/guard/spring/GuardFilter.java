package dev.latchkey.guard.spring;

import dev.latchkey.guard.Guard;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.function.Supplier;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.filter.GenericFilterBean;

/**
 * Lets the guard say who calls, once something asks: a route that is open to all costs no check, and wrong credentials are
 * refused only where somebody has to be known.
 */
final class GuardFilter extends GenericFilterBean {
    private final SecurityContextHolderStrategy contexts = SecurityContextHolder.getContextHolderStrategy();
    private final Guard guard;

    GuardFilter(Guard guard) {
        this.guard = guard;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        CheckedRequest checked = CheckedRequest.begin(guard, (HttpServletRequest) request);
        Supplier<SecurityContext> before = contexts.getDeferredContext();
        contexts.setDeferredContext(SingletonSupplier.of(() -> checked.context(before)));
        chain.doFilter(request, response);
    }
}
