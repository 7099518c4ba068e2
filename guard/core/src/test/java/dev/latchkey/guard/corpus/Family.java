package dev.latchkey.guard.corpus;

import java.util.ArrayList;
import java.util.List;

/** Collects the cases of one family. */
final class Family {
    private final String title;
    private final List<Case> cases = new ArrayList<>();

    Family(String title) {
        this.title = title;
    }

    Family good(String name, String token, String why) {
        return add(name, token, Expected.GOOD, "ES256", why);
    }

    Family good(String algorithm, String name, String token, String why) {
        return add(name, token, Expected.GOOD, algorithm, why);
    }

    Family bad(String name, String token, String why) {
        return add(name, token, Expected.BAD, "ES256", why);
    }

    Family bad(String algorithm, String name, String token, String why) {
        return add(name, token, Expected.BAD, algorithm, why);
    }

    Family open(String name, String token, String why) {
        return add(name, token, Expected.OPEN, "ES256", why);
    }

    private Family add(String name, String token, Expected expected, String algorithm, String why) {
        cases.add(new Case(title, name, token, expected, algorithm, why));
        return this;
    }

    List<Case> cases() {
        return List.copyOf(cases);
    }
}
