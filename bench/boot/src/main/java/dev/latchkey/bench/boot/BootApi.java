package dev.latchkey.bench.boot;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Starts the API on Spring Boot with Tomcat. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(OrdersController.class)
class BootApi {
    private static final String SECURITY = "org.springframework.boot.security.autoconfigure.";
    private static final String GUARD = "dev.latchkey.guard.spring.GuardAutoConfiguration";

    /** Arguments: open, guard, resource-server or resource-server-native; the port; the issuer; the audience. */
    public static void main(String[] arguments) {
        String mode = arguments[0];
        if (mode.equals("resource-server-native")) {
            AmazonCorrettoCryptoProvider.install();
        }
        Class<?>[] parts = switch (mode) {
            case "open" -> new Class<?>[] {BootApi.class};
            case "guard" -> new Class<?>[] {BootApi.class, GuardedByLatchkey.class};
            default -> new Class<?>[] {BootApi.class, GuardedBySpring.class};
        };
        SpringApplication application = new SpringApplication(parts);
        application.setBannerMode(Banner.Mode.OFF);
        application.setDefaultProperties(Map.of(
                "server.port",
                arguments[1],
                "server.address",
                "127.0.0.1",
                "server.tomcat.max-keep-alive-requests",
                "-1",
                "latchkey.guard.issuer",
                arguments[2],
                "latchkey.guard.audience",
                arguments[3],
                "spring.autoconfigure.exclude",
                excluded(mode)));
        application.run();
    }

    /** Where the API is open there is no Spring Security at all. */
    private static String excluded(String mode) {
        return switch (mode) {
            case "open" ->
                Stream.of(
                                SECURITY + "SecurityAutoConfiguration",
                                SECURITY + "UserDetailsServiceAutoConfiguration",
                                SECURITY + "web.servlet.SecurityFilterAutoConfiguration",
                                SECURITY + "web.servlet.ServletWebSecurityAutoConfiguration",
                                GUARD)
                        .collect(Collectors.joining(","));
            case "guard" -> "";
            default -> GUARD;
        };
    }
}
