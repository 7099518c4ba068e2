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
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.File;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
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

    /** A filter before the guard can wait, or send the request elsewhere, before the guard has seen it. */
    @Test
    void checksARequestThatIsDispatchedBeforeItComes() throws Exception {
        for (Filter before : List.of(waiting(), forwarding())) {
            try (Guard guard = guard()) {
                Consumer<ServletContext> filters = both(before, filter(guard));
                try (RunningApi api = Containers.tomcat(folder, filters, new WhoServlet(), null)) {
                    assertGuarded(api);
                }
                try (RunningApi api = Containers.jetty(filters, new WhoServlet(), null)) {
                    assertGuarded(api);
                }
            }
        }
    }

    private static void assertGuarded(RunningApi api) throws IOException {
        RawClient client = new RawClient(api);
        assertThat(client.send("GET", "/admin").status()).isEqualTo(401);
        assertThat(client.send("GET", "/admin", KEY).status()).isEqualTo(403);
        assertThat(client.send("GET", "/who", KEY).body()).contains("Caller[robot] robot");
        assertThat(client.send("GET", "/open/docs").body()).endsWith("**:false");
    }

    /** Each asks what its own routes say; credentials are looked at once, since a proof counts once. */
    @Test
    void looksAtCredentialsOnceWhereTwoFiltersHaveOneGuard() throws Exception {
        AtomicInteger looks = new AtomicInteger();
        Function<String, Optional<Caller>> keys = key -> {
            looks.incrementAndGet();
            return Optional.of(Caller.of("robot"));
        };
        try (Guard guard = Guard.withoutTokens().apiKey("X-API-Key", keys).build()) {
            Filter first = GuardFilter.of(guard).open("/open/*").otherwise(Access.optional());
            GuardFilter second = GuardFilter.of(guard)
                    .protect("/admin/*", Access.authenticated().roles("admin"));
            try (RunningApi api = Containers.tomcat(folder, both(first, second), new WhoServlet(), null)) {
                RawClient client = new RawClient(api);
                assertThat(client.send("GET", "/who", KEY).status()).isEqualTo(200);
                assertThat(client.send("GET", "/later", KEY).body()).startsWith("ASYNC Caller[robot]");
                assertThat(client.send("GET", "/open/docs", KEY).status()).isEqualTo(200);
                assertThat(client.send("GET", "/admin", KEY).status()).isEqualTo(403);
                assertThat(client.send("GET", "/who").status()).isEqualTo(401);
                assertThat(client.send("GET", "/open/docs").status()).isEqualTo(401);
            }
        }
        assertThat(looks).hasValue(4);
    }

    private static Consumer<ServletContext> both(Filter before, GuardFilter filter) {
        return application -> {
            FilterRegistration.Dynamic first = application.addFilter("before", before);
            first.setAsyncSupported(true);
            first.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC), false, "/*");
            filter.register(application).addMappingForUrlPatterns(EnumSet.of(DispatcherType.FORWARD), false, "/*");
        };
    }

    private static Filter waiting() {
        return (request, response, chain) -> {
            if (request.getDispatcherType() == DispatcherType.REQUEST) {
                request.startAsync().dispatch();
            } else {
                chain.doFilter(request, response);
            }
        };
    }

    private static Filter forwarding() {
        return (request, response, chain) -> {
            String path = ((HttpServletRequest) request).getRequestURI();
            request.getRequestDispatcher(path).forward(request, response);
        };
    }

    @Test
    void refusesCharactersThatFrameworksReadInOtherWays() throws Exception {
        try (Guard guard = guard();
                RunningApi api = Containers.tomcat(folder, filter(guard), new WhoServlet(), null)) {
            for (String path : List.of("/open/%3Bdocs", "/open/%2561dmin", "/open/docs%0A", "/open/%7Fdocs")) {
                Answer answer = new RawClient(api).send("GET", path);
                assertThat(answer.status()).as(path).isEqualTo(400);
                assertThat(answer.body()).as(path).contains("The path is ambiguous");
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
