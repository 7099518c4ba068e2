package dev.latchkey.server.setting;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A list of one type. One line of text counts as a list whose items are separated by commas, so that a variable can. */
record ListType<T>(Type<T> item) implements Type<List<T>> {
    @Override
    public String title() {
        return "list: " + item.title();
    }

    @Override
    public boolean isStructured() {
        return item.isStructured();
    }

    @Override
    public Optional<List<T>> read(Value value, Spot spot) {
        List<Value> values = switch (value) {
            case Value.Items items -> items.items();
            case Value.Text text -> split(text);
            case Value.Fields _, Value.Nothing _ -> {
                spot.refuse(value, "has to be a list, not " + value.kind());
                yield List.of();
            }
        };
        List<T> read = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            item.read(values.get(i), spot.item(i)).ifPresent(read::add);
        }
        return Optional.of(List.copyOf(read));
    }

    private static List<Value> split(Value.Text text) {
        List<Value> parts = new ArrayList<>();
        for (String part : text.text().split(",", -1)) {
            if (!part.isBlank()) {
                parts.add(new Value.Text(text.place(), part.strip(), text.quotable()));
            }
        }
        return parts;
    }
}
