package dev.latchkey.guard.javalin;

import static dev.latchkey.guard.javalin.OrdersRoutes.send;

import dev.latchkey.guard.contract.GuardContract;
import dev.latchkey.guard.contract.OrdersApi;
import dev.latchkey.guard.contract.RunningApi;

/** Each route by a handler around its own. */
class ProtectContractTest extends GuardContract {
    @Override
    protected RunningApi serve(OrdersApi api) {
        return OrdersRoutes.started(
                (config, guard) -> {
                    CallerHandler me = (context, caller) -> send(context, api.me(caller));
                    config.routes
                            .get("/public", context -> send(context, api.open()))
                            .get("/me", guard.protect(OrdersApi.ME, me))
                            .get("/orders", guard.protect(OrdersApi.READ, me))
                            .post("/orders", guard.protect(OrdersApi.WRITE, (context, caller) ->
                                    send(context, api.place(context.body(), caller))))
                            .get("/orders/{id}", guard.protect(OrdersApi.READ, (context, caller) ->
                                    send(context, api.order(context.pathParam("id"), caller))))
                            .get("/admin", guard.protect(OrdersApi.ADMIN, me))
                            .get("/optional", guard.protect(OrdersApi.OPTIONAL, context ->
                                    send(context, api.greet(JavalinGuard.caller(context)))))
                            .get("/step-up", guard.protect(OrdersApi.STEP_UP, me));
                },
                api);
    }
}
