package dev.latchkey.client;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the library must never do. */
class ArchitectureTest {
    private static final JavaClasses LIBRARY = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.latchkey.client");

    static List<ArchRule> rules() {
        return List.of(
                noClasses()
                        .that()
                        .resideOutsideOfPackage("dev.latchkey.client.spring")
                        .should()
                        .dependOnClassesThat()
                        .resideOutsideOfPackages(
                                "java..", "dev.latchkey.client", "dev.latchkey.token..", "org.jspecify..")
                        .because("Spring is there for its adapter alone"),
                noClasses()
                        .should()
                        .callMethod(Instant.class, "now")
                        .orShould()
                        .callMethod(System.class, "currentTimeMillis")
                        .orShould()
                        .callMethod(Clock.class, "systemUTC")
                        .orShould()
                        .callConstructor(SecureRandom.class)
                        .because("time comes from the InstantSource that the caller chose"));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void holds(ArchRule rule) {
        rule.check(LIBRARY);
    }
}
