package dev.latchkey.guard.helidon;

import dev.latchkey.guard.GuardRequest;
import io.helidon.common.uri.UriInfo;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request as Helidon has it. What the server is told to make of proxies counts here too. */
record RoutedRequest(ServerRequest request) implements GuardRequest {
    @Override
    public String method() {
        return request.prologue().method().text();
    }

    @Override
    public String url() {
        UriInfo asked = request.requestedUri();
        String query = request.prologue().query().rawValue();
        String path = asked.path().rawPath();
        return asked.scheme() + "://" + asked.authority() + path + (query.isEmpty() ? "" : "?" + query);
    }

    @Override
    public List<String> headers(String name) {
        HeaderName header = HeaderNames.create(name);
        return request.headers().contains(header)
                ? request.headers().get(header).allValues()
                : List.of();
    }

    @Override
    public @Nullable X509Certificate clientCertificate() {
        Certificate[] chain = request.remotePeer().tlsCertificates().orElse(null);
        return chain != null && chain.length > 0 && chain[0] instanceof X509Certificate certificate
                ? certificate
                : null;
    }
}
