package dev.latchkey.guard.spring;

import dev.latchkey.guard.GuardBuilder;

/** A bean that says more about the application's guard than properties can: API keys, names and passwords, a clock. */
@FunctionalInterface
public interface GuardCustomizer {
    /** Called once, after the properties. */
    void customize(GuardBuilder guard);
}
