package dev.latchkey.server.sql;

import dev.latchkey.token.Json;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Lists and maps as the text of one column: JSON. */
final class StoredText {
    private static final String EMPTY_LIST = "[]";

    private StoredText() {}

    static String of(List<String> list) {
        return list.isEmpty() ? EMPTY_LIST : Json.write(list);
    }

    static List<String> list(String text) {
        return text.equals(EMPTY_LIST) ? List.of() : strings(Json.parse(text));
    }

    /** The list of strings that a JSON value is. */
    static List<String> strings(@Nullable Object value) {
        return ((List<?>) Objects.requireNonNull(value, "a list"))
                .stream().map(String.class::cast).toList();
    }

    static String of(Map<String, Object> map) {
        return Json.write(map);
    }

    static Map<String, Object> map(String text) {
        return Json.parseObject(text);
    }
}
