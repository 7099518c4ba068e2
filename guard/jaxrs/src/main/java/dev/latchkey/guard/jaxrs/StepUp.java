package dev.latchkey.guard.jaxrs;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** How the user has to have logged in; whoever has not is asked to do so (RFC 9470). */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface StepUp {
    /** One of these authentication contexts has to be reached; any will do unless given. */
    String[] acr() default {};

    /** How long ago the login may be at most; for ever unless given. */
    long maxAgeSeconds() default -1;
}
