package dev.latchkey.server.setting;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects problems while reading goes on, so that all are told at once. Not safe for use by several threads. */
final class Problems {
    private static final int MAX_REPORTED = 200;

    private final List<Problem> found = new ArrayList<>();

    void add(Place place, String key, String reason) {
        if (found.size() < MAX_REPORTED) {
            found.add(new Problem(place, key, Printable.of(reason)));
        }
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    /** In the order of their places. */
    List<Problem> all() {
        return found.stream()
                .sorted(Comparator.comparingInt(problem -> problem.place().order()))
                .toList();
    }
}
