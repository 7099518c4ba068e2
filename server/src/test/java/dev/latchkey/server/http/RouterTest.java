package dev.latchkey.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.server.protocol.OAuthError;
import dev.latchkey.server.protocol.OAuthException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where requests go, and how refusals look. */
class RouterTest {
    private final List<String> seen = new ArrayList<>();
    private final RequestObserver observer = new RequestObserver() {
        @Override
        public void answered(String route, Request request, Response response, long nanos) {
            seen.add(route + " " + response.status());
        }

        @Override
        public void failed(String route, Request request, Throwable failure) {
            seen.add(route + " " + failure.getMessage());
        }
    };

    private Response answer(Route route, String method, String path, String... headers) {
        return new Router(List.of(route), observer)
                .handle(new Request(
                        method, path, "", Headers.of(headers), new byte[0], InetAddress.getLoopbackAddress(), "id"));
    }

    private static String body(Response response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    private static Route refusing(OAuthError error) {
        return Route.get("/x", _ -> {
            throw new OAuthException(error);
        });
    }

    private final Route route = Route.get("/users/me", _ -> Response.text(200, "me"));

    @Test
    void findsExactPathsAndTrailingSlashesWhereARouteSaysSo() {
        assertThat(answer(route, "GET", "/users/me").status()).isEqualTo(200);
        assertThat(answer(route, "HEAD", "/users/me").status()).isEqualTo(200);
        assertThat(answer(route, "GET", "/users/me/").status()).isEqualTo(404);
        assertThat(answer(route.withTrailingSlash(), "GET", "/users/me/").status())
                .isEqualTo(200);
        assertThat(answer(route.withTrailingSlash(), "GET", "/users/me//").status())
                .isEqualTo(404);
        assertThat(seen).containsExactly("/users/me 200", "/users/me 200", "other 404", "/users/me 200", "other 404");
    }

    @Test
    void names405AndWhatIsAllowed() {
        Response refused = answer(route, "POST", "/users/me");
        assertThat(refused.status()).isEqualTo(405);
        assertThat(refused.header("Allow")).contains("GET, HEAD, OPTIONS");
        assertThat(body(refused)).contains("\"detail\":\"Method Not Allowed\"");
        assertThat(answer(route, "OPTIONS", "/users/me").header("Access-Control-Allow-Methods"))
                .isEmpty();
    }

    @Test
    void opensOnlyWhatIsMeantForOtherOrigins() { // RFC 9700 §2.6
        Route open = route.withCrossOrigin();
        assertThat(answer(route, "GET", "/users/me", "Origin", "https://a.example")
                        .header("Access-Control-Allow-Origin"))
                .isEmpty();
        assertThat(answer(open, "GET", "/users/me", "Origin", "https://a.example")
                        .header("Access-Control-Allow-Origin"))
                .contains("*");
        Response preflight = answer(open, "OPTIONS", "/users/me", "Origin", "https://a.example");
        assertThat(preflight.status()).isEqualTo(204);
        assertThat(preflight.header("Access-Control-Allow-Headers")).contains("Authorization, Content-Type, DPoP");
        assertThat(preflight.header("Access-Control-Allow-Credentials")).isEmpty();
    }

    @Test
    void tellsRefusalsAsTheSpecificationsHaveThem() {
        Response grant = answer(refusing(OAuthError.invalidGrant("No")), "GET", "/x");
        assertThat(body(grant))
                .isEqualTo("{\"error\":\"invalid_grant\",\"error_description\":\"No\",\"detail\":\"No\"}");
        assertThat(grant.header("Cache-Control")).contains("no-store");
        assertThat(grant.header("WWW-Authenticate")).isEmpty();

        Response token = answer(refusing(OAuthError.invalidToken()), "GET", "/x");
        assertThat(token.header("WWW-Authenticate"))
                .contains("Bearer error=\"invalid_token\", error_description=\"Could not validate credentials\"");

        Response none = answer(refusing(OAuthError.notAuthenticated()), "GET", "/x"); // RFC 6750 §3.1
        assertThat(none.header("WWW-Authenticate")).contains("Bearer");
        assertThat(body(none)).isEqualTo("{\"detail\":\"Not authenticated\"}");

        Response client = answer(refusing(OAuthError.invalidClient()), "GET", "/x"); // RFC 6749 §5.2
        assertThat(client.header("WWW-Authenticate").orElseThrow()).startsWith("Basic realm=\"");

        Response busy = answer(refusing(OAuthError.temporarilyUnavailable(Duration.ofMillis(1200))), "GET", "/x");
        assertThat(busy.header("Retry-After")).contains("2");
    }

    @Test
    void failuresAreToldToTheObserverAlone() {
        Response failed = answer(
                Route.get("/x", _ -> {
                    throw new IllegalStateException("detail");
                }),
                "GET",
                "/x");
        assertThat(failed.status()).isEqualTo(500);
        assertThat(body(failed)).doesNotContain("detail\":\"detail");
        assertThat(seen).containsExactly("/x detail", "/x 500");
    }

    @Test
    void refusesTwoRoutesForOnePlace() {
        assertThatThrownBy(() -> new Router(List.of(route, route), observer))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void headersCannotBeSplit() { // RFC 9110 §5.5
        assertThatThrownBy(() -> Response.empty(204).withHeader("Location", "a\r\nSet-Cookie: b"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
