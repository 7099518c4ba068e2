package dev.latchkey.bench.boot;

import static dev.latchkey.guard.spring.LatchkeyGuard.latchkeyGuard;
import static dev.latchkey.guard.spring.LatchkeyGuard.needs;

import dev.latchkey.guard.Access;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/** Behind the guard. */
@Configuration(proxyBeanMethods = false)
class GuardedByLatchkey {
    @Bean
    SecurityFilterChain chain(HttpSecurity http) throws Exception {
        return http.with(latchkeyGuard(), Customizer.withDefaults())
                .authorizeHttpRequests(requests -> requests.requestMatchers("/health")
                        .permitAll()
                        .anyRequest()
                        .access(needs(Access.authenticated().scopes("orders:read"))))
                .build();
    }
}
