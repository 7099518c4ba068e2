package dev.latchkey.server.setting;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The scalar types of settings. */
final class Types {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})(B|KiB|MiB|GiB)");
    private static final Pattern WHOLE = Pattern.compile("-?\\d{1,9}");
    private static final int MAX_TEXT = 8192;

    private Types() {}

    static Type<String> text() {
        return text("text", "text", text -> !text.isBlank());
    }

    static Type<String> text(String title, String expected, Predicate<String> rule) {
        return new ScalarType<>(
                title, expected, text -> Optional.of(text).filter(t -> t.length() <= MAX_TEXT && rule.test(t)));
    }

    static Type<Boolean> flag() {
        return new ScalarType<>("true or false", "true or false", text -> switch (text) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        });
    }

    static Type<Integer> whole(int least, int most) {
        String range = "a whole number from " + least + " to " + most;
        return new ScalarType<>(
                "number, " + least + " to " + most,
                range,
                text -> Optional.of(text)
                        .filter(t -> WHOLE.matcher(t).matches())
                        .map(Integer::valueOf)
                        .filter(n -> n >= least && n <= most));
    }

    static Type<Duration> duration(String least, String most) {
        Duration from = DurationText.parse(least).orElseThrow();
        Duration to = DurationText.parse(most).orElseThrow();
        return new ScalarType<>(
                "duration, " + least + " to " + most,
                "a duration such as 90s, 15m, 12h or 30d, from " + least + " to " + most,
                text -> DurationText.parse(text).filter(d -> d.compareTo(from) >= 0 && d.compareTo(to) <= 0));
    }

    static Type<Integer> sizeBytes(String least, String most) {
        long from = parseBytes(least).orElseThrow();
        long to = parseBytes(most).orElseThrow();
        return new ScalarType<>(
                "size, " + least + " to " + most,
                "a size such as 64KiB or 1MiB, from " + least + " to " + most,
                text -> parseBytes(text).filter(n -> n >= from && n <= to).map(Math::toIntExact));
    }

    /** One of a few words, written in lower case or as given by {@code words}. */
    static <T> Type<T> oneOf(Map<String, T> words) {
        String list = Stream.concat(
                        words.keySet().stream().limit(words.size() - 1L).map(word -> word + ", "),
                        words.keySet().stream().skip(words.size() - 1L).map(word -> "or " + word))
                .collect(Collectors.joining());
        String sentence = words.size() == 2 ? list.replace(", or", " or") : list;
        return new ScalarType<>(
                "one of " + String.join(", ", words.keySet()), sentence, word -> Optional.ofNullable(words.get(word)));
    }

    static Optional<Long> parseBytes(String text) {
        Matcher matcher = SIZE.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int shift = switch (matcher.group(2).charAt(0)) {
            case 'K' -> 10;
            case 'M' -> 20;
            case 'G' -> 30;
            default -> 0;
        };
        return Optional.of(Long.parseLong(matcher.group(1)) << shift);
    }

    static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
