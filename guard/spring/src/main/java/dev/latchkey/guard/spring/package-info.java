/**
 * Guards a Spring Boot application: a dependency and {@code latchkey.guard.issuer} and {@code latchkey.guard.audience} in its
 * properties, and every request needs an access token.
 *
 * <p>Start at {@link dev.latchkey.guard.spring.GuardAutoConfiguration}, and at
 * {@link dev.latchkey.guard.spring.LatchkeyGuard} for security filter chains of one's own. Plugs into Spring Security (servlet)
 * and leaves decisions to {@link dev.latchkey.guard.Guard}. The same code runs on Spring Boot 3.5 and 4.
 */
@NullMarked
package dev.latchkey.guard.spring;

import org.jspecify.annotations.NullMarked;
