package dev.latchkey.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A client of a {@link LatchkeyTest}; what is not said is as in a {@link ClientDeclaration}. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({})
public @interface TestClient {
    String id();

    /** Where its users come back to; none for a service. */
    String[] redirectUris() default {};

    /** All scopes of the server unless given. */
    String[] scopes() default {};

    /** The audience of the test unless given. */
    String[] audience() default {};

    /** A public client. */
    boolean withoutSecret() default false;
}
