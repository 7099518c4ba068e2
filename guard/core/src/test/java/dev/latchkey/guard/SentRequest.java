package dev.latchkey.guard;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A request as a test sends it. */
final class SentRequest implements GuardRequest {
    private final String method;
    private final String url;
    private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private @Nullable X509Certificate certificate;

    private SentRequest(String method, String url) {
        this.method = method;
        this.url = url;
    }

    static SentRequest get(String url) {
        return new SentRequest("GET", url);
    }

    static SentRequest of(String method, String url) {
        return new SentRequest(method.toUpperCase(Locale.ROOT), url);
    }

    /** A request for {@code https://orders.example/orders} with this token. */
    static SentRequest bearer(String token) {
        return get("https://orders.example/orders").with("Authorization", "Bearer " + token);
    }

    SentRequest with(String name, String value) {
        headers.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
        return this;
    }

    SentRequest with(X509Certificate client) {
        certificate = client;
        return this;
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public String url() {
        return url;
    }

    @Override
    public List<String> headers(String name) {
        return headers.getOrDefault(name, List.of());
    }

    @Override
    public @Nullable X509Certificate clientCertificate() {
        return certificate;
    }
}
