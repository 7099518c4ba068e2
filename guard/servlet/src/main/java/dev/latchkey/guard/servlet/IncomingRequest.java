package dev.latchkey.guard.servlet;

import dev.latchkey.guard.GuardRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request as the container has it, for a guard to look at; adapters of frameworks that stand on servlets use it too. What the
 * container makes of proxies counts here as well.
 */
public record IncomingRequest(HttpServletRequest request) implements GuardRequest {
    /** Jakarta Servlet 6.0 §3.10. */
    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

    @Override
    public String method() {
        return request.getMethod();
    }

    @Override
    public String url() {
        String query = request.getQueryString();
        return query == null ? request.getRequestURL().toString() : request.getRequestURL() + "?" + query;
    }

    @Override
    public List<String> headers(String name) {
        Enumeration<String> values = request.getHeaders(name);
        return values == null ? List.of() : Collections.list(values);
    }

    @Override
    public @Nullable X509Certificate clientCertificate() {
        return request.getAttribute(CERTIFICATES) instanceof X509Certificate[] chain && chain.length > 0
                ? chain[0]
                : null;
    }
}
