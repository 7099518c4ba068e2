package dev.latchkey.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** What JUnit makes of the annotations: how many servers there are, what is declared for them, and when they are closed. */
class LatchkeyExtensionTest {
    private static EngineExecutionResults run(Class<?> testClass) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(testClass))
                .configurationParameter("junit.jupiter.conditions.deactivate", "*")
                .execute();
    }

    private static void runWell(Class<?> testClass) {
        run(testClass)
                .testEvents()
                .assertStatistics(tests -> tests.started(tests(testClass)).succeeded(tests(testClass)));
    }

    private static int tests(Class<?> testClass) {
        int own = (int) List.of(testClass.getDeclaredMethods()).stream()
                .filter(method -> method.isAnnotationPresent(Test.class))
                .count();
        return own
                + List.of(testClass.getDeclaredClasses()).stream()
                        .mapToInt(LatchkeyExtensionTest::tests)
                        .sum();
    }

    /** Where tests of the classes below leave what they saw. */
    private static final Map<String, LatchkeyServer> SEEN = new ConcurrentHashMap<>();

    private static LatchkeyServer seen(Class<?> by, String name) {
        LatchkeyServer server = SEEN.get(by.getSimpleName() + "." + name);
        assertThat(server).as(name).isNotNull();
        return server;
    }

    private static void see(Object by, String name, LatchkeyServer server) {
        SEEN.put(by.getClass().getSimpleName() + "." + name, server);
    }

    @LatchkeyTest
    static class OneForTheClass {
        @BeforeAll
        static void before(LatchkeyServer latchkey) {
            SEEN.put("OneForTheClass.before", latchkey);
        }

        @Test
        void first(LatchkeyServer latchkey) {
            see(this, "first", latchkey);
            latchkey.clock().advance(Duration.ofDays(1));
            latchkey.outage();
        }

        @Test
        void second(LatchkeyServer latchkey) {
            see(this, "second", latchkey);
            assertThat(latchkey.clock().instant())
                    .isBetween(
                            Instant.now().minus(1, ChronoUnit.MINUTES),
                            Instant.now().plus(1, ChronoUnit.MINUTES));
            assertThat(latchkey.login("alice").claims()).containsKey("sid");
            latchkey.clock().advance(Duration.ofDays(1));
            latchkey.outage();
        }

        @Nested
        class Within {
            @Test
            void third(LatchkeyServer latchkey) {
                see(this, "third", latchkey);
            }
        }
    }

    @Test
    void theTestsOfAClassShareAServerThatRecoversAfterEach() {
        runWell(OneForTheClass.class);

        LatchkeyServer server = seen(OneForTheClass.class, "first");
        assertThat(seen(OneForTheClass.class, "before")).isSameAs(server);
        assertThat(seen(OneForTheClass.class, "second")).isSameAs(server);
        assertThat(seen(OneForTheClass.Within.class, "third")).isSameAs(server);
        assertThat(server.isClosed()).isTrue();
    }

    @LatchkeyTest(perMethod = true)
    static class OneForEachMethod {
        private final LatchkeyServer ofConstructor;

        OneForEachMethod(LatchkeyServer latchkey) {
            ofConstructor = latchkey;
        }

        @BeforeEach
        void before(LatchkeyServer latchkey) {
            assertThat(latchkey).isSameAs(ofConstructor);
        }

        @Test
        void first(LatchkeyServer latchkey) {
            assertThat(latchkey).isSameAs(ofConstructor);
            see(this, "first", latchkey);
        }

        @Test
        @LatchkeyTest(users = @TestUser(username = "carol"))
        void second(LatchkeyServer latchkey) {
            see(this, "second", latchkey);
            assertThat(latchkey.login("carol").claims()).containsKey("sid");
        }
    }

    @Test
    void eachTestHasAServerOfItsOwnWhereThatIsAskedFor() {
        runWell(OneForEachMethod.class);

        LatchkeyServer first = seen(OneForEachMethod.class, "first");
        LatchkeyServer second = seen(OneForEachMethod.class, "second");
        assertThat(second).isNotSameAs(first);
        assertThat(List.of(first, second)).allMatch(LatchkeyServer::isClosed);
    }

    @LatchkeyTest(
            configuration = "orders.yaml",
            users = @TestUser(username = "carol", roles = "clerk"),
            settings = "tokens.access-lifetime=7m")
    static class Declared {
        @ConfigureLatchkey
        static void configure(ServerConfiguration configuration) {
            configuration
                    .user("dave", dave -> dave.claim("nickname", "D"))
                    .environment("WEB_SECRET", "from-the-test-itself");
        }

        @Test
        void everythingDeclaredIsThere(LatchkeyServer latchkey, TestInfo info) {
            assertThat(info.getDisplayName()).isNotEmpty();
            assertThat(latchkey.login("erin").claims()).containsEntry("roles", List.of("of-the-file"));
            assertThat(latchkey.login("carol").claims()).containsEntry("roles", List.of("clerk"));
            assertThat(latchkey.login("dave").expiresIn()).hasMinutes(7);
            assertThat(latchkey.clientSecret("web")).isEqualTo("from-the-test-itself");
            assertThat(latchkey.signIn("dave", "web").scope()).isEqualTo("openid orders:read");
            assertThat(latchkey.issuer()).startsWith("http://localhost:");
        }
    }

    @Test
    void aFileAnnotationsAndAMethodDeclareTogether() {
        runWell(Declared.class);
    }

    @LatchkeyTest(settings = {"tokens.access-lifetime=often", "nonsense=1"})
    static class Mistaken {
        @Test
        void neverRuns(LatchkeyServer latchkey) {
            see(this, "neverRuns", latchkey);
        }
    }

    @Test
    void aMistakeInTheConfigurationFailsTheTestAndNamesIt() {
        run(Mistaken.class)
                .testEvents()
                .assertThatEvents()
                .haveExactly(
                        1,
                        event(finishedWithFailure(message(
                                text -> text.contains("tokens.access-lifetime") && text.contains("nonsense")))));
    }
}
