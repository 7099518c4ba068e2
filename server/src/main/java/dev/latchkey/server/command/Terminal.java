package dev.latchkey.server.command;

import java.io.InputStream;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * What a command has of the world around it.
 *
 * @param in standard input
 * @param out results
 * @param err everything said to a person
 * @param environment the variables
 * @param prompt asks for a password at the keyboard
 * @param clock tells the time
 * @param random makes secrets
 */
public record Terminal(
        InputStream in,
        PrintStream out,
        PrintStream err,
        Map<String, String> environment,
        Prompt prompt,
        InstantSource clock,
        SecureRandom random) {
    public Terminal {
        environment = Map.copyOf(environment);
    }

    /** Reads a line that is not shown while it is typed. */
    @FunctionalInterface
    public interface Prompt {
        /** The line, or empty where nobody sits at the other end. */
        Optional<String> read(String question);
    }
}
