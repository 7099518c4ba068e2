package dev.latchkey.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A user of a {@link LatchkeyTest}. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({})
public @interface TestUser {
    String username();

    /** {@link LatchkeyServer#PASSWORD} unless given. */
    String password() default "";

    /** In the user's access tokens. */
    String[] roles() default {};

    /** The full name. */
    String name() default "";

    /** An e-mail address that is known to be the user's. */
    String email() default "";
}
