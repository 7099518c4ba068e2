package dev.latchkey.guard.spring;

import static dev.latchkey.guard.spring.LatchkeyGuard.latchkeyGuard;
import static dev.latchkey.guard.spring.LatchkeyGuard.needs;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.security.config.Customizer.withDefaults;

import dev.latchkey.guard.Caller;
import dev.latchkey.guard.Guard;
import dev.latchkey.guard.contract.GuardContract;
import dev.latchkey.guard.contract.OrdersApi;
import dev.latchkey.guard.contract.RunningApi;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Most tests share an application and have a security filter chain each: Spring Boot takes its time to start. */
class SpringGuardContractTest extends GuardContract {
    private static final Served SHARED = new Served();
    private static @Nullable ConfigurableApplicationContext application;

    /** What is served at the moment, and by which chain where the application is shared. */
    static final class Served {
        private volatile @Nullable OrdersApi api;
        private volatile @Nullable SecurityFilterChain chain;

        OrdersApi api() {
            return Objects.requireNonNull(api);
        }
    }

    /** The chain of the moment. */
    record Switched(Served served) implements SecurityFilterChain {
        @Override
        public boolean matches(HttpServletRequest request) {
            return true;
        }

        @Override
        public List<Filter> getFilters() {
            SecurityFilterChain chain = served.chain;
            return chain == null ? List.of() : chain.getFilters();
        }
    }

    @BeforeAll
    static void startShared() {
        application = new SpringApi(SharedApplication.class, Orders.class)
                .bean(Served.class, () -> SHARED)
                .with("latchkey.guard.shared-secret", "of-nobody-since-each-chain-has-its-own-guard")
                .with("latchkey.guard.any-audience", "true")
                .with("latchkey.guard.require-chain", "false") // each test brings its own
                .start();
    }

    @AfterAll
    static void stopShared() {
        Objects.requireNonNull(application).close();
    }

    @Override
    protected RunningApi serve(OrdersApi api) throws Exception {
        if (SHARED.chain != null || api.guard().metadata().isPresent()) {
            return alone(api).serve();
        }
        ConfigurableApplicationContext context = Objects.requireNonNull(application);
        SHARED.api = api;
        SHARED.chain = chain(context.getBean(HttpSecurity.class), latchkeyGuard(api.guard()));
        return new RunningApi(SpringApi.port(context), () -> SHARED.chain = null);
    }

    @Override
    protected RunningApi serveTls(OrdersApi api, SSLContext tls) {
        return alone(api).tls(tls).serve();
    }

    /** What Spring Security says against browsers. */
    @Override
    protected Set<String> headersOfTheFramework() {
        return Set.of("x-content-type-options", "x-xss-protection", "x-frame-options");
    }

    private static SpringApi alone(OrdersApi api) {
        Served served = new Served();
        served.api = api;
        return new SpringApi(Application.class, Orders.class)
                .bean(Guard.class, api::guard)
                .bean(Served.class, () -> served);
    }

    private static SecurityFilterChain chain(HttpSecurity http, LatchkeyGuard guard) throws Exception {
        return http.with(guard, withDefaults())
                .authorizeHttpRequests(requests -> requests.requestMatchers("/public")
                        .permitAll()
                        .requestMatchers(POST, "/orders")
                        .access(needs(OrdersApi.WRITE))
                        .requestMatchers("/orders/**")
                        .access(needs(OrdersApi.READ))
                        .requestMatchers("/admin")
                        .access(needs(OrdersApi.ADMIN))
                        .requestMatchers("/optional")
                        .access(needs(OrdersApi.OPTIONAL))
                        .requestMatchers("/step-up")
                        .access(needs(OrdersApi.STEP_UP))
                        .anyRequest()
                        .authenticated())
                .build();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {
        @Bean
        SecurityFilterChain guarded(HttpSecurity http) throws Exception {
            return chain(http, latchkeyGuard());
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class SharedApplication {
        @Bean
        SecurityFilterChain guarded(Served served) {
            return new Switched(served);
        }
    }

    @RestController
    @RequestMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    static class Orders {
        private final Served served;

        Orders(Served served) {
            this.served = served;
        }

        @GetMapping("/public")
        String open() {
            return served.api().open();
        }

        @GetMapping({"/me", "/orders", "/admin", "/step-up"})
        String me(@AuthenticationPrincipal Caller caller) {
            return served.api().me(caller);
        }

        @PostMapping("/orders")
        String place(@RequestBody String body, @AuthenticationPrincipal Caller caller) {
            return served.api().place(body, caller);
        }

        @GetMapping("/orders/{id}")
        String order(@PathVariable String id, @AuthenticationPrincipal Caller caller) {
            return served.api().order(id, caller);
        }

        @GetMapping("/optional")
        String greet(@AuthenticationPrincipal @Nullable Caller caller) {
            return served.api().greet(Optional.ofNullable(caller));
        }
    }
}
