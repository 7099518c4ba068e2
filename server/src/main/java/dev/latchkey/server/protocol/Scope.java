package dev.latchkey.server.protocol;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A set of scope tokens in the order they were first named (RFC 6749 §3.3). Immutable.
 *
 * @param tokens the scope tokens; may be empty
 */
public record Scope(Set<String> tokens) {
    public static final Scope NONE = new Scope(Set.of());
    private static final int MAX_LENGTH = 4096;

    public Scope {
        tokens = Collections.unmodifiableSet(new LinkedHashSet<>(tokens));
    }

    public static Scope of(String... tokens) {
        return new Scope(new LinkedHashSet<>(List.of(tokens)));
    }

    /**
     * Reads the {@code scope} parameter. Empty where the text is not a list of scope tokens: a character outside RFC 6749
     * §3.3, or more than 4096 characters.
     */
    public static Optional<Scope> parse(String text) {
        if (text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        Set<String> tokens = new LinkedHashSet<>();
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || text.charAt(i) == ' ') {
                if (i > start) {
                    tokens.add(text.substring(start, i));
                }
                start = i + 1;
            } else if (!isScopeCharacter(text.charAt(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(new Scope(tokens));
    }

    /** What {@link #toString} wrote and the store kept. */
    public static Scope stored(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException("not a scope: " + text));
    }

    // RFC 6749 §3.3: %x21 / %x23-5B / %x5D-7E
    private static boolean isScopeCharacter(char c) {
        return c >= 0x21 && c <= 0x7e && c != '"' && c != '\\';
    }

    public boolean contains(String token) {
        return tokens.contains(token);
    }

    public boolean containsAll(Scope other) {
        return tokens.containsAll(other.tokens);
    }

    public boolean isEmpty() {
        return tokens.isEmpty();
    }

    public Scope intersect(Scope other) {
        List<String> both = new ArrayList<>(tokens);
        both.retainAll(other.tokens);
        return new Scope(new LinkedHashSet<>(both));
    }

    /** The tokens joined by one space, as the {@code scope} parameter and claim are written. */
    @Override
    public String toString() {
        return String.join(" ", tokens);
    }
}
