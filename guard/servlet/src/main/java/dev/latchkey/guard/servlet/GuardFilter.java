package dev.latchkey.guard.servlet;

import dev.latchkey.guard.Access;
import dev.latchkey.guard.Caller;
import dev.latchkey.guard.Decision;
import dev.latchkey.guard.Decision.Refused;
import dev.latchkey.guard.Guard;
import dev.latchkey.guard.ProtectedResource;
import dev.latchkey.guard.RefusedAnswer;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Protects a web application.
 *
 * <pre>{@code
 * GuardFilter.of(guard)
 *         .open("/public/*")
 *         .protect("GET /orders/*", Access.authenticated().scopes("orders:read"))
 *         .protect("/admin/*", Access.authenticated().roles("admin"))
 *         .register(servletContext);
 * }</pre>
 *
 * <p>The first path that fits counts; what none fits needs a caller, any, unless {@link #otherwise} says something else. Paths
 * are those of the web application, decoded, without its context path, with or without a slash at the end. {@code {id}} stands
 * for one segment, {@code /*} at the end for all below and the path itself. A request with an empty segment, {@code .},
 * {@code ..}, a semicolon, a percent sign or a control character in its decoded path is refused: who knows what a framework
 * behind makes of it.
 *
 * <p>A request is checked when it first comes here, in whatever way it was dispatched. Asynchronous and other dispatches after
 * that keep its caller, and error pages are for everybody. Several filters of one guard ask for what their own routes say, and
 * look at the credentials once. What stands before the filter is not guarded, WebSocket endpoints in Jetty for one. Immutable:
 * each method gives a new filter. Safe for many threads.
 */
public final class GuardFilter implements Filter {
    private static final String CALLER = GuardFilter.class.getName() + ".caller";
    private static final String CHECKED = GuardFilter.class.getName() + ".checked";
    private static final String SEEN = GuardFilter.class.getName() + ".seen.";
    private static final RefusedAnswer AMBIGUOUS = new RefusedAnswer(
            400, "invalid_request", "The path is ambiguous", "The path is ambiguous", List.of(), null);

    /** What a guard has made of the request's credentials. */
    private record Checked(Guard guard, Optional<Caller> caller) {}

    private final Guard guard;
    private final List<Route> routes;
    private final Route last;

    private GuardFilter(Guard guard, List<Route> routes, Route last) {
        this.guard = guard;
        this.routes = List.copyOf(routes);
        this.last = last;
    }

    /** Protects everything by this guard, which whoever built it closes. */
    public static GuardFilter of(Guard guard) {
        return new GuardFilter(Objects.requireNonNull(guard), List.of(), Route.of("/*", Access.authenticated()));
    }

    /** Requests to this path are not looked at: {@code /public/*}, {@code GET /docs}. */
    public GuardFilter open(String pattern) {
        return with(Route.of(pattern, null));
    }

    /** Requests to this path need this access: {@code /admin/*}, {@code GET /orders/{id}}. */
    public GuardFilter protect(String pattern, Access access) {
        return with(Route.of(pattern, Objects.requireNonNull(access)));
    }

    /** Requests to any other path need this access. */
    public GuardFilter otherwise(Access access) {
        return new GuardFilter(guard, routes, Route.of("/*", Objects.requireNonNull(access)));
    }

    private GuardFilter with(Route route) {
        List<Route> more = new ArrayList<>(routes);
        more.add(route);
        return new GuardFilter(guard, more, last);
    }

    /** Puts the filter before all that the application does. */
    public FilterRegistration.Dynamic register(ServletContext application) {
        FilterRegistration.Dynamic registration = application.addFilter(GuardFilter.class.getName(), this);
        if (registration == null) {
            throw new IllegalStateException("the application has a filter of this name already");
        }
        registration.setAsyncSupported(true);
        registration.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC), false, "/*");
        return registration;
    }

    /** Who sent this request; empty where nobody is known. For code that has no {@code getUserPrincipal()} at hand. */
    public static Optional<Caller> caller(ServletRequest request) {
        return request.getAttribute(CALLER) instanceof Caller caller ? Optional.of(caller) : Optional.empty();
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!(request instanceof HttpServletRequest asked) || !(response instanceof HttpServletResponse answer)) {
            throw new ServletException("only HTTP can be guarded");
        }
        String seen = SEEN + System.identityHashCode(this);
        if (request.getDispatcherType() == DispatcherType.ERROR || request.getAttribute(seen) == this) {
            chain.doFilter(known(asked), response);
            return;
        }
        ProtectedResource metadata = guard.metadata().orElse(null);
        if (metadata != null && isFor(asked, metadata)) {
            publish(metadata, answer);
            return;
        }
        RefusedAnswer refusal = refusal(asked);
        if (refusal == null) {
            request.setAttribute(seen, this);
            chain.doFilter(known(asked), response);
        } else {
            refuse(answer, refusal);
        }
    }

    /** Why the request is refused; null if it is not. Its caller is then known. */
    private @Nullable RefusedAnswer refusal(HttpServletRequest request) {
        String info = request.getPathInfo();
        List<String> path = Route.segments(request.getServletPath() + (info == null ? "" : info));
        if (path.stream().anyMatch(GuardFilter::isAmbiguous)) {
            return AMBIGUOUS;
        }
        Access access = access(request.getMethod(), path);
        if (access == null) {
            return null;
        }
        Decision decision = decision(request, access);
        if (decision instanceof Refused refused) {
            return refused.answer();
        }
        request.setAttribute(CHECKED, new Checked(guard, decision.caller()));
        decision.caller().ifPresent(caller -> request.setAttribute(CALLER, caller));
        return null;
    }

    /** Of the credentials, unless another filter has had this guard look at them: a proof counts once (RFC 9449 §11.1). */
    private Decision decision(HttpServletRequest request, Access access) {
        return request.getAttribute(CHECKED) instanceof Checked checked && checked.guard() == guard
                ? guard.authorize(checked.caller(), access)
                : guard.check(new IncomingRequest(request), access);
    }

    private static boolean isAmbiguous(String segment) {
        return segment.isEmpty()
                || segment.equals(".")
                || segment.equals("..")
                || segment.chars().anyMatch(c -> c == '\\' || c == ';' || c == '%' || Character.isISOControl(c));
    }

    private @Nullable Access access(String method, List<String> path) {
        for (Route route : routes) {
            if (route.matches(method, path)) {
                return route.access();
            }
        }
        return last.access();
    }

    private static HttpServletRequest known(HttpServletRequest request) {
        return caller(request)
                .<HttpServletRequest>map(caller -> new CallerRequest(request, caller))
                .orElse(request);
    }

    private static boolean isFor(HttpServletRequest request, ProtectedResource metadata) {
        return request.getRequestURI().equals(metadata.path())
                && (request.getMethod().equals("GET") || request.getMethod().equals("HEAD"));
    }

    private static void publish(ProtectedResource metadata, HttpServletResponse response) throws IOException {
        response.setHeader("Content-Type", "application/json");
        send(response, metadata.body());
    }

    private static void refuse(HttpServletResponse response, RefusedAnswer answer) throws IOException {
        response.setStatus(answer.status());
        for (RefusedAnswer.Header header : answer.headers()) {
            if (header.name().equals("WWW-Authenticate")) {
                response.addHeader(header.name(), header.value()); // one for each scheme
            } else {
                response.setHeader(header.name(), header.value()); // whatever a filter before has set
            }
        }
        send(response, answer.body());
    }

    private static void send(HttpServletResponse response, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
