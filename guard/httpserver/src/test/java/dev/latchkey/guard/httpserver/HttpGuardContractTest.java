package dev.latchkey.guard.httpserver;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.latchkey.guard.contract.GuardContract;
import dev.latchkey.guard.contract.OrdersApi;
import dev.latchkey.guard.contract.RunningApi;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

class HttpGuardContractTest extends GuardContract {
    @Override
    protected RunningApi serve(OrdersApi api) throws IOException {
        return started(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0), api);
    }

    @Override
    protected RunningApi serveTls(OrdersApi api, SSLContext tls) throws IOException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters wanted = tls.getDefaultSSLParameters();
                wanted.setWantClientAuth(true);
                parameters.setSSLParameters(wanted);
            }
        });
        return started(server, api);
    }

    private static RunningApi started(HttpServer server, OrdersApi api) {
        HttpGuard guard = HttpGuard.of(api.guard()).publishMetadata(server);
        server.createContext("/public", exchange -> send(exchange, api.open()));
        server.createContext("/me", guard.protect(OrdersApi.ME, (exchange, caller) -> send(exchange, api.me(caller))));
        server.createContext("/orders", exchange -> {
            if (exchange.getRequestMethod().equals("POST")) {
                guard.protect(OrdersApi.WRITE, (admitted, caller) -> send(admitted, api.place(body(admitted), caller)))
                        .handle(exchange);
            } else {
                guard.protect(OrdersApi.READ, (admitted, caller) -> send(admitted, api.me(caller)))
                        .handle(exchange);
            }
        });
        server.createContext(
                "/orders/",
                guard.protect(OrdersApi.READ, (exchange, caller) -> send(exchange, api.order(id(exchange), caller))));
        server.createContext(
                "/admin", guard.protect(OrdersApi.ADMIN, (exchange, caller) -> send(exchange, api.me(caller))));
        server.createContext("/optional", exchange -> send(exchange, api.greet(HttpGuard.caller(exchange))))
                .getFilters()
                .add(guard.filter(OrdersApi.OPTIONAL));
        server.createContext(
                "/step-up", guard.protect(OrdersApi.STEP_UP, (exchange, caller) -> send(exchange, api.me(caller))));
        ExecutorService threads = Executors.newCachedThreadPool();
        server.setExecutor(threads);
        server.start();
        return new RunningApi(server.getAddress().getPort(), () -> {
            server.stop(0);
            threads.shutdownNow();
        });
    }

    private static String id(HttpExchange exchange) {
        return exchange.getRequestURI().getPath().substring("/orders/".length());
    }

    private static String body(HttpExchange exchange) throws IOException {
        return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static void send(HttpExchange exchange, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
