/**
 * The benchmark's API on Spring Boot: open, behind the guard, and behind Spring Security's own resource server. Start at
 * {@link dev.latchkey.bench.boot.BootApi}.
 */
@NullMarked
package dev.latchkey.bench.boot;

import org.jspecify.annotations.NullMarked;
