package dev.latchkey.guard.spring;

import dev.latchkey.guard.contract.RunningApi;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** A Spring Boot application on a free port, of whichever version of Spring Boot there is. */
final class SpringApi {
    private final SpringApplication application;
    private final Map<String, Object> properties = new LinkedHashMap<>(Map.of(
            "server.port", 0,
            "server.address", "127.0.0.1",
            "logging.level.root", "off"));

    SpringApi(Class<?>... configuration) {
        application = new SpringApplication(configuration);
        application.setBannerMode(Banner.Mode.OFF);
        application.setRegisterShutdownHook(false);
    }

    SpringApi with(String... keysAndValues) {
        for (int i = 0; i < keysAndValues.length; i += 2) {
            properties.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return this;
    }

    <T> SpringApi bean(Class<T> type, Supplier<T> bean) {
        application.addInitializers(context -> ((GenericApplicationContext) context)
                .registerBean(type, bean, definition -> definition.setDestroyMethodName("")));
        return this;
    }

    SpringApi tls(SSLContext tls) {
        return customizer(TomcatTls.customizerType(), tls);
    }

    private <T> SpringApi customizer(Class<T> type, SSLContext tls) {
        return bean(type, () -> type.cast(TomcatTls.customizer(type, tls)));
    }

    ConfigurableApplicationContext start() {
        application.setDefaultProperties(properties);
        return application.run();
    }

    RunningApi serve() {
        ConfigurableApplicationContext context = start();
        return new RunningApi(port(context), context::close);
    }

    static int port(ConfigurableApplicationContext context) {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    static boolean has(ConfigurableApplicationContext context, String type) {
        return Arrays.stream(context.getBeanDefinitionNames())
                .map(context::getType)
                .anyMatch(each -> each != null && each.getName().equals(type));
    }
}
