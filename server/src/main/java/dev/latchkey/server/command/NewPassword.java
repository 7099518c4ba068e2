package dev.latchkey.server.command;

import dev.latchkey.server.password.PasswordRules;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A password for a user: typed at the prompt, read from standard input, or generated and printed once. Never an argument,
 * which every user of the machine could read.
 *
 * @param text the password
 * @param generated whether it has to be told
 */
record NewPassword(String text, boolean generated) {
    private static final String STDIN = "--password-stdin";
    private static final String GENERATE = "--generate";
    private static final String LETTERS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private static final int LENGTH = 20;

    static Syntax addTo(Syntax spec) {
        return spec.flag(STDIN, "Reads the password from the first line of standard input.")
                .flag(GENERATE, "Makes a password and prints it; so it is where there is no keyboard.");
    }

    static NewPassword read(Arguments arguments, Terminal terminal, Collection<String> ownNames) throws IOException {
        Optional<String> given = arguments.flag(STDIN)
                ? Optional.of(new LineInput(terminal).next().orElse(""))
                : arguments.flag(GENERATE) ? Optional.empty() : typed(terminal);
        if (given.isEmpty()) {
            return new NewPassword(generate(terminal.random()), true);
        }
        PasswordRules.onlyFactor(List.of("latchkey"))
                .objection(given.get(), ownNames)
                .ifPresent(objection -> {
                    throw CommandException.refused(objection);
                });
        return new NewPassword(given.get(), false);
    }

    private static Optional<String> typed(Terminal terminal) {
        Optional<String> first = terminal.prompt().read("Password: ");
        if (first.isPresent() && !first.equals(terminal.prompt().read("Once more: "))) {
            throw CommandException.refused("the two passwords differ");
        }
        return first;
    }

    /** 20 letters and digits that cannot be mistaken for each other: 116 bits. */
    private static String generate(SecureRandom random) {
        StringBuilder password = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            password.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return password.toString();
    }

    void tell(Terminal terminal) {
        if (generated) {
            terminal.out().println("password: " + text + " (shown only now)");
        }
    }

    @Override
    public String toString() {
        return "NewPassword";
    }
}
