package dev.latchkey.server.setting;

import dev.latchkey.token.Json;
import dev.latchkey.token.JsonException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A JSON object, written as one or as a mapping, whose single values are all strings: a JWK Set. */
record JsonType() implements Type<Map<String, Object>> {
    @Override
    public String title() {
        return "JSON object";
    }

    @Override
    public boolean isStructured() {
        return true;
    }

    @Override
    public Optional<Map<String, Object>> read(Value value, Spot spot) {
        return switch (value) {
            case Value.Fields fields -> Optional.of(object(fields));
            case Value.Text text -> {
                try {
                    yield Optional.of(Json.parseObject(text.text()));
                } catch (JsonException _) {
                    spot.refuse(value, "has to be a JSON object");
                    yield Optional.empty();
                }
            }
            case Value.Items _, Value.Nothing _ -> {
                spot.refuse(value, "has to be a JSON object, not " + value.kind());
                yield Optional.empty();
            }
        };
    }

    private static Map<String, Object> object(Value.Fields fields) {
        Map<String, Object> object = new LinkedHashMap<>();
        fields.fields().forEach((name, value) -> object.put(name, json(value)));
        return object;
    }

    private static Object json(Value value) {
        return switch (value) {
            case Value.Text text -> text.text();
            case Value.Items items -> items.items().stream().map(JsonType::json).toList();
            case Value.Fields fields -> object(fields);
            case Value.Nothing _ -> "";
        };
    }
}
