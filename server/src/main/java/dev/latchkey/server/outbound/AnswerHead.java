package dev.latchkey.server.outbound;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Status line and header fields of an answer.
 *
 * @param isVersion11 false for HTTP/1.0
 * @param status three digits
 * @param fields by name in lower case, the values in the order they came
 */
record AnswerHead(boolean isVersion11, int status, Map<String, List<String>> fields) {
    /** All values of a field. */
    List<String> all(String name) {
        return fields.getOrDefault(name, List.of());
    }

    /** The value of a field that came once; of several none can be believed. */
    Optional<String> only(String name) {
        List<String> values = all(name);
        return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
    }

    /** The media type without its parameters (RFC 9110 §8.3.1). */
    Optional<String> contentType() {
        return only("content-type")
                .map(value -> value.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
                .filter(value -> !value.isEmpty());
    }
}
