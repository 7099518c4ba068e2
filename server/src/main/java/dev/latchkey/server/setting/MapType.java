package dev.latchkey.server.setting;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A mapping whose keys are the reader's own words, checked by {@code name}, in the order given. */
record MapType<T>(ScalarType<String> name, Type<T> item) implements Type<Map<String, T>> {
    @Override
    public String title() {
        return "mapping: " + name.title() + " to " + item.title();
    }

    @Override
    public boolean isStructured() {
        return true;
    }

    @Override
    public Optional<Map<String, T>> read(Value value, Spot spot) {
        if (!(value instanceof Value.Fields mapping)) {
            spot.refuse(value, "has to be a mapping, not " + value.kind());
            return Optional.empty();
        }
        Map<String, T> read = new LinkedHashMap<>();
        mapping.fields().forEach((key, field) -> {
            Value.Text text = new Value.Text(field.place(), key, true);
            if (name.read(text, spot).isPresent()) {
                item.read(field, spot.field(key)).ifPresent(v -> read.put(key, v));
            }
        });
        return Optional.of(Collections.unmodifiableMap(read));
    }
}
