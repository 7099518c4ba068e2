package dev.latchkey.guard.spring;

import static dev.latchkey.guard.spring.LatchkeyGuard.latchkeyGuard;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.security.config.Customizer.withDefaults;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/** A chain of one's own for a part of the application takes the place of the one that guards all of it. */
class ChainCheckTest {
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class PartOnly {
        @Bean
        @Order(1)
        SecurityFilterChain pages(HttpSecurity http) throws Exception {
            return http.securityMatcher("/pages/**")
                    .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                    .build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Rest {
        @Bean
        @Order(2)
        SecurityFilterChain api(HttpSecurity http) throws Exception {
            return http.with(latchkeyGuard(), withDefaults())
                    .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                    .build();
        }
    }

    @Test
    void refusesToStartWhereNoChainHasTheGuard() {
        SpringApi unguarded = api(PartOnly.class);

        assertThatThrownBy(unguarded::start)
                .hasMessageContaining("latchkeyGuard()")
                .hasMessageContaining("latchkey.guard.require-chain");
    }

    @Test
    void startsWhereOneOfThemHasIt() {
        try (ConfigurableApplicationContext context =
                api(PartOnly.class, Rest.class).start()) {
            assertThat(context.getBeansOfType(SecurityFilterChain.class)).containsOnlyKeys("pages", "api");
        }
    }

    @Test
    void startsWhereTheApplicationInsists() {
        try (ConfigurableApplicationContext context = api(PartOnly.class)
                .with("latchkey.guard.require-chain", "false")
                .start()) {
            assertThat(context.getBeansOfType(SecurityFilterChain.class)).containsOnlyKeys("pages");
        }
    }

    private static SpringApi api(Class<?>... configuration) {
        return new SpringApi(configuration)
                .with("latchkey.guard.shared-secret", "of-nobody-since-no-request-is-sent-to-it")
                .with("latchkey.guard.any-audience", "true");
    }
}
