package dev.latchkey.server.page;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A sign for a person or an application in place of a picture that would be fetched from elsewhere.
 *
 * @param letters one or two
 * @param tone which of the colours, always the same for the same name
 */
public record Monogram(String letters, int tone) {
    /** How many colours there are. */
    static final int TONES = 6;

    static Monogram of(String name) {
        List<String> words = Stream.of(name.strip().split("[\\s._@-]+", 4))
                .filter(word -> word.codePoints().anyMatch(Character::isLetterOrDigit))
                .toList();
        String letters = words.isEmpty() ? "?" : first(words.getFirst());
        if (words.size() > 1 && name.indexOf('@') < 0) {
            letters += first(words.get(1));
        }
        return new Monogram(letters.toUpperCase(Locale.ROOT), Math.floorMod(name.hashCode(), TONES));
    }

    private static String first(String word) {
        return word.codePoints()
                .filter(Character::isLetterOrDigit)
                .mapToObj(Character::toString)
                .findFirst()
                .orElse("?");
    }
}
