package dev.latchkey.server.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.support.ReflectionSupport;

/** Every module of every profile has a test, and the page says which. */
class ConformancePageTest {
    private static final Path PAGE = Path.of("../docs/reference/conformance.md");

    /** The tests by the module that they show. */
    private static Map<String, List<String>> tests() {
        Map<String, List<String>> tests = new TreeMap<>();
        ReflectionSupport.findAllClassesInPackage("dev.latchkey.server", type -> true, name -> name.endsWith("Test"))
                .forEach(type -> {
                    for (Method method : type.getDeclaredMethods()) {
                        Certifies certifies = method.getAnnotation(Certifies.class);
                        for (String module : certifies == null ? new String[0] : certifies.value()) {
                            tests.computeIfAbsent(module, _ -> new ArrayList<>())
                                    .add("`" + type.getSimpleName() + "." + method.getName() + "`");
                        }
                    }
                });
        tests.values().forEach(names -> names.sort(null));
        return tests;
    }

    @Test
    void everyModuleHasATestAndEveryTestAModule() {
        List<String> modules = new ArrayList<>();
        for (Profile profile : Profile.values()) {
            modules.addAll(profile.modules());
        }

        assertThat(tests().keySet()).containsExactlyInAnyOrderElementsOf(modules);
    }

    @Test
    void thePageIsUpToDate() throws IOException {
        String page = page();
        if ("write".equals(System.getProperty("page"))) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE)
                .as("written by -Dtest=ConformancePageTest -Dpage=write")
                .hasContent(page);
    }

    private static String page() {
        Map<String, List<String>> tests = tests();
        StringBuilder page = new StringBuilder("""
            # Conformance

            What the certification profiles of the OpenID Foundation test, and the tests here that show the same behaviour. The
            names of the behaviours are those of the foundation's conformance suite. Written by `ConformancePageTest`.
            """);
        for (Profile profile : Profile.values()) {
            page.append("\n## ").append(profile.title).append("\n\n| behaviour | test |\n|---|---|\n");
            for (String module : profile.modules()) {
                page.append("| ")
                        .append(module)
                        .append(" | ")
                        .append(String.join(", ", tests.getOrDefault(module, List.of())))
                        .append(" |\n");
            }
        }
        return page.toString();
    }
}
