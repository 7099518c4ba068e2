package dev.latchkey.server.setting;

/**
 * Where a value was given, as a person finds it again: {@code latchkey.yaml:12}, an environment variable, or
 * {@code --set}.
 *
 * @param label what is printed
 * @param order of places when several are told: the lines of the file, then the other sources
 */
public record Place(String label, int order) {
    private static final int AFTER_LINES = Integer.MAX_VALUE - 3;

    static Place file(String file) {
        return new Place(file, 0);
    }

    static Place line(String file, int line) {
        return new Place(file + ":" + line, line);
    }

    static Place variable(String name) {
        return new Place("environment " + name, AFTER_LINES);
    }

    static Place override() {
        return new Place("--set", AFTER_LINES + 1);
    }

    /** Of what was given nowhere. */
    static Place configuration() {
        return new Place("configuration", AFTER_LINES + 2);
    }

    @Override
    public String toString() {
        return label;
    }
}
