package dev.latchkey.token;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Canonical base64url: no padding, no white space, no stray bits, so that bytes have exactly one spelling.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7515#section-2">RFC 7515 §2</a>
 */
final class Base64Url {
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private Base64Url() {}

    static String encode(byte[] bytes) {
        return ENCODER.encodeToString(bytes);
    }

    static byte[] encodeToBytes(byte[] bytes) {
        return ENCODER.encode(bytes);
    }

    /** The bytes, or null if the text is not their canonical spelling. */
    static byte @Nullable [] decode(String text) {
        byte[] characters = text.getBytes(StandardCharsets.ISO_8859_1);
        return decode(characters, 0, characters.length);
    }

    /** The bytes, or null if the characters {@code from} to {@code to} are not their canonical spelling. */
    static byte @Nullable [] decode(byte[] characters, int from, int to) {
        int length = to - from;
        if (length == 0) {
            return new byte[0];
        }
        int last = ALPHABET.indexOf(characters[to - 1]);
        boolean strayBits = switch (length & 3) {
            case 0 -> false;
            case 2 -> (last & 0b1111) != 0;
            case 3 -> (last & 0b11) != 0;
            default -> true; // one character over cannot hold a byte
        };
        if (last < 0 || strayBits) {
            return null; // '=' at the end has no place in the alphabet either
        }
        try {
            return DECODER.decode(Arrays.copyOfRange(characters, from, to));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
