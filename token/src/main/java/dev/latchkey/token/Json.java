package dev.latchkey.token;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Strict JSON, as tokens and keys need it: one text has one meaning.
 *
 * <p>Refused: names that occur twice, anything after the value, text that is not valid UTF-8, lone surrogates, and
 * whatever exceeds {@link #MAX_CHARS}, {@link #MAX_DEPTH} or {@link #MAX_NUMBER_CHARS}. Whole numbers are {@link Long} or
 * {@link java.math.BigInteger}, others {@link java.math.BigDecimal}; objects keep their order; what is returned cannot be
 * modified. All methods are safe for use by many threads.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8259">RFC 8259</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7493">RFC 7493, I-JSON</a>
 */
public final class Json {
    /** The longest text that is read. */
    public static final int MAX_CHARS = 1 << 20;
    /** How deep arrays and objects may be nested, reading and writing. */
    public static final int MAX_DEPTH = 32;
    /** The longest number, in characters; its exponent may be at most {@link #MAX_EXPONENT}. */
    public static final int MAX_NUMBER_CHARS = 100;
    /** The largest power of ten of a number, up or down. */
    public static final int MAX_EXPONENT = 1000;

    private Json() {}

    /**
     * The members of the object that the text is.
     *
     * @throws JsonException if it is anything else
     */
    public static Map<String, Object> parseObject(String text) {
        return JsonReader.object(text);
    }

    /**
     * The members of the object that these UTF-8 bytes are.
     *
     * @throws JsonException if they are anything else
     */
    public static Map<String, Object> parseObject(byte[] utf8) {
        return JsonReader.object(decode(utf8));
    }

    /**
     * The value that the text is: {@link Map}, {@link java.util.List}, {@link String}, number, {@link Boolean} or null.
     *
     * @throws JsonException if it is none
     */
    public static @Nullable Object parse(String text) {
        return JsonReader.value(text);
    }

    /**
     * The value as compact JSON text.
     *
     * @param value a {@link Map} with string keys, {@link Iterable}, array of objects, {@link CharSequence}, {@link Number},
     *     {@link Boolean} or null, and of these only
     * @throws JsonException if it holds something else, a lone surrogate, or a number that is not finite
     */
    public static String write(@Nullable Object value) {
        return JsonWriter.write(value);
    }

    private static String decode(byte[] utf8) {
        if (isAscii(utf8)) {
            return new String(utf8, StandardCharsets.ISO_8859_1);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new JsonException("not valid UTF-8");
        }
    }

    private static boolean isAscii(byte[] bytes) {
        byte seen = 0;
        for (byte b : bytes) {
            seen |= b;
        }
        return seen >= 0;
    }
}
