package dev.latchkey.server.client;

import dev.latchkey.server.client.MetadataMap.BadMemberException;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the members of a JSON object by their types; one that is null counts as left out. */
record Members(Map<String, Object> map) {
    private static final long MAX_SECONDS = 10L * 365 * 24 * 3600;

    Optional<String> text(String name) {
        return switch (value(name)) {
            case null -> Optional.empty();
            case String text -> Optional.of(text);
            default -> throw new BadMemberException(name, "has to be a string");
        };
    }

    List<String> texts(String name) {
        return texts(name, List.of());
    }

    List<String> texts(String name, List<String> fallback) {
        return switch (value(name)) {
            case null -> fallback;
            case List<?> list
            when list.stream().allMatch(String.class::isInstance) ->
                list.stream().map(String.class::cast).toList();
            default -> throw new BadMemberException(name, "has to be a list of strings");
        };
    }

    boolean flag(String name, boolean fallback) {
        return switch (value(name)) {
            case null -> fallback;
            case Boolean flag -> flag;
            default -> throw new BadMemberException(name, "has to be true or false");
        };
    }

    Optional<Duration> seconds(String name) {
        return switch (value(name)) {
            case null -> Optional.empty();
            case Long seconds when seconds >= 0 && seconds <= MAX_SECONDS -> Optional.of(Duration.ofSeconds(seconds));
            default -> throw new BadMemberException(name, "has to be a number of seconds");
        };
    }

    Optional<Map<String, Object>> object(String name) {
        return switch (value(name)) {
            case null -> Optional.empty();
            case Map<?, ?> object -> {
                Map<String, Object> members = new LinkedHashMap<>(); // what somebody else wrote may have nulls
                object.forEach((key, value) -> members.put((String) key, value));
                yield Optional.of(Collections.unmodifiableMap(members));
            }
            default -> throw new BadMemberException(name, "has to be an object");
        };
    }

    <T> Optional<T> word(String name, Function<String, Optional<T>> named) {
        return text(name).map(text -> known(name, text, named));
    }

    <T> Set<T> words(String name, List<String> fallback, Function<String, Optional<T>> named) {
        return texts(name, fallback).stream()
                .map(text -> known(name, text, named))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static <T> T known(String name, String text, Function<String, Optional<T>> named) {
        return named.apply(text).orElseThrow(() -> new BadMemberException(name, "has a value that is not supported"));
    }

    private @Nullable Object value(String name) {
        return map.get(name);
    }
}
