package dev.latchkey.server.password;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a new password must be: long enough, and not among the first that somebody would guess. No rules on which characters
 * (NIST SP 800-63B-4 §3.1.1.2, ASVS 5.0 V6.2). Immutable and safe for use by many threads; the list of common passwords is read
 * at the first question.
 */
public final class PasswordRules {
    /** The longest password, in Unicode code points. */
    public static final int MAX_LENGTH = 256;

    static final int MAX_BYTES = 4 * MAX_LENGTH;

    private static final int MIN_NAME_LENGTH = 3;

    private final int minLength;
    private final int minEffort;
    private final List<String> serviceNames;
    private final LoadedOnce<CommonPasswords> commonPasswords = new LoadedOnce<>(CommonPasswords::read);

    private PasswordRules(int minLength, int minEffort, Collection<String> serviceNames) {
        this.minLength = minLength;
        this.minEffort = minEffort;
        this.serviceNames = List.copyOf(serviceNames);
    }

    /**
     * For passwords that are all that is asked for at login.
     *
     * @param serviceNames what this service is called, which nobody may use as a password
     */
    public static PasswordRules onlyFactor(Collection<String> serviceNames) {
        return new PasswordRules(15, 6, serviceNames);
    }

    /** For passwords that are asked for together with something else. */
    public static PasswordRules oneOfTwoFactors(Collection<String> serviceNames) {
        return new PasswordRules(8, 4, serviceNames);
    }

    /**
     * What speaks against a new password, as a sentence for the person who chose it; empty when nothing does.
     *
     * @param ownNames username, e-mail address, names of the user
     */
    public Optional<String> objection(String password, Collection<String> ownNames) {
        if (password.length() > MAX_BYTES) {
            return Optional.of(tooLong());
        }
        String normalized = Normalizer.normalize(password, Normalizer.Form.NFKC);
        int length = normalized.codePointCount(0, normalized.length());
        if (length < minLength) {
            return Optional.of("The password has " + length + " characters and needs at least " + minLength + ".");
        }
        if (length > MAX_LENGTH || normalized.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            return Optional.of(tooLong());
        }
        return objectionToContent(lowerCase(normalized), ownNames);
    }

    private Optional<String> objectionToContent(String password, Collection<String> ownNames) {
        CommonPasswords common = commonPasswords.get();
        if (common.contains(password)) {
            return Optional.of("The password is one of those that most people use.");
        }
        GuessingEffort effort = new GuessingEffort(common, Set.of());
        if (effort.of(password) < minEffort) {
            return Optional.of(
                    "The password is easy to guess: few common words, repetitions or sequences make most of it.");
        }
        Set<String> names = new HashSet<>(words(serviceNames));
        names.addAll(words(ownNames));
        if (new GuessingEffort(common, names).of(password) < minEffort) {
            return Optional.of(
                    "The password is easy to guess: your own names or that of this service make most of it.");
        }
        return Optional.empty();
    }

    private static Set<String> words(Collection<String> names) {
        Set<String> words = new HashSet<>();
        for (String name : names) {
            String normalized = lowerCase(Normalizer.normalize(name, Normalizer.Form.NFKC));
            for (String word : normalized.split("[^\\p{L}\\p{N}]+", -1)) {
                if (word.length() >= MIN_NAME_LENGTH) {
                    words.add(word);
                }
            }
        }
        return words;
    }

    private static String lowerCase(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private static String tooLong() {
        return "The password is longer than " + MAX_LENGTH + " characters.";
    }
}
