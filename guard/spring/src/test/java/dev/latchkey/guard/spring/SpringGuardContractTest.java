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
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
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

class SpringGuardContractTest extends GuardContract {
    @Override
    protected RunningApi serve(OrdersApi api) {
        return application(api).serve();
    }

    @Override
    protected RunningApi serveTls(OrdersApi api, SSLContext tls) {
        return application(api).tls(tls).serve();
    }

    /** What Spring Security says against browsers. */
    @Override
    protected Set<String> headersOfTheFramework() {
        return Set.of("x-content-type-options", "x-xss-protection", "x-frame-options");
    }

    private static SpringApi application(OrdersApi api) {
        return new SpringApi(Application.class, Orders.class)
                .bean(OrdersApi.class, () -> api)
                .bean(Guard.class, api::guard);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {
        @Bean
        SecurityFilterChain chain(HttpSecurity http) throws Exception {
            return http.with(latchkeyGuard(), withDefaults())
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
    }

    @RestController
    @RequestMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    static class Orders {
        private final OrdersApi api;

        Orders(OrdersApi api) {
            this.api = api;
        }

        @GetMapping("/public")
        String open() {
            return api.open();
        }

        @GetMapping({"/me", "/orders", "/admin", "/step-up"})
        String me(@AuthenticationPrincipal Caller caller) {
            return api.me(caller);
        }

        @PostMapping("/orders")
        String place(@RequestBody String body, @AuthenticationPrincipal Caller caller) {
            return api.place(body, caller);
        }

        @GetMapping("/orders/{id}")
        String order(@PathVariable String id, @AuthenticationPrincipal Caller caller) {
            return api.order(id, caller);
        }

        @GetMapping("/optional")
        String greet(@AuthenticationPrincipal @Nullable Caller caller) {
            return api.greet(Optional.ofNullable(caller));
        }
    }
}
