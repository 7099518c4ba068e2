package dev.latchkey.guard.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.guard.Access;
import dev.latchkey.guard.ApiKeys;
import dev.latchkey.guard.Caller;
import dev.latchkey.guard.Guard;
import dev.latchkey.guard.contract.Answer;
import dev.latchkey.guard.contract.RawClient;
import dev.latchkey.guard.contract.RunningApi;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.File;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardFilterTest {
    private static final String KEY = "X-API-Key: key-of-the-robot";

    @TempDir
    File folder;

    /** Tells who calls by all that a request knows of it; what is below /later/ after an asynchronous dispatch. */
    private static final class WhoServlet extends HttpServlet {
        private static final long serialVersionUID = 1;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            if (request.getPathInfo().startsWith("/later") && request.getDispatcherType() == DispatcherType.REQUEST) {
                AsyncContext later = request.startAsync();
                later.start(later::dispatch);
                return;
            }
            OrdersServlet.send(
                    response,
                    String.join(
                            " ",
                            request.getDispatcherType().name(),
                            String.valueOf(request.getUserPrincipal()),
                            String.valueOf(request.getRemoteUser()),
                            String.valueOf(request.getAuthType()),
                            "machine:" + request.isUserInRole("machine"),
                            "admin:" + request.isUserInRole("admin"),
                            "**:" + request.isUserInRole("**")));
        }
    }

    @Test
    void answersForTheContainerWhoCalls() throws Exception {
        assertEverywhere("/who", 200, "REQUEST Caller[robot] robot ApiKey machine:true admin:false **:true");
    }

    @Test
    void keepsTheCallerThroughAnAsynchronousDispatch() throws Exception {
        assertEverywhere("/later", 200, "ASYNC Caller[robot] robot ApiKey machine:true admin:false **:true");
    }

    @Test
    void protectsWhatNoRouteNames() throws Exception {
        try (Guard guard = guard();
                RunningApi api = Containers.tomcat(folder, filter(guard), new WhoServlet(), null)) {
            assertThat(new RawClient(api).send("GET", "/anything").status()).isEqualTo(401);
            assertThat(new RawClient(api).send("GET", "/open/docs").body()).startsWith("REQUEST null null null");
        }
    }

    @Test
    void doesNotGuessWhatAPathMeans() throws Exception {
        try (Guard guard = guard();
                RunningApi api = Containers.jetty(filter(guard), new WhoServlet(), null)) {
            for (String path :
                    new String[] {"/open//admin", "/open/%2e%2e/admin", "/open/..%2Fadmin", "/open/%5Cadmin"}) {
                Answer answer = new RawClient(api).send("GET", path);
                assertThat(answer.status()).as(path).isIn(400, 401);
            }
        }
    }

    private void assertEverywhere(String path, int status, String body) throws Exception {
        try (Guard guard = guard()) {
            try (RunningApi api = Containers.tomcat(folder, filter(guard), new WhoServlet(), null)) {
                assertAnswer(new RawClient(api).send("GET", path, KEY), status, body);
            }
            try (RunningApi api = Containers.jetty(filter(guard), new WhoServlet(), null)) {
                assertAnswer(new RawClient(api).send("GET", path, KEY), status, body);
            }
        }
    }

    private static void assertAnswer(Answer answer, int status, String body) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body()).isEqualTo(body);
    }

    private static GuardFilter filter(Guard guard) {
        return GuardFilter.of(guard)
                .open("/open/*")
                .protect("/admin/*", Access.authenticated().roles("admin"));
    }

    private static Guard guard() {
        Caller robot = Caller.of("robot").withRoles("machine");
        return Guard.withoutTokens()
                .apiKey("X-API-Key", ApiKeys.of(Map.of("key-of-the-robot", robot)))
                .build();
    }
}
