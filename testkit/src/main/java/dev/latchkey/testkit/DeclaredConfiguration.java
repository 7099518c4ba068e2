package dev.latchkey.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ModifierSupport;
import org.junit.platform.commons.support.ReflectionSupport;

/** Reads the configuration that annotations and the method of a test class declare. */
final class DeclaredConfiguration {
    private DeclaredConfiguration() {}

    static ServerConfiguration of(LatchkeyTest declaration, Class<?> testClass) {
        ServerConfiguration configuration = new ServerConfiguration();
        if (!declaration.configuration().isEmpty()) {
            configuration.yaml(resource(declaration.configuration(), testClass));
        }
        configuration.scopes(declaration.scopes()).audience(declaration.audience());
        for (TestUser user : declaration.users()) {
            configuration.user(user.username(), declared -> add(user, declared));
        }
        for (TestClient client : declaration.clients()) {
            configuration.client(client.id(), declared -> add(client, declared));
        }
        for (String setting : declaration.settings()) {
            String[] pair = setting.split("=", 2);
            configuration.set(pair[0].strip(), pair.length == 2 ? pair[1].strip() : "");
        }
        for (Method method : configurators(testClass)) {
            ReflectionSupport.invokeMethod(method, null, configuration);
        }
        return configuration;
    }

    private static void add(TestUser user, UserDeclaration declared) {
        if (!user.password().isEmpty()) {
            declared.password(user.password());
        }
        if (user.roles().length > 0) {
            declared.roles(user.roles());
        }
        if (!user.name().isEmpty()) {
            declared.name(user.name());
        }
        if (!user.email().isEmpty()) {
            declared.email(user.email());
        }
    }

    private static void add(TestClient client, ClientDeclaration declared) {
        if (client.redirectUris().length > 0) {
            declared.redirectUris(client.redirectUris());
        }
        if (client.scopes().length > 0) {
            declared.scopes(client.scopes());
        }
        if (client.audience().length > 0) {
            declared.audience(client.audience());
        }
        if (client.withoutSecret()) {
            declared.withoutSecret();
        }
    }

    private static List<Method> configurators(Class<?> testClass) {
        List<Method> methods = AnnotationSupport.findAnnotatedMethods(
                testClass, ConfigureLatchkey.class, HierarchyTraversalMode.TOP_DOWN);
        for (Method method : methods) {
            Class<?>[] parameters = method.getParameterTypes();
            if (!ModifierSupport.isStatic(method)
                    || parameters.length != 1
                    || parameters[0] != ServerConfiguration.class) {
                throw new ExtensionConfigurationException(
                        method + " has to be static and to take a ServerConfiguration alone");
            }
        }
        return methods;
    }

    private static String resource(String name, Class<?> testClass) {
        try (InputStream in = testClass.getResourceAsStream(name)) {
            if (in == null) {
                throw new ExtensionConfigurationException("there is no " + name + " beside " + testClass.getName());
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new ExtensionConfigurationException("cannot read " + name, e);
        }
    }
}
