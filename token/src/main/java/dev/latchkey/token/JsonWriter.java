package dev.latchkey.token;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes compact JSON text that {@link JsonReader} reads back as the same value. */
final class JsonWriter {
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private final StringBuilder out = new StringBuilder(256);

    private JsonWriter() {}

    static String write(@Nullable Object value) {
        JsonWriter writer = new JsonWriter();
        writer.value(value, 0);
        return writer.out.toString();
    }

    private void value(@Nullable Object value, int depth) {
        if (value == null) {
            out.append("null");
        } else if (value instanceof CharSequence text) {
            string(text.toString());
        } else if (value instanceof Number number) {
            number(number);
        } else if (value instanceof Boolean bool) {
            out.append(bool.booleanValue());
        } else if (value instanceof Map<?, ?> members) {
            object(members, deeper(depth));
        } else if (value instanceof Iterable<?> elements) {
            array(elements, deeper(depth));
        } else if (value instanceof Object[] elements) {
            array(Arrays.asList(elements), deeper(depth));
        } else {
            throw new JsonException("JSON has no " + value.getClass().getName());
        }
    }

    private static int deeper(int depth) {
        if (depth == Json.MAX_DEPTH) {
            throw new JsonException("nested deeper than " + Json.MAX_DEPTH);
        }
        return depth + 1;
    }

    private void object(Map<?, ?> members, int depth) {
        out.append('{');
        boolean first = true;
        for (Map.Entry<?, ?> member : members.entrySet()) {
            if (!(member.getKey() instanceof String name)) {
                throw new JsonException("the name of a member is not a string");
            }
            if (!first) {
                out.append(',');
            }
            first = false;
            string(name);
            out.append(':');
            value(member.getValue(), depth);
        }
        out.append('}');
    }

    private void array(Iterable<?> elements, int depth) {
        out.append('[');
        boolean first = true;
        for (Object element : elements) {
            if (!first) {
                out.append(',');
            }
            first = false;
            value(element, depth);
        }
        out.append(']');
    }

    private void number(Number number) {
        if (number instanceof Long || number instanceof Integer || number instanceof Short || number instanceof Byte) {
            out.append(number.longValue());
            return;
        }
        boolean finite =
                (number instanceof Double d && Double.isFinite(d)) || (number instanceof Float f && Float.isFinite(f));
        boolean readable = number instanceof BigInteger
                || (number instanceof BigDecimal decimal && Math.abs((long) decimal.scale()) <= Json.MAX_EXPONENT);
        String text = finite || readable ? number.toString() : "";
        if (text.isEmpty() || text.length() > Json.MAX_NUMBER_CHARS) {
            throw new JsonException("a number that JSON cannot carry, or too long");
        }
        out.append(text);
    }

    private void string(String text) {
        JsonReader.wellFormed(text);
        out.append('"');
        int done = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c != '"' && c != '\\') {
                continue;
            }
            out.append(text, done, i);
            done = i + 1;
            escape(c);
        }
        out.append(text, done, text.length()).append('"');
    }

    private void escape(char c) {
        switch (c) {
            case '"', '\\' -> out.append('\\').append(c);
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> out.append("\\u00").append(HEX[c >> 4]).append(HEX[c & 15]);
        }
    }
}
