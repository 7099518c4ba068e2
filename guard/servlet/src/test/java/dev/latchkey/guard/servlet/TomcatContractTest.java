package dev.latchkey.guard.servlet;

import dev.latchkey.guard.contract.GuardContract;
import dev.latchkey.guard.contract.OrdersApi;
import dev.latchkey.guard.contract.RunningApi;
import java.io.File;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.io.TempDir;

class TomcatContractTest extends GuardContract {
    @TempDir
    File folder;

    @Override
    protected RunningApi serve(OrdersApi api) throws Exception {
        return Containers.tomcat(folder, OrdersServlet.filter(api), new OrdersServlet(api), null);
    }

    @Override
    protected RunningApi serveTls(OrdersApi api, SSLContext tls) throws Exception {
        return Containers.tomcat(folder, OrdersServlet.filter(api), new OrdersServlet(api), tls);
    }
}
