package dev.latchkey.testkit;

import java.lang.reflect.AnnotatedElement;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/** Starts the server of a {@link LatchkeyTest} when it is first asked for, and hands it out; JUnit closes it with its test. */
final class LatchkeyExtension implements ParameterResolver, AfterEachCallback {
    private static final Namespace NAMESPACE = Namespace.create(LatchkeyExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == LatchkeyServer.class;
    }

    /** So that a constructor can have the server of the test that it is called for. */
    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext rootContext) {
        return ExtensionContextScope.TEST_METHOD;
    }

    @Override
    public LatchkeyServer resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Wanted wanted = wanted(context);
        return wanted.owner()
                .getStore(NAMESPACE)
                .computeIfAbsent(wanted.key(), _ -> LatchkeyServer.start(wanted.configuration()), LatchkeyServer.class);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Wanted wanted = wanted(context);
        LatchkeyServer server = wanted.owner().getStore(NAMESPACE).get(wanted.key(), LatchkeyServer.class);
        if (server != null) {
            server.recover();
        }
    }

    /** Whose server it is, and how it is declared. */
    private record Wanted(ExtensionContext owner, LatchkeyTest declaration, Class<?> testClass) {
        /** Its owner's alone: a store also answers with what is in those around it. */
        String key() {
            return owner.getUniqueId();
        }

        ServerConfiguration configuration() {
            return DeclaredConfiguration.of(declaration, testClass);
        }
    }

    /** The nearest declaration: of the method, its class, or the class around it. */
    private static Wanted wanted(ExtensionContext context) {
        for (ExtensionContext at = context; at != null; at = at.getParent().orElse(null)) {
            @Nullable LatchkeyTest declaration = declaration(at.getElement());
            if (declaration != null) {
                boolean ofMethod =
                        declaration.perMethod() && context.getTestMethod().isPresent();
                return new Wanted(ofMethod ? context : at, declaration, at.getRequiredTestClass());
            }
        }
        throw new ExtensionConfigurationException("there is no @LatchkeyTest around " + context.getDisplayName());
    }

    private static @Nullable LatchkeyTest declaration(Optional<AnnotatedElement> element) {
        return AnnotationSupport.findAnnotation(element, LatchkeyTest.class).orElse(null);
    }
}
