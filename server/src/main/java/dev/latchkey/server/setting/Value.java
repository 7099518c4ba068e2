package dev.latchkey.server.setting;

import java.util.List;
import java.util.Map;

/** A value as it was written, with its place: what a YAML document, a variable or an override comes down to. */
sealed interface Value {
    Place place();

    /** What a person calls this kind of value. */
    String kind();

    /**
     * A scalar.
     *
     * @param quotable whether a message may repeat the text; not if it came from the environment
     */
    record Text(Place place, String text, boolean quotable) implements Value {
        @Override
        public String kind() {
            return "a single value";
        }

        @Override
        public String toString() {
            return "Text[" + place + "]";
        }
    }

    record Items(Place place, List<Value> items) implements Value {
        @Override
        public String kind() {
            return "a list";
        }
    }

    record Fields(Place place, Map<String, Value> fields) implements Value {
        @Override
        public String kind() {
            return "a mapping";
        }
    }

    /** A key without a value. */
    record Nothing(Place place) implements Value {
        @Override
        public String kind() {
            return "nothing";
        }
    }
}
