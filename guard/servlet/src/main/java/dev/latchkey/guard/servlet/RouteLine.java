package dev.latchkey.guard.servlet;

import dev.latchkey.guard.Access;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A route as {@code web.xml} has it.
 *
 * @param access null where requests are not looked at
 */
record RouteLine(String pattern, @Nullable Access access) {
    /** @throws IllegalArgumentException if the line says nothing, or something else */
    static RouteLine parse(String line) {
        List<String> words = new ArrayList<>(Arrays.asList(line.strip().split("\\s+", -1)));
        String pattern = words.remove(0);
        if (!pattern.startsWith("/") && !words.isEmpty()) {
            pattern += ' ' + words.remove(0);
        }
        if (words.isEmpty()) {
            throw new IllegalArgumentException("a route says what it asks for: " + line.strip());
        }
        if (words.equals(List.of("open"))) {
            return new RouteLine(pattern, null);
        }
        Access access = Access.authenticated();
        for (String word : words) {
            access = with(access, word);
        }
        if (!access.required() && words.size() > 1) {
            throw new IllegalArgumentException("what is optional asks for nothing: " + line.strip());
        }
        return new RouteLine(pattern, access);
    }

    private static Access with(Access access, String word) {
        int equals = word.indexOf('=');
        String name = equals < 0 ? word : word.substring(0, equals);
        String value = word.substring(equals + 1);
        if (equals < 0 && name.equals("authenticated")) {
            return access;
        }
        if (equals < 0 && name.equals("optional")) {
            return Access.optional();
        }
        if (equals < 0 || value.isEmpty()) {
            throw new IllegalArgumentException("not what a route can ask for: " + word);
        }
        return switch (name) {
            case "scopes" -> access.scopes(value.split(",", -1));
            case "roles" -> access.roles(value.split(",", -1));
            case "acr" -> access.acr(value.split(",", -1));
            case "max-age" -> access.maxAge(Duration.ofSeconds(Long.parseLong(value)));
            default -> throw new IllegalArgumentException("not what a route can ask for: " + word);
        };
    }

    GuardFilter addTo(GuardFilter filter) {
        return access == null ? filter.open(pattern) : filter.protect(pattern, access);
    }
}
