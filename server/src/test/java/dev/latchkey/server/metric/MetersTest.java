package dev.latchkey.server.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.server.http.ErrorResponse;
import dev.latchkey.server.http.Headers;
import dev.latchkey.server.http.Request;
import dev.latchkey.server.http.Response;
import dev.latchkey.server.http.TrustedProxies;
import dev.latchkey.server.protocol.OAuthError;
import dev.latchkey.server.protocol.OAuthException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetersTest {
    private final Meters meters = new Meters();
    private final MetricsEndpoint endpoint = new MetricsEndpoint(meters, TrustedProxies.parse(List.of("192.0.2.0/24")));

    private static Request request(String method, byte[] address, String... headers) {
        try {
            return new Request(
                    method, "/metrics", "", Headers.of(headers), new byte[0], InetAddress.getByAddress(address), "id");
        } catch (java.net.UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static final byte[] HERE = {127, 0, 0, 1};

    private String page() {
        return new String(endpoint.handle(request("GET", HERE)).body(), StandardCharsets.UTF_8);
    }

    @Test
    void countsRequestsRefusalsTokensHashesAndCommits() {
        meters.answered("/token", request("POST", HERE), Response.text(200, "ok"), 2_000_000);
        meters.answered("/token", request("POST", HERE), ErrorResponse.of(OAuthError.invalidGrant("Old")), 2_000_000);
        meters.answered("other", request("BREW", HERE), ErrorResponse.of(OAuthError.notFound()), 2_000);
        meters.failed("/token", request("POST", HERE), new IllegalStateException());
        meters.tokensIssued("client_credentials");
        meters.hashed(Duration.ofMillis(1), Duration.ofMillis(40));
        meters.hashRefused();
        meters.batchEnded(7, Duration.ofMillis(3), Duration.ofMillis(2), true);
        meters.batchEnded(1, Duration.ofMillis(3), Duration.ofMillis(2), false);
        meters.workRepeated();
        meters.gauge("sessions", "Sessions that live", () -> 42);

        assertThat(page())
                .contains(
                        "latchkey_http_requests_total{method=\"post\",route=\"/token\",status=\"2xx\"} 1.0",
                        "latchkey_http_requests_total{method=\"other\",route=\"other\",status=\"4xx\"} 1.0",
                        "latchkey_refusals_total{error=\"invalid_grant\",route=\"/token\"} 1.0",
                        "latchkey_failures_total{route=\"/token\"} 1.0",
                        "latchkey_http_request_seconds_count{route=\"/token\"} 2",
                        "latchkey_tokens_issued_total{grant_type=\"client_credentials\"} 1.0",
                        "latchkey_hash_seconds_count 1",
                        "latchkey_hashes_refused_total 1.0",
                        "latchkey_store_batch_size_sum 8.0",
                        "latchkey_store_wait_seconds_sum 0.006",
                        "latchkey_store_batches_refused_total 1.0",
                        "latchkey_store_work_repeated_total 1.0",
                        "latchkey_sessions 42.0",
                        "latchkey_jvm_heap_used_bytes ");
    }

    @Test
    void countsTheConnectionsOfAllPoolsOfAName() {
        assertThat(page()).doesNotContain("latchkey_store_connections{");
        meters.poolOpened("store", () -> 3, () -> 1, () -> 5);
        meters.poolOpened("store", () -> 1, () -> 0, () -> 0);
        meters.poolOpened("replica", () -> 0, () -> 2, () -> 0);
        assertThat(page())
                .contains(
                        "latchkey_store_connections{pool=\"store\",state=\"active\"} 4.0",
                        "latchkey_store_connections{pool=\"store\",state=\"idle\"} 1.0",
                        "latchkey_store_connections{pool=\"replica\",state=\"idle\"} 2.0",
                        "latchkey_store_connections_waiting{pool=\"store\"} 5.0");
    }

    @Test
    void showsThePageOnlyToThisMachineAndTrustedAddresses() {
        assertThat(endpoint.handle(request("GET", new byte[] {(byte) 192, 0, 2, 9}))
                        .status())
                .isEqualTo(200);
        assertThatThrownBy(() -> endpoint.handle(request("GET", new byte[] {(byte) 198, 51, 100, 1})))
                .isInstanceOf(OAuthException.class)
                .hasMessageStartingWith("not_found");
        assertThatThrownBy(() -> endpoint.handle(request("GET", HERE, "X-Forwarded-For", "198.51.100.1")))
                .isInstanceOf(OAuthException.class);
    }
}
