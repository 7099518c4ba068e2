package dev.latchkey.guard.jaxrs;

import dev.latchkey.guard.GuardRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request as Jakarta REST has it. */
record RestRequest(ContainerRequestContext request) implements GuardRequest {
    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate"; // Servlet 6.0 §3.10

    @Override
    public String method() {
        return request.getMethod();
    }

    @Override
    public String url() {
        return request.getUriInfo().getRequestUri().toString();
    }

    @Override
    public List<String> headers(String name) {
        List<String> values = request.getHeaders().get(name);
        return values == null ? List.of() : values;
    }

    /** Seen where the application runs in a servlet container, or whoever serves it hands it over in the same way. */
    @Override
    public @Nullable X509Certificate clientCertificate() {
        return request.getProperty(CERTIFICATES) instanceof X509Certificate[] chain && chain.length > 0
                ? chain[0]
                : null;
    }
}
