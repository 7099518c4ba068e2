package dev.latchkey.guard.javalin;

import dev.latchkey.guard.Access;
import dev.latchkey.guard.contract.OrdersApi;
import dev.latchkey.guard.contract.RunningApi;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;

/** The contract's API on Javalin. */
final class OrdersRoutes {
    private OrdersRoutes() {}

    static RunningApi started(BiConsumer<JavalinConfig, JavalinGuard> routes, OrdersApi api) {
        JavalinGuard guard = JavalinGuard.of(api.guard());
        Javalin javalin = Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    if (api.guard().metadata().isPresent()) {
                        config.routes.get(guard.metadataPath(), guard.metadata(), Needs.NOTHING);
                    }
                    routes.accept(config, guard);
                })
                .start("127.0.0.1", 0);
        return new RunningApi(javalin.port(), javalin::stop);
    }

    static void send(Context context, String json) {
        context.contentType("application/json");
        context.result(json.getBytes(StandardCharsets.UTF_8));
    }

    static Needs needs(Access access) {
        return new Needs(access);
    }
}
