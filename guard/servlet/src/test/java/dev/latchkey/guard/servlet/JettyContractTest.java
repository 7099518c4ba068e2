package dev.latchkey.guard.servlet;

import dev.latchkey.guard.contract.GuardContract;
import dev.latchkey.guard.contract.OrdersApi;
import dev.latchkey.guard.contract.RunningApi;
import javax.net.ssl.SSLContext;

class JettyContractTest extends GuardContract {
    @Override
    protected RunningApi serve(OrdersApi api) throws Exception {
        return Containers.jetty(OrdersServlet.filter(api), new OrdersServlet(api), null);
    }

    @Override
    protected RunningApi serveTls(OrdersApi api, SSLContext tls) throws Exception {
        return Containers.jetty(OrdersServlet.filter(api), new OrdersServlet(api), tls);
    }
}
