package dev.latchkey.guard.httpserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.latchkey.guard.Access;
import dev.latchkey.guard.ApiKeys;
import dev.latchkey.guard.Caller;
import dev.latchkey.guard.Guard;
import dev.latchkey.guard.contract.RawClient;
import dev.latchkey.guard.contract.RunningApi;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpGuardTest {
    private final Guard guard = Guard.withoutTokens()
            .apiKey(
                    "X-API-Key",
                    ApiKeys.of(Map.of("key-of-the-robot", Caller.of("robot").withRoles("machine"))))
            .build();
    private final HttpGuard http = HttpGuard.of(guard);

    @AfterEach
    void close() {
        guard.close();
    }

    @Test
    void isThePrincipalOfTheExchange() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", http.protect(Access.authenticated(), exchange -> {
            byte[] name = exchange.getPrincipal().getUsername().getBytes(StandardCharsets.UTF_8);
            try (exchange) {
                exchange.sendResponseHeaders(200, name.length);
                exchange.getResponseBody().write(name);
            }
        }));
        server.start();
        try (RunningApi api = new RunningApi(server.getAddress().getPort(), () -> server.stop(0))) {
            assertThat(new RawClient(api)
                            .send("GET", "/", "X-API-Key: key-of-the-robot")
                            .body())
                    .isEqualTo("robot");
        }
    }

    @Test
    void asksForMoreWhoIsKnownAlready() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", http.protect(Access.authenticated().roles("admin"), exchange -> exchange.close()))
                .getFilters()
                .add(http.filter(Access.authenticated().roles("machine")));
        server.start();
        try (RunningApi api = new RunningApi(server.getAddress().getPort(), () -> server.stop(0))) {
            assertThat(new RawClient(api)
                            .send("GET", "/", "X-API-Key: key-of-the-robot")
                            .status())
                    .isEqualTo(403);
        }
    }

    @Test
    void hasNoCallerToTellWhereAccessIsOptional() {
        assertThatThrownBy(() -> http.protect(Access.optional(), (exchange, caller) -> exchange.close()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
