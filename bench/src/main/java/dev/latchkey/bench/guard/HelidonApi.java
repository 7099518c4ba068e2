package dev.latchkey.bench.guard;

import dev.latchkey.guard.Guard;
import dev.latchkey.guard.helidon.HelidonGuard;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.Handler;
import org.jspecify.annotations.Nullable;

/** On Helidon SE. */
final class HelidonApi implements ApiProgram.Api {
    @Override
    public void start(int port, @Nullable Guard guard) {
        Handler order = (request, response) -> {
            response.header("Content-Type", "application/json");
            response.send(ApiProgram.order());
        };
        Handler guarded = guard == null
                ? order
                : HelidonGuard.of(guard)
                        .protect(ApiProgram.READ, (request, response, caller) -> order.handle(request, response));
        WebServer.builder()
                .host("127.0.0.1")
                .port(port)
                .routing(routing -> routing.get("/health", order).get("/orders/{id}", guarded))
                .build()
                .start();
    }
}
