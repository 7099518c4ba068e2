package dev.latchkey.guard;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
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

/** What the guard must never do. */
class ArchitectureTest {
    private static final JavaClasses GUARD = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.latchkey.guard");

    static List<ArchRule> rules() {
        return List.of(
                noClasses()
                        .should()
                        .dependOnClassesThat()
                        .resideOutsideOfPackages("java..", "dev.latchkey.guard", "dev.latchkey.token", "org.jspecify..")
                        .because("the guard knows no framework and brings nothing along but the token library"),
                noClasses()
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("java.sql..", "java.nio.file..", "java.util.logging..")
                        .because("it needs no database and no files, and logs by what the application chose"),
                fields().that().areStatic().should().beFinal().because("nothing static holds state"),
                noClasses()
                        .should()
                        .callMethod(Instant.class, "now")
                        .orShould()
                        .callMethod(System.class, "currentTimeMillis")
                        .orShould()
                        .callMethod(Clock.class, "systemUTC")
                        .because("time comes from the InstantSource that the caller chose"),
                noClasses().should().callConstructor(SecureRandom.class).because("a guard makes no secrets"));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void holds(ArchRule rule) {
        rule.check(GUARD);
    }
}
