package dev.latchkey.guard.servlet;

import dev.latchkey.guard.Guard;
import dev.latchkey.guard.GuardBuilder;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The {@link GuardFilter} for {@code web.xml}, with a guard of its own. Its parameters, lists with white space between:
 * {@code issuer}, one or several; {@code audience} or {@code resource} or both, for whom tokens have to be; {@code
 * public-origin} where a proxy changes scheme or host; and {@code routes}, a line each:
 *
 * <pre>
 * /public/*         open
 * GET /orders/*     scopes=orders:read
 * POST /orders      scopes=orders:read,orders:write
 * /admin/*          roles=admin,owner
 * /pay              scopes=orders:pay acr=urn:example:two-factor max-age=300
 * /greeting         optional
 * /*                authenticated
 * </pre>
 *
 * <p>Map it to {@code /*}, let it be {@code async-supported}, with the dispatchers REQUEST and ASYNC. An unknown parameter or
 * word is an error at the start.
 */
public final class DeclaredGuardFilter implements Filter {
    private static final Set<String> PARAMETERS = Set.of("issuer", "audience", "resource", "public-origin", "routes");

    private @Nullable Guard guard;
    private @Nullable GuardFilter filter;

    @Override
    public void init(FilterConfig config) throws ServletException {
        Set<String> unknown = new TreeSet<>(Collections.list(config.getInitParameterNames()));
        unknown.removeAll(PARAMETERS);
        if (!unknown.isEmpty()) {
            throw new ServletException("the guard has no such parameter: " + String.join(", ", unknown));
        }
        try {
            List<RouteLine> lines = text(config, "routes")
                    .lines()
                    .filter(line -> !line.isBlank())
                    .map(RouteLine::parse)
                    .toList();
            Guard built = guard(config);
            GuardFilter routed = GuardFilter.of(built);
            for (RouteLine line : lines) {
                routed = line.addTo(routed);
            }
            guard = built;
            filter = routed;
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new ServletException("the guard's parameters are wrong: " + e.getMessage(), e);
        }
    }

    private static Guard guard(FilterConfig config) {
        GuardBuilder builder = Guard.withoutTokens();
        words(config, "issuer").forEach(builder::issuer);
        words(config, "audience").forEach(builder::audience);
        words(config, "resource").forEach(builder::resource);
        words(config, "public-origin").forEach(builder::publicOrigin);
        return builder.build();
    }

    private static List<String> words(FilterConfig config, String parameter) {
        return Arrays.stream(text(config, parameter).split("\\s+", -1))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static String text(FilterConfig config, String parameter) {
        return Objects.requireNonNullElse(config.getInitParameter(parameter), "");
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        GuardFilter ready = filter;
        if (ready == null) {
            throw new ServletException("the guard was not initialized");
        }
        ready.doFilter(request, response, chain);
    }

    @Override
    public void destroy() {
        if (guard != null) {
            guard.close();
        }
    }
}
