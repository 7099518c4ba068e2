package dev.latchkey.guard.helidon;

import dev.latchkey.guard.contract.GuardContract;
import dev.latchkey.guard.contract.OrdersApi;
import dev.latchkey.guard.contract.RunningApi;
import io.helidon.common.tls.Tls;
import io.helidon.common.tls.TlsClientAuth;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

class HelidonGuardContractTest extends GuardContract {
    @Override
    protected RunningApi serve(OrdersApi api) {
        return started(WebServer.builder(), api);
    }

    @Override
    protected RunningApi serveTls(OrdersApi api, SSLContext tls) {
        SSLParameters parameters = tls.getDefaultSSLParameters();
        parameters.setWantClientAuth(true);
        return started(
                WebServer.builder()
                        .tls(Tls.builder()
                                .sslContext(tls)
                                .sslParameters(parameters)
                                .clientAuth(TlsClientAuth.OPTIONAL)
                                .build()),
                api);
    }

    private static RunningApi started(WebServerConfig.Builder builder, OrdersApi api) {
        HelidonGuard guard = HelidonGuard.of(api.guard());
        HttpRouting.Builder routing = HttpRouting.builder()
                .addFeature(guard)
                .get("/public", (request, response) -> send(response, api.open()))
                .get("/me", guard.protect(OrdersApi.ME, (request, response, caller) -> send(response, api.me(caller))))
                .get(
                        "/orders",
                        guard.protect(OrdersApi.READ, (request, response, caller) -> send(response, api.me(caller))))
                .post(
                        "/orders",
                        guard.protect(
                                OrdersApi.WRITE,
                                (request, response, caller) -> send(
                                        response, api.place(request.content().as(String.class), caller))))
                .get(
                        "/orders/{id}",
                        guard.protect(
                                OrdersApi.READ,
                                (request, response, caller) -> send(
                                        response,
                                        api.order(
                                                request.path().pathParameters().get("id"), caller))))
                .any("/admin", guard.require(OrdersApi.ADMIN))
                .get(
                        "/admin",
                        (request, response) -> send(
                                response, api.me(HelidonGuard.caller(request).orElseThrow())))
                .get(
                        "/optional",
                        guard.require(OrdersApi.OPTIONAL),
                        (request, response) -> send(response, api.greet(HelidonGuard.caller(request))))
                .get(
                        "/step-up",
                        guard.protect(
                                OrdersApi.STEP_UP, (request, response, caller) -> send(response, api.me(caller))));
        WebServer server =
                builder.host("127.0.0.1").port(0).routing(routing).build().start();
        return new RunningApi(server.port(), server::stop);
    }

    private static void send(ServerResponse response, String json) {
        response.header("Content-Type", "application/json");
        response.send(json.getBytes(StandardCharsets.UTF_8));
    }
}
