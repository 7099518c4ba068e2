package dev.latchkey.server.setting;

import java.util.Optional;
import java.util.function.Function;

/**
 * A type that is written as one word or line.
 *
 * @param title for the reference page
 * @param expected completes "has to be …"
 * @param parser empty where the text is refused
 */
record ScalarType<T>(String title, String expected, Function<String, Optional<T>> parser) implements Type<T> {
    @Override
    public Optional<T> read(Value value, Spot spot) {
        if (!(value instanceof Value.Text text)) {
            spot.refuse(value, "has to be " + expected + ", not " + value.kind());
            return Optional.empty();
        }
        Optional<T> parsed = parser.apply(text.text());
        if (parsed.isEmpty()) {
            spot.refuse(text, expected);
        }
        return parsed;
    }
}
