package dev.latchkey.guard.spring;

import static dev.latchkey.guard.spring.LatchkeyGuard.latchkeyGuard;

import dev.latchkey.guard.Guard;
import dev.latchkey.guard.GuardBuilder;
import dev.latchkey.guard.ProtectedResource;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.security.authentication.AuthenticationManagerResolver;
import org.springframework.security.authentication.ProviderNotFoundException;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/**
 * Makes the application's {@link Guard} from {@code latchkey.guard.*}, unless it has one, and has every request need a caller,
 * unless it has a {@link SecurityFilterChain} of its own; one of those has to have the guard then. Comes before what Spring Boot would do without it; the names are those
 * of Spring Boot 3 and of Spring Boot 4.
 */
@AutoConfiguration(
        beforeName = {
            "org.springframework.boot.autoconfigure.security.servlet.SecurityAutoConfiguration",
            "org.springframework.boot.autoconfigure.security.servlet.UserDetailsServiceAutoConfiguration",
            "org.springframework.boot.autoconfigure.security.oauth2.resource.servlet.OAuth2ResourceServerAutoConfiguration",
            "org.springframework.boot.actuate.autoconfigure.security.servlet.ManagementWebSecurityAutoConfiguration",
            "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration",
            "org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration",
            "org.springframework.boot.security.oauth2.server.resource.autoconfigure.web.OAuth2ResourceServerWebSecurityAutoConfiguration",
            "org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration"
        })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties(GuardProperties.class)
public class GuardAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean
    Guard latchkeyGuardOfTheApplication(GuardProperties properties, ObjectProvider<GuardCustomizer> customizers) {
        GuardBuilder guard = properties.guard();
        customizers.orderedStream().forEach(customizer -> customizer.customize(guard));
        try {
            return guard.build();
        } catch (IllegalStateException e) {
            throw new IllegalStateException("latchkey.guard.*: " + e.getMessage(), e);
        }
    }

    /** Everything needs a caller but open paths; errors keep their own status. */
    @Bean
    @ConditionalOnMissingBean(SecurityFilterChain.class)
    SecurityFilterChain latchkeySecurityFilterChain(HttpSecurity http, GuardProperties properties) throws Exception {
        http.with(latchkeyGuard(), Customizer.withDefaults()).authorizeHttpRequests(requests -> {
            requests.dispatcherTypeMatchers(DispatcherType.ERROR).permitAll();
            if (!properties.openPaths().isEmpty()) {
                requests.requestMatchers(properties.openPaths().toArray(String[]::new))
                        .permitAll();
            }
            requests.anyRequest().authenticated();
        });
        return http.build();
    }

    /** A chain for a part of the application takes the place of the one above, and would leave the rest open. */
    @Bean
    SmartInitializingSingleton latchkeyChainCheck(
            ObjectProvider<SecurityFilterChain> chains, GuardProperties properties) {
        return () -> {
            if (properties.requireChain() && chains.stream().noneMatch(GuardAutoConfiguration::isGuarded)) {
                throw new IllegalStateException("the guard is in no security filter chain of the application: write one"
                        + " with http.with(latchkeyGuard(), withDefaults()) for what it has to protect, or set"
                        + " latchkey.guard.require-chain=false if nothing has to be");
            }
        };
    }

    private static boolean isGuarded(SecurityFilterChain chain) {
        return chain.getFilters().stream().anyMatch(GuardFilter.class::isInstance);
    }

    /** Of each guard, where there are several. */
    @Bean
    FilterRegistrationBean<MetadataFilter> latchkeyMetadataFilter(ObjectProvider<Guard> guards) {
        List<ProtectedResource> metadata = guards.orderedStream()
                .flatMap(guard -> guard.metadata().stream())
                .toList();
        FilterRegistrationBean<MetadataFilter> registration =
                new FilterRegistrationBean<>(new MetadataFilter(metadata));
        registration.setEnabled(!metadata.isEmpty());
        registration.setUrlPatterns(
                metadata.stream().map(ProtectedResource::path).toList());
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 100);
        return registration;
    }

    /** Keeps Spring Boot from making up a user with a password, where none is configured. */
    @Bean
    @ConditionalOnProperty(name = "spring.security.user.password", matchIfMissing = true, havingValue = "\0")
    AuthenticationManagerResolver<HttpServletRequest> latchkeyKnowsNoPasswords() {
        return request -> authentication -> {
            throw new ProviderNotFoundException("callers are known by the guard");
        };
    }
}
