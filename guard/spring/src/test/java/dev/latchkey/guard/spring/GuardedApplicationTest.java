package dev.latchkey.guard.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.guard.ApiKeys;
import dev.latchkey.guard.Caller;
import dev.latchkey.guard.Guard;
import dev.latchkey.guard.contract.Issuer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** An application that has nothing but properties and annotations. */
class GuardedApplicationTest {
    private static final Issuer ISSUER = new Issuer();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static @Nullable ConfigurableApplicationContext running;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableMethodSecurity
    static class Application {}

    @RestController
    static class Orders {
        @GetMapping("/orders")
        @PreAuthorize("hasAuthority('SCOPE_orders:read')")
        List<String> read(@AuthenticationPrincipal Caller caller) {
            return List.of(caller.subject(), caller.displayName());
        }

        @PostMapping("/orders")
        @PreAuthorize("hasAuthority('SCOPE_orders:write') and hasAuthority('SCOPE_orders:read')")
        void write() {}

        @GetMapping("/admin")
        @PreAuthorize("hasRole('admin')")
        String admin(Principal principal) {
            return principal.getName();
        }

        @GetMapping("/hours")
        @PreAuthorize("authentication.principal.clientId.orElse('') == 'till'")
        String hours() {
            return "9 to 5";
        }

        @GetMapping("/health")
        String health(@AuthenticationPrincipal @Nullable Caller caller) {
            return caller == null ? "well" : "well, " + caller.displayName();
        }

        @GetMapping("/health/broken")
        String broken() {
            throw new ResponseStatusException(HttpStatus.CONFLICT);
        }

        @GetMapping("/later")
        Callable<String> later(@AuthenticationPrincipal Caller caller) {
            return caller::displayName;
        }
    }

    @BeforeAll
    static void start() {
        running = new SpringApi(Application.class, Orders.class)
                .with("latchkey.guard.audience", Issuer.AUDIENCE)
                .with("latchkey.guard.open-paths", "/health/**")
                .bean(
                        GuardCustomizer.class,
                        () -> guard -> guard.issuer(ISSUER.trusted())
                                .clock(ISSUER)
                                .apiKey("X-API-Key", ApiKeys.of(Map.of("key-of-the-robot", Caller.of("robot")))))
                .start();
    }

    @AfterAll
    static void stop() {
        if (running != null) {
            running.close();
        }
    }

    @Test
    void handsTheCallerToTheMethod() throws Exception {
        assertThat(get("/orders", ISSUER.aliceToken()).body()).isEqualTo("[\"alice-1\",\"alice\"]");
    }

    @Test
    void wantsACallerEverywhere() throws Exception {
        HttpResponse<String> answer = get("/orders", null);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().allValues("WWW-Authenticate")).first().isEqualTo("Bearer");
        assertThat(answer.headers().allValues("Set-Cookie")).isEmpty();
        assertThat(answer.body()).isEqualTo("{\"detail\":\"Not authenticated\"}");
        assertThat(get("/nowhere", null).statusCode()).isEqualTo(401);
        assertThat(get("/nowhere", ISSUER.aliceToken()).statusCode()).isEqualTo(404);
    }

    @Test
    void namesTheScopesThatAMethodWants() throws Exception {
        HttpResponse<String> answer = send(request("/orders", ISSUER.aliceToken())
                .POST(HttpRequest.BodyPublishers.noBody())
                .build());

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.headers().allValues("WWW-Authenticate"))
                .first()
                .asString()
                .startsWith("Bearer error=\"insufficient_scope\"")
                .endsWith("scope=\"orders:write orders:read\"");
        assertThat(answer.body()).contains("\"detail\":\"Not enough permissions\"");
    }

    @Test
    void knowsRoles() throws Exception {
        String admin = ISSUER.sign(ISSUER.token().claim("roles", List.of("admin")));

        assertThat(get("/admin", admin).body()).isEqualTo("alice-1");
        HttpResponse<String> refused = get("/admin", ISSUER.aliceToken());
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("The caller lacks a role that this needs");
    }

    @Test
    void answersARuleOfTheApplicationsOwn() throws Exception {
        HttpResponse<String> refused = get("/hours", ISSUER.aliceToken());

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("\"insufficient_scope\"", "The caller may not do this");
        assertThat(get("/hours", ISSUER.sign(ISSUER.token().claim("client_id", "till")))
                        .body())
                .isEqualTo("9 to 5");
    }

    @Test
    void leavesOpenPathsToEverybody() throws Exception {
        assertThat(get("/health", null).body()).isEqualTo("well");
        assertThat(get("/health", ISSUER.aliceToken()).body()).isEqualTo("well, alice");
        assertThat(get("/health", "nonsense").body()).isEqualTo("well");
        assertThat(get("/health/broken", null).statusCode()).isEqualTo(409);
    }

    @Test
    void knowsTheCallerWhereTheAnswerComesLater() throws Exception {
        assertThat(get("/later", ISSUER.aliceToken()).body()).isEqualTo("alice");
    }

    @Test
    void takesWhatACustomizerAdds() throws Exception {
        HttpRequest byKey =
                request("/later", null).header("X-API-Key", "key-of-the-robot").build();

        assertThat(send(byKey).body()).isEqualTo("robot");
    }

    @Test
    void makesUpNoUser() {
        assertThat(SpringApi.has(context(), "org.springframework.security.provisioning.InMemoryUserDetailsManager"))
                .isFalse();
        assertThat(context().getBeansOfType(Guard.class)).hasSize(1);
    }

    @Test
    void saysWhatIsMissing() {
        SpringApi without = new SpringApi(Application.class).with("latchkey.guard.issuer", "https://login.example");

        assertThatThrownBy(without::start).rootCause().hasMessageContaining("audience(…)");
    }

    private static HttpResponse<String> get(String path, @Nullable String token)
            throws IOException, InterruptedException {
        return send(request(path, token).build());
    }

    private static HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return CLIENT.send(request, BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(String path, @Nullable String token) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + SpringApi.port(context()) + path));
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    private static ConfigurableApplicationContext context() {
        if (running == null) {
            throw new IllegalStateException("not started");
        }
        return running;
    }
}
