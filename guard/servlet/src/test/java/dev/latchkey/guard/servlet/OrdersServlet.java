package dev.latchkey.guard.servlet;

import dev.latchkey.guard.Caller;
import dev.latchkey.guard.contract.OrdersApi;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The contract's API as a servlet. */
final class OrdersServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    private final transient OrdersApi api;

    OrdersServlet(OrdersApi api) {
        this.api = api;
    }

    /** The filter that it needs. */
    static GuardFilter filter(OrdersApi api) {
        return GuardFilter.of(api.guard())
                .open("/public")
                .protect("/orders/{id}", OrdersApi.READ)
                .protect("GET /orders", OrdersApi.READ)
                .protect("POST /orders", OrdersApi.WRITE)
                .protect("/admin/*", OrdersApi.ADMIN)
                .protect("/optional", OrdersApi.OPTIONAL)
                .protect("/step-up", OrdersApi.STEP_UP);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getPathInfo();
        if (path.equals("/public")) {
            send(response, api.open());
        } else if (path.equals("/optional")) {
            send(response, api.greet(GuardFilter.caller(request)));
        } else if (path.startsWith("/orders/")) {
            send(response, api.order(path.substring("/orders/".length()), caller(request)));
        } else {
            send(response, api.me(caller(request)));
        }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String body = new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        send(response, api.place(body, caller(request)));
    }

    private static Caller caller(HttpServletRequest request) {
        return (Caller) request.getUserPrincipal();
    }

    static void send(HttpServletResponse response, String json) throws IOException {
        response.setHeader("Content-Type", "application/json");
        response.getOutputStream().write(json.getBytes(StandardCharsets.UTF_8));
    }
}
