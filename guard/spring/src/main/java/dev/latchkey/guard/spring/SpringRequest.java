package dev.latchkey.guard.spring;

import dev.latchkey.guard.GuardRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A servlet's request as the guard sees it. */
record SpringRequest(HttpServletRequest request) implements GuardRequest {
    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate"; // Servlet 6.0 §3.10

    @Override
    public String method() {
        return request.getMethod();
    }

    @Override
    public String url() {
        return request.getRequestURL().toString();
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
