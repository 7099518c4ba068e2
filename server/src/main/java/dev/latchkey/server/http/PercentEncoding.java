package dev.latchkey.server.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Decodes the names and values of {@code application/x-www-form-urlencoded}, strictly: percent signs are followed by two hex
 * digits, the bytes are valid UTF-8, and there is no NUL, which some stores and libraries take for the end of a text.
 */
final class PercentEncoding {
    private PercentEncoding() {}

    /**
     * Decodes a part of a text whose characters are bytes (0–255).
     *
     * @throws MalformedFormException if it is not strictly encoded
     */
    static String decodeForm(String text, int start, int end) {
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c == '%' || c == '+' || c > 0x7e || c < 0x20) {
                return decodeSlowly(text, start, end);
            }
        }
        return text.substring(start, end);
    }

    private static String decodeSlowly(String text, int start, int end) {
        byte[] bytes = new byte[end - start];
        int length = 0;
        int at = start;
        while (at < end) {
            char c = text.charAt(at++);
            int decoded = c;
            if (c == '+') {
                decoded = ' ';
            } else if (c == '%') {
                if (at + 2 > end) {
                    throw new MalformedFormException("a percent sign without two hex digits");
                }
                decoded = hex(text.charAt(at)) << 4 | hex(text.charAt(at + 1));
                at += 2;
            }
            if (decoded == 0) {
                throw new MalformedFormException("a NUL character");
            }
            if (decoded > 0xff) {
                throw new MalformedFormException("a character that is not encoded");
            }
            bytes[length++] = (byte) decoded;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedFormException("bytes that are not UTF-8");
        }
    }

    private static int hex(char c) {
        int digit = c < 0x80 ? Character.digit(c, 16) : -1;
        if (digit < 0) {
            throw new MalformedFormException("a percent sign without two hex digits");
        }
        return digit;
    }
}
