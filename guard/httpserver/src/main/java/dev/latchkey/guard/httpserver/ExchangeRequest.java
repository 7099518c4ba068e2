package dev.latchkey.guard.httpserver;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsExchange;
import dev.latchkey.guard.GuardRequest;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** A request as the JDK's server has it. */
record ExchangeRequest(HttpExchange exchange) implements GuardRequest {
    @Override
    public String method() {
        return exchange.getRequestMethod();
    }

    @Override
    public String url() {
        URI target = exchange.getRequestURI();
        if (target.isAbsolute()) {
            return target.toString(); // RFC 9112 §3.2.2
        }
        String scheme = exchange instanceof HttpsExchange ? "https://" : "http://";
        return scheme + host() + target;
    }

    private String host() {
        String host = exchange.getRequestHeaders().getFirst("Host");
        if (host != null) {
            return host;
        }
        InetSocketAddress local = exchange.getLocalAddress(); // HTTP/1.0
        return local.getHostString() + ':' + local.getPort();
    }

    @Override
    public List<String> headers(String name) {
        List<String> values = exchange.getRequestHeaders().get(name);
        return values == null ? List.of() : values;
    }

    @Override
    public @Nullable X509Certificate clientCertificate() {
        if (!(exchange instanceof HttpsExchange tls)) {
            return null;
        }
        try {
            Certificate[] chain = tls.getSSLSession().getPeerCertificates();
            return chain[0] instanceof X509Certificate certificate ? certificate : null;
        } catch (SSLPeerUnverifiedException e) {
            return null; // the client has shown none
        }
    }
}
