package dev.latchkey.example.services;

import dev.latchkey.guard.Access;
import dev.latchkey.guard.Guard;
import dev.latchkey.guard.javalin.JavalinGuard;
import dev.latchkey.token.Json;
import io.javalin.Javalin;
import io.javalin.http.Context;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The service that is called: it knows how many there are of everything, and tells whom it should. */
final class Stock implements AutoCloseable {
    /** The name of this API in access tokens, {@code aud}. */
    static final String AUDIENCE = "https://stock.example";

    private static final Access READ = Access.authenticated().scopes("stock:read");
    private static final Access WRITE = Access.authenticated().scopes("stock:write");

    private final Map<String, Integer> left = new ConcurrentHashMap<>(Map.of("dune", 3, "emma", 0));
    private final Javalin javalin;

    /** @param guard closed by whoever built it */
    Stock(Guard guard) {
        JavalinGuard api = JavalinGuard.of(guard);
        javalin = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.routes.get("/stock/{item}", api.protect(READ, (context, caller) -> tell(context)));
            config.routes.delete("/stock/{item}", api.protect(WRITE, (context, caller) -> take(context)));
        });
    }

    Stock start(int port) {
        javalin.start("127.0.0.1", port);
        return this;
    }

    String url() {
        return "http://localhost:" + javalin.port();
    }

    private void tell(Context context) {
        String item = context.pathParam("item");
        send(context, 200, Map.of("item", item, "left", left.getOrDefault(item, 0)));
    }

    private void take(Context context) {
        left.computeIfPresent(context.pathParam("item"), (item, number) -> Math.max(0, number - 1));
        tell(context);
    }

    static void send(Context context, int status, Map<String, ?> members) {
        context.status(status).contentType("application/json").result(Json.write(members));
    }

    @Override
    public void close() {
        javalin.stop();
    }
}
