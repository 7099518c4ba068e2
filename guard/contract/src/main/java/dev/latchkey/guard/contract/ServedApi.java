package dev.latchkey.guard.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.guard.GuardBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** Starts the API by the adapter under test, talks to it and ends it. */
abstract class ServedApi {
    /** Of the DPoP challenge. */
    static final String ALGS = "algs=\"RS256 PS256 ES256 ES384 ES512 EdDSA\"";

    final Issuer issuer = new Issuer();
    private final List<AutoCloseable> opened = new ArrayList<>();

    /** Serves the API on a free port of 127.0.0.1, as somebody would who uses this adapter. */
    protected abstract RunningApi serve(OrdersApi api) throws Exception;

    /**
     * Serves the API by TLS, asking for a certificate of the client but doing without; null if the web server cannot, or the
     * adapter cannot see the certificate.
     */
    protected @Nullable RunningApi serveTls(OrdersApi api, SSLContext tls) throws Exception {
        return null;
    }

    /** Headers, in lower case, that this web framework adds to every answer. */
    protected Set<String> headersOfTheFramework() {
        return Set.of();
    }

    /** An API that runs, and the way to it. */
    record Served(OrdersApi api, RawClient client, int port) {
        Answer get(String target, String... headers) throws IOException {
            return send("GET", target, headers);
        }

        Answer send(String method, String target, String... headers) throws IOException {
            return client.send(method, target, headers);
        }

        String url(String target) {
            return "http://127.0.0.1:" + port + target;
        }
    }

    final Served start() throws Exception {
        return start(issuer.guard());
    }

    final Served start(GuardBuilder builder) throws Exception {
        OrdersApi api = new OrdersApi(opened(builder.build()));
        RunningApi running = opened(serve(api));
        return new Served(api, new RawClient(running), running.port());
    }

    final <T extends AutoCloseable> T opened(T resource) {
        opened.add(resource);
        return resource;
    }

    @AfterEach
    void close() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
    }

    /** The answer is the guard's, whole and unchanged, and the API behind it was never asked. */
    final void assertRefused(Served served, Answer answer, int status, List<String> challenges, String body) {
        List<String> headers = new ArrayList<>();
        challenges.forEach(challenge -> headers.add("www-authenticate: " + challenge));
        headers.add("content-type: application/json");
        headers.add("cache-control: no-store");
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.ownHeaders(headersOfTheFramework())).containsExactlyInAnyOrderElementsOf(headers);
        assertThat(answer.values("WWW-Authenticate")).isEqualTo(challenges);
        assertThat(answer.body()).isEqualTo(body);
        assertThat(served.api().served()).isZero();
    }

    /** Every scheme's challenge; those of access tokens with these parameters. */
    static List<String> challenges(String... parameters) {
        String common = String.join(", ", parameters);
        return List.of(
                ("Bearer " + common).strip(),
                "DPoP " + (common.isEmpty() ? "" : common + ", ") + ALGS,
                "Basic realm=\"orders\", charset=\"UTF-8\"",
                "ApiKey");
    }

    static List<String> failed(String error, String description, String... more) {
        List<String> parameters = new ArrayList<>();
        parameters.add("error=\"" + error + '"');
        parameters.add("error_description=\"" + description + '"');
        parameters.addAll(List.of(more));
        return challenges(parameters.toArray(String[]::new));
    }

    static String json(String error, String description, String detail) {
        return "{\"error\":\"" + error + "\",\"error_description\":\"" + description + "\",\"detail\":\"" + detail
                + "\"}";
    }

    static String bearer(String token) {
        return "Authorization: Bearer " + token;
    }
}
