package dev.latchkey.server.setting;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody meant who wrote something else. */
public final class Nearest {
    private static final int MAX_LENGTH = 80;

    private Nearest() {}

    static String unknownKey(String name, Collection<String> known) {
        return nearest(name, known)
                .map(near -> "is not a key; did you mean " + near + "?")
                .orElse("is not a key");
    }

    /** The known word that differs least, if it is near enough to be meant. */
    public static Optional<String> nearest(String word, Collection<String> known) {
        if (word.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        return known.stream()
                .min(Comparator.comparingInt(candidate -> distance(word, candidate)))
                .filter(candidate -> distance(word, candidate) <= Math.max(1, candidate.length() / 3));
    }

    /** A key of a section that was written without the section is near too. */
    private static int distance(String word, String candidate) {
        String plain = plain(word);
        String last = candidate.substring(candidate.lastIndexOf('.') + 1);
        return Math.min(levenshtein(plain, plain(candidate)), levenshtein(plain, plain(last)));
    }

    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replaceAll("[-_]", "");
    }

    private static int levenshtein(String from, String to) {
        int[] previous = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int[] current = new int[to.length() + 1];
            current[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int change = previous[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(change, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[to.length()];
    }
}
