package dev.latchkey.token;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/** Reads JSON text: Jackson finds the tokens, this class keeps the rules that Jackson leaves open. */
final class JsonReader {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxDocumentLength(Json.MAX_CHARS)
                    .maxStringLength(Json.MAX_CHARS)
                    .maxNameLength(Json.MAX_CHARS)
                    .maxNestingDepth(Json.MAX_DEPTH)
                    .maxNumberLength(Json.MAX_NUMBER_CHARS)
                    .build())
            // names come from strangers: nothing of them is kept beyond the one text
            .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .build();

    private final JsonParser parser;

    private JsonReader(JsonParser parser) {
        this.parser = parser;
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> object(String text) {
        if (value(text) instanceof Map<?, ?> object) {
            return (Map<String, Object>) object;
        }
        throw new JsonException("not a JSON object");
    }

    static @Nullable Object value(String text) {
        if (text.length() > Json.MAX_CHARS) {
            throw new JsonException("JSON text is longer than " + Json.MAX_CHARS + " characters");
        }
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            return new JsonReader(parser).document();
        } catch (JacksonException e) {
            // its own message quotes the text
            throw new JsonException(
                    e.getLocation() == null
                            ? "not valid JSON"
                            : "not valid JSON near character " + e.getLocation().getCharOffset());
        }
    }

    private @Nullable Object document() {
        JsonToken first = parser.nextToken();
        if (first == null) {
            throw new JsonException("JSON text is empty");
        }
        Object value = valueOf(first);
        if (parser.nextToken() != null) {
            throw new JsonException("JSON text goes on after its value");
        }
        return value;
    }

    private @Nullable Object valueOf(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> readObject();
            case START_ARRAY -> readArray();
            case VALUE_STRING -> wellFormed(parser.getString());
            case VALUE_NUMBER_INT -> readInteger();
            case VALUE_NUMBER_FLOAT -> readDecimal();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT ->
                throw new JsonException("not valid JSON");
        };
    }

    private Map<String, @Nullable Object> readObject() {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            int before = members.size();
            members.put(wellFormed(name), valueOf(parser.nextToken()));
            if (members.size() == before) {
                throw new JsonException("a name occurs twice in a JSON object"); // RFC 7519 §4, RFC 7493 §2.3
            }
        }
        return Collections.unmodifiableMap(members);
    }

    private List<@Nullable Object> readArray() {
        List<@Nullable Object> elements = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            elements.add(valueOf(token));
        }
        return Collections.unmodifiableList(elements);
    }

    private Number readInteger() {
        return switch (parser.getNumberType()) {
            case INT, LONG -> parser.getLongValue();
            case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL -> writable(parser.getBigIntegerValue());
        };
    }

    private Number readDecimal() {
        try {
            BigDecimal decimal = parser.getDecimalValue();
            if (decimal.scale() == 0) {
                return wholeNumber(decimal.unscaledValue());
            }
            if (Math.abs((long) decimal.scale()) <= Json.MAX_EXPONENT) {
                return writable(decimal);
            }
        } catch (NumberFormatException e) {
            // an exponent that no int holds
        }
        throw new JsonException("a number's exponent is beyond " + Json.MAX_EXPONENT);
    }

    /** As if it had been written without an exponent: 1e0 is written as 1, and has to be the same when that is read. */
    private static Number wholeNumber(BigInteger number) {
        if (number.bitLength() < Long.SIZE) {
            return number.longValue();
        }
        return writable(number);
    }

    /** The number, if it is not longer as {@link JsonWriter} writes it: with its sign, and with zeros in place of an exponent. */
    private static Number writable(Number number) {
        if (number.toString().length() > Json.MAX_NUMBER_CHARS) {
            throw new JsonException("a number is longer than " + Json.MAX_NUMBER_CHARS + " characters");
        }
        return number;
    }

    /** The text itself, if no half of a surrogate pair stands alone in it. */
    static String wellFormed(String text) {
        boolean open = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (open != Character.isLowSurrogate(c)) {
                throw loneSurrogate();
            }
            open = Character.isHighSurrogate(c);
        }
        if (open) {
            throw loneSurrogate();
        }
        return text;
    }

    private static JsonException loneSurrogate() {
        return new JsonException("a string holds a lone surrogate"); // RFC 7493 §2.1
    }
}
