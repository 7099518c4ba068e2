package dev.latchkey.server.setting;

import java.util.Optional;

/**
 * How the value of a key is read and what the reference page calls it.
 *
 * @param <T> what it is read into
 */
interface Type<T> {
    /** For the reference page: {@code duration, 1s to 24h}. */
    String title();

    /** Whether it is written as YAML of more than one line or word, also in a variable. */
    default boolean isStructured() {
        return false;
    }

    /** The value, or empty where it is refused; every reason went to {@code spot}. */
    Optional<T> read(Value value, Spot spot);

    /** Where problems of one value go: its key, and whether its text may be repeated. */
    record Spot(String key, boolean secret, Problems problems) {
        void refuse(Value value, String reason) {
            problems.add(value.place(), key, reason);
        }

        /** Says what was found where that is no secret. */
        void refuse(Value.Text value, String expected) {
            boolean quotable = value.quotable() && !secret;
            problems.add(
                    value.place(),
                    key,
                    "has to be " + expected + (quotable ? ", not " + Printable.quoted(value.text()) : ""));
        }

        Spot item(int index) {
            return new Spot(key + "[" + index + "]", secret, problems);
        }

        Spot field(String name) {
            return new Spot(key + "." + Printable.of(name), secret, problems);
        }
    }
}
