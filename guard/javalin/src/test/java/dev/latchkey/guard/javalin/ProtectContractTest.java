package dev.latchkey.guard.javalin;

import static dev.latchkey.guard.javalin.OrdersRoutes.send;

import dev.latchkey.guard.contract.GuardContract;
import dev.latchkey.guard.contract.OrdersApi;
import dev.latchkey.guard.contract.RunningApi;
import io.javalin.config.JavalinConfig;
import java.util.Set;
import java.util.function.BiConsumer;
import javax.net.ssl.SSLContext;

/** Each route by a handler around its own. */
class ProtectContractTest extends GuardContract {
    @Override
    protected RunningApi serve(OrdersApi api) {
        return OrdersRoutes.started(routes(api), api);
    }

    @Override
    protected RunningApi serveTls(OrdersApi api, SSLContext tls) {
        return OrdersRoutes.startedTls(routes(api), api, tls);
    }

    /** Javalin says by itself, and nothing else, that HEAD could be asked where GET can. */
    @Override
    protected Set<Integer> statusOfHead() {
        return Set.of(200);
    }

    private static BiConsumer<JavalinConfig, JavalinGuard> routes(OrdersApi api) {
        return (config, guard) -> {
            CallerHandler me = (context, caller) -> send(context, api.me(caller));
            config.routes
                    .get("/public", context -> send(context, api.open()))
                    .get("/me", guard.protect(OrdersApi.ME, me))
                    .get("/orders", guard.protect(OrdersApi.READ, me))
                    .post(
                            "/orders",
                            guard.protect(
                                    OrdersApi.WRITE,
                                    (context, caller) -> send(context, api.place(context.body(), caller))))
                    .get(
                            "/orders/{id}",
                            guard.protect(
                                    OrdersApi.READ,
                                    (context, caller) -> send(context, api.order(context.pathParam("id"), caller))))
                    .get("/admin", guard.protect(OrdersApi.ADMIN, me))
                    .get(
                            "/optional",
                            guard.protect(
                                    OrdersApi.OPTIONAL,
                                    context -> send(context, api.greet(JavalinGuard.caller(context)))))
                    .get("/step-up", guard.protect(OrdersApi.STEP_UP, me));
        };
    }
}
