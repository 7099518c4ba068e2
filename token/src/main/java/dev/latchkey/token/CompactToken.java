package dev.latchkey.token;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A token taken apart and not yet believed: three canonical base64url parts and a sound header. There is one spelling for
 * each token and each of its parts.
 *
 * @param characters the token in ASCII
 * @param signedLength how many of them the signature covers
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7515#section-5.2">RFC 7515 §5.2</a>
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never leaves the package
record CompactToken(byte[] characters, int signedLength, Map<String, Object> header, byte[] payload, byte[] signature) {
    static final int DEFAULT_MAX_LENGTH = 16 * 1024;

    /** @throws TokenRefusedException if it is malformed */
    static CompactToken parse(String token, int maxLength) {
        return parse(token, maxLength, null);
    }

    /**
     * Reads a token whose header may be one that was read before.
     *
     * @throws TokenRefusedException if it is malformed
     */
    static CompactToken parse(String token, int maxLength, @Nullable KnownHeader known) {
        if (token.length() > maxLength) {
            throw malformed("the token is longer than " + maxLength + " characters");
        }
        // what is not Latin-1 becomes '?', which base64url does not have either
        byte[] characters = token.getBytes(StandardCharsets.ISO_8859_1);
        if (characters.length != token.length()) {
            // a pair of surrogates becomes one '?', and no position in the text would be one in the bytes
            throw malformed("the token has characters that base64url does not have");
        }
        int first = token.indexOf('.');
        int second = token.indexOf('.', first + 1);
        if (first < 0 || second < 0 || token.indexOf('.', second + 1) >= 0) {
            throw malformed("a signed token has three parts"); // RFC 7515 §7.1; JWE has five
        }
        Map<String, Object> header = known != null && known.begins(token)
                ? known.members()
                : TokenHeader.parse(part(characters, 0, first, "header"));
        byte[] payload = part(characters, first + 1, second, "payload");
        byte[] signature = part(characters, second + 1, characters.length, "signature");
        return new CompactToken(characters, second, header, payload, signature);
    }

    private static byte[] part(byte[] characters, int from, int to, String name) {
        byte[] bytes = Base64Url.decode(characters, from, to);
        if (bytes == null) {
            throw malformed("the token's " + name + " is not canonical base64url");
        }
        return bytes;
    }

    static Map<String, Object> object(byte[] json, String name) {
        try {
            return Json.parseObject(json);
        } catch (JsonException e) {
            throw malformed("the token's " + name + " is unsound: " + e.getMessage());
        }
    }

    static TokenRefusedException malformed(String message) {
        return new TokenRefusedException(RefusalReason.MALFORMED, message);
    }

    /** Its header, to be recognised when it comes again. */
    KnownHeader knownHeader() {
        int end = 0;
        while (characters[end] != '.') {
            end++;
        }
        return new KnownHeader(new String(characters, 0, end, StandardCharsets.ISO_8859_1), header);
    }

    /** A header that was found to be sound, as it is spelled and what it says: an issuer's tokens all begin the same. */
    record KnownHeader(String part, Map<String, Object> members) {
        boolean begins(String token) {
            return token.startsWith(part) && token.startsWith(".", part.length());
        }
    }

    String algorithmName() {
        return TokenHeader.text(header, "alg");
    }
}
