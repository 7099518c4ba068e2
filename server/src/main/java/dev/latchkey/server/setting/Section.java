package dev.latchkey.server.setting;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Known keys with the values given for them: the whole configuration, or one user or client. Unknown keys are reported
 * when it is made, wrong values when they are asked for.
 */
final class Section {
    private final Place place;
    private final Map<String, Value> values;
    private final String prefix;
    private final Problems problems;

    private Section(Place place, Map<String, Value> values, String prefix, Problems problems) {
        this.place = place;
        this.values = values;
        this.prefix = prefix;
        this.problems = problems;
    }

    static Section of(Value.Fields mapping, String prefix, List<Key<?>> keys, Problems problems) {
        List<String> names = keys.stream().map(Key::name).toList();
        Map<String, Value> known = new LinkedHashMap<>();
        mapping.fields().forEach((name, value) -> {
            if (names.contains(name)) {
                known.put(name, value);
            } else {
                problems.add(value.place(), prefix + Printable.of(name), Nearest.unknownKey(name, names));
            }
        });
        return new Section(mapping.place(), known, prefix, problems);
    }

    /** The value given, or the default of the key; also the default where the value is refused, to read on. */
    <T> T get(Key<T> key) {
        return find(key)
                .or(() -> fallback(key))
                .orElseThrow(() -> new IllegalStateException(key.name() + " has no default"));
    }

    <T> Optional<T> find(Key<T> key) {
        Value value = values.get(key.name());
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof Value.Nothing) {
            problems.add(value.place(), prefix + key.name(), "has no value");
            return Optional.empty();
        }
        return key.type().read(value, new Type.Spot(prefix + key.name(), key.secret(), problems));
    }

    /** Like {@link #find}, and a problem where the key is absent. */
    <T> Optional<T> require(Key<T> key) {
        if (!isGiven(key)) {
            problems.add(place, prefix + key.name(), "is missing");
        }
        return find(key);
    }

    boolean isGiven(Key<?> key) {
        return values.containsKey(key.name());
    }

    /** Reports what is wrong with a value only in view of others. */
    void refuse(Key<?> key, String reason) {
        Value value = values.get(key.name());
        problems.add(value == null ? place : value.place(), prefix + key.name(), reason);
    }

    private static <T> Optional<T> fallback(Key<T> key) {
        Problems impossible = new Problems();
        Optional<T> value = key.fallback()
                .flatMap(text -> key.type()
                        .read(
                                new Value.Text(Place.configuration(), text, true),
                                new Type.Spot(key.name(), false, impossible)));
        if (!impossible.isEmpty()) {
            throw new IllegalStateException(impossible.all().toString());
        }
        return value;
    }
}
