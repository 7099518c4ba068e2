package dev.latchkey.server.setting;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A mapping of known keys: a user, a client.
 *
 * @param title for the reference page
 * @param keys what it may hold
 * @param reader makes the record; empty where that is impossible, which it has then reported
 */
record RecordType<T>(String title, List<Key<?>> keys, Function<Section, Optional<T>> reader) implements Type<T> {
    @Override
    public boolean isStructured() {
        return true;
    }

    @Override
    public Optional<T> read(Value value, Spot spot) {
        if (!(value instanceof Value.Fields mapping)) {
            spot.refuse(value, "has to be a mapping, not " + value.kind());
            return Optional.empty();
        }
        return reader.apply(Section.of(mapping, spot.key() + ".", keys, spot.problems()));
    }
}
