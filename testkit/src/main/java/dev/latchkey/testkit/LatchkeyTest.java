package dev.latchkey.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test with a token server: constructors, test and lifecycle methods can have a {@link LatchkeyServer} as a parameter.
 *
 * <pre>{@code
 * @LatchkeyTest(audience = "https://orders.example", users = @TestUser(username = "alice", roles = "admin"))
 * class OrdersTest {
 *     @Test
 *     void ordersNeedTheScope(LatchkeyServer latchkey) {
 *         String token = latchkey.tokenFor("alice").scope("orders:read").mint();
 *         …
 *     }
 * }
 * }</pre>
 *
 * <p>On a class there is one server for all its tests, those of nested classes included; after each test its clock goes with
 * the system's again and an outage ends, while users, sessions and keys stay. On a method the server is of that method alone.
 * What the members here do not say is said in a static method with {@link ConfigureLatchkey}.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@ExtendWith(LatchkeyExtension.class)
public @interface LatchkeyTest {
    /** The users; {@code alice} and {@code bob} where none are declared anywhere. */
    TestUser[] users() default {};

    /** The clients beside the one of {@code /login}. */
    TestClient[] clients() default {};

    /** Scopes of the application's own. */
    String[] scopes() default {};

    /** The API under test, which tokens are for where nothing else is asked for. */
    String[] audience() default {};

    /** A configuration file of the server on the class path, read beside the test's class; what is declared is added to it. */
    String configuration() default "";

    /** Keys of the configuration, as {@code tokens.access-lifetime=5m}. */
    String[] settings() default {};

    /** Whether each test of the class has a server of its own: needed where tests run at the same time and turn the clock. */
    boolean perMethod() default false;
}
