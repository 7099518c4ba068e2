package dev.latchkey.guard.corpus;

/** How a token has to be judged. */
enum Expected {
    /** The specifications call it valid. */
    GOOD("accept"),
    /** The specifications say that it is to be refused. */
    BAD("refuse"),
    /**
     * The specifications leave it to whoever verifies, or forbid it only to those who make tokens. It is refused here; a
     * library that accepts it breaks no rule.
     */
    OPEN("refuse (left open)");

    private final String text;

    Expected(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
