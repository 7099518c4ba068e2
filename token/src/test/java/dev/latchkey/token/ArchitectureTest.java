package dev.latchkey.token;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
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
            .importPackages("dev.latchkey.token");

    static List<ArchRule> rules() {
        return List.of(
                noClasses()
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("java.sql..", "java.net..", "java.nio.file..", "java.util.logging..")
                        .because("tokens need no database, no network and no files"),
                noClasses()
                        .should()
                        .dependOnClassesThat()
                        .resideOutsideOfPackages(
                                "java..",
                                "javax.crypto..",
                                "dev.latchkey.token..",
                                "tools.jackson.core..",
                                "org.jspecify..")
                        .because("the JSON tokenizer is the only thing that users of the library have to bring along"),
                fields().that(areWritten()).should().beFinal().because("nothing static holds state"),
                noClasses()
                        .should()
                        .callMethod(Instant.class, "now")
                        .orShould()
                        .callMethod(System.class, "currentTimeMillis")
                        .orShould()
                        .callMethod(Clock.class, "systemUTC")
                        .because("time comes from the InstantSource that the caller chose"),
                noClasses()
                        .that()
                        .doNotHaveFullyQualifiedName(
                                OkpMaterial.class.getName() + "$1") // no randomness: it repeats the seed
                        .should()
                        .callConstructor(SecureRandom.class)
                        .because("randomness comes from the caller or from the provider"),
                ArchRuleDefinition.noConstructors()
                        .that()
                        .areDeclaredIn(VerifiedToken.class)
                        .should()
                        .bePublic()
                        .because("only a verifier makes a verified token"));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void holds(ArchRule rule) {
        rule.check(LIBRARY);
    }

    private static DescribedPredicate<JavaField> areWritten() {
        return DescribedPredicate.describe(
                "are static",
                field -> field.getModifiers().contains(JavaModifier.STATIC)
                        && !field.getModifiers().contains(JavaModifier.SYNTHETIC));
    }
}
