package dev.latchkey.guard.javalin;

import static dev.latchkey.guard.javalin.OrdersRoutes.needs;
import static dev.latchkey.guard.javalin.OrdersRoutes.send;

import dev.latchkey.guard.Caller;
import dev.latchkey.guard.contract.GuardContract;
import dev.latchkey.guard.contract.OrdersApi;
import dev.latchkey.guard.contract.RunningApi;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.function.BiConsumer;
import javax.net.ssl.SSLContext;

/** All routes by their roles; that of /me says nothing. */
class NeedsContractTest extends GuardContract {
    @Override
    protected RunningApi serve(OrdersApi api) {
        return OrdersRoutes.started(routes(api), api);
    }

    @Override
    protected RunningApi serveTls(OrdersApi api, SSLContext tls) {
        return OrdersRoutes.startedTls(routes(api), api, tls);
    }

    private static BiConsumer<JavalinConfig, JavalinGuard> routes(OrdersApi api) {
        return (config, guard) -> {
            Handler me = context -> send(context, api.me(caller(context)));
            config.routes
                    .beforeMatched(guard)
                    .get("/public", context -> send(context, api.open()), Needs.NOTHING)
                    .get("/me", me)
                    .get("/orders", me, needs(OrdersApi.READ))
                    .post(
                            "/orders",
                            context -> send(context, api.place(context.body(), caller(context))),
                            needs(OrdersApi.WRITE))
                    .get(
                            "/orders/{id}",
                            context -> send(context, api.order(context.pathParam("id"), caller(context))),
                            needs(OrdersApi.READ))
                    .get("/admin", me, needs(OrdersApi.ADMIN))
                    .get(
                            "/optional",
                            context -> send(context, api.greet(JavalinGuard.caller(context))),
                            needs(OrdersApi.OPTIONAL))
                    .get("/step-up", me, needs(OrdersApi.STEP_UP));
        };
    }

    private static Caller caller(Context context) {
        return JavalinGuard.caller(context).orElseThrow();
    }
}
