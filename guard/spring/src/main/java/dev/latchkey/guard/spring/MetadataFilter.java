package dev.latchkey.guard.spring;

import dev.latchkey.guard.ProtectedResource;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.web.filter.OncePerRequestFilter;

/** Serves the metadata of the API to everybody (RFC 9728 §3), before Spring Security asks who it is. */
final class MetadataFilter extends OncePerRequestFilter {
    private static final Set<String> READING = Set.of("GET", "HEAD");

    private final Map<String, byte[]> bodies = new HashMap<>();

    MetadataFilter(List<ProtectedResource> resources) {
        resources.forEach(each -> bodies.put(each.path(), each.body().getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        byte[] body = bodies.get(request.getRequestURI());
        if (body == null || !READING.contains(request.getMethod())) {
            chain.doFilter(request, response);
            return;
        }
        response.setContentType("application/json");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
