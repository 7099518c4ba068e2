package dev.latchkey.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The floors of the server (ARCHITECTURE.md): a floor imports only floors below it, and nothing goes round in circles. */
class ArchitectureTest {
    private static final String SERVER = "dev.latchkey.server";
    private static final String[] WIRING = packages("setting", "command");
    private static final String[] ENDPOINTS = packages(
            "authorize",
            "logout",
            "account",
            "login",
            "grant",
            "userinfo",
            "introspect",
            "revoke",
            "status",
            "register",
            "discovery",
            "docs",
            "health");
    private static final String[] ISSUED = packages("token", "signout");
    private static final String[] NOUNS = packages(
            "user",
            "client",
            "session",
            "epoch",
            "consent",
            "browser",
            "push",
            "key",
            "audit",
            "password",
            "page",
            "proof");
    private static final String[] WORDS = packages("protocol");
    private static final String[] BESIDE = packages("http", "outbound", "tls", "sql", "log", "metric");

    private final JavaClasses server = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(SERVER);

    private static String[] packages(String... names) {
        return Arrays.stream(names).map(name -> SERVER + "." + name + "..").toArray(String[]::new);
    }

    private static String[] all(String[]... groups) {
        return Stream.of(groups).flatMap(Arrays::stream).toArray(String[]::new);
    }

    @Test
    void aFloorImportsOnlyFloorsBelowIt() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("wiring")
                .definedBy(all(WIRING, new String[] {SERVER}))
                .layer("endpoints")
                .definedBy(ENDPOINTS)
                .layer("issued")
                .definedBy(ISSUED)
                .layer("nouns")
                .definedBy(NOUNS)
                .layer("words")
                .definedBy(WORDS)
                .whereLayer("wiring")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("endpoints")
                .mayOnlyBeAccessedByLayers("wiring")
                .whereLayer("issued")
                .mayOnlyBeAccessedByLayers("wiring", "endpoints")
                .whereLayer("nouns")
                .mayOnlyBeAccessedByLayers("wiring", "endpoints", "issued")
                .check(server);
    }

    @Test
    void everyPackageIsOnAFloorOrBeside() {
        classes()
                .should()
                .resideInAnyPackage(all(WIRING, ENDPOINTS, ISSUED, NOUNS, WORDS, BESIDE, new String[] {SERVER}))
                .check(server);
    }

    @Test
    void endpointsNeverImportEachOther() {
        slices().matching(
                        SERVER
                                + ".(authorize|logout|account|login|grant|userinfo|introspect|revoke|status|register|discovery|docs|health)..")
                .should()
                .notDependOnEachOther()
                .check(server);
    }

    @Test
    void packagesDoNotGoRoundInCircles() {
        slices().matching(SERVER + ".(*)..").should().beFreeOfCycles().check(server);
    }

    @Test
    void theWordsImportOnlyTheJdk() {
        classes()
                .that()
                .resideInAnyPackage(WORDS)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify..", SERVER + ".protocol..")
                .check(server);
    }

    @Test
    void sqlIsInSqlAndTheWebServerInHttp() {
        noClasses()
                .that()
                .resideOutsideOfPackage(SERVER + ".sql..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "org.sqlite..")
                .check(server);
        noClasses()
                .that()
                .resideOutsideOfPackage(SERVER + ".http..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.helidon..")
                .check(server);
    }

    @Test
    void timeAndChanceComeFromTheWiring() {
        noClasses()
                .that()
                .resideOutsideOfPackages(all(WIRING, new String[] {SERVER}))
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callConstructor(SecureRandom.class)
                .check(server);
    }

    @Test
    void nothingThatChangesIsStatic() {
        fields().that().areStatic().should().haveModifier(JavaModifier.FINAL).check(server);
    }
}
