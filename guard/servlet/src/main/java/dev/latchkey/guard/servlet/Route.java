package dev.latchkey.guard.servlet;

import dev.latchkey.guard.Access;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the requests to a path ask of their caller.
 *
 * @param method null for all; a route of GET is one of HEAD too
 * @param segments of the path; one in braces stands for any, and {@code *} at the end for any number of them
 * @param access null where requests are not looked at
 */
record Route(
        @Nullable String method,
        List<String> segments,
        @Nullable Access access) {
    private static final Pattern METHOD = Pattern.compile("[A-Z]+");
    private static final Pattern SEGMENT = Pattern.compile("[^{}]*|\\{[^{}]+\\}");

    Route {
        segments = List.copyOf(segments);
    }

    /** @param pattern {@code GET /orders/{id}}, {@code /admin/*} */
    static Route of(String pattern, @Nullable Access access) {
        int space = pattern.indexOf(' ');
        String path = pattern.substring(space + 1).strip();
        int star = path.indexOf('*');
        if (!path.startsWith("/") || (star >= 0 && (star != path.length() - 1 || path.charAt(star - 1) != '/'))) {
            throw new IllegalArgumentException("a path begins with a slash, and a star ends it after one: " + pattern);
        }
        String method = space < 0 ? null : pattern.substring(0, space);
        if (method != null && (!METHOD.matcher(method).matches() || method.equals("HEAD"))) {
            throw new IllegalArgumentException("a method has capital letters, and GET is HEAD too: " + pattern);
        }
        List<String> segments = segments(path);
        if (!segments.stream().allMatch(segment -> SEGMENT.matcher(segment).matches())) {
            throw new IllegalArgumentException("braces stand around a whole segment: " + pattern);
        }
        return new Route(method, segments, access);
    }

    boolean matches(String requestMethod, List<String> path) {
        if (method != null && !method.equals(requestMethod.equals("HEAD") ? "GET" : requestMethod)) {
            return false;
        }
        for (int i = 0; i < segments.size(); i++) {
            String wanted = segments.get(i);
            if (wanted.equals("*")) {
                return true;
            }
            if (i == path.size() || !(wanted.startsWith("{") || wanted.equals(path.get(i)))) {
                return false;
            }
        }
        return segments.size() == path.size();
    }

    /** Without a slash at the end: many frameworks take {@code /admin/} for {@code /admin}, and so must its protection. */
    static List<String> segments(String path) {
        String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return trimmed.isEmpty() ? List.of() : List.of(trimmed.substring(1).split("/", -1));
    }
}
