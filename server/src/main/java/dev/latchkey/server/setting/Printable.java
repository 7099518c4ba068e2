package dev.latchkey.server.setting;

/** Text from a configuration as it may stand in a one-line message: no control characters, not endless. */
final class Printable {
    private static final int MAX_LENGTH = 60;

    private Printable() {}

    static String of(String text) {
        return text.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** The text in quotes, cut where it is long. */
    static String quoted(String text) {
        int end = text.offsetByCodePoints(0, Math.min(MAX_LENGTH, text.codePointCount(0, text.length())));
        return "\"" + of(text.substring(0, end)) + (end < text.length() ? "…" : "") + "\"";
    }
}
