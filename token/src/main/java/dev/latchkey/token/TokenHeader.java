package dev.latchkey.token;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rules for a JOSE header. What would fetch or bring a key ({@code jku}, {@code jwk}, {@code x5u}, {@code x5c}) is
 * never looked at.
 */
final class TokenHeader {
    private static final List<String> TEXTS = List.of("alg", "kid", "typ", "cty");

    private TokenHeader() {}

    /** @throws TokenRefusedException if it is malformed */
    static Map<String, Object> parse(byte[] json) {
        Map<String, Object> header = CompactToken.object(json, "header");
        for (String name : TEXTS) {
            if (header.containsKey(name) && !(header.get(name) instanceof String)) {
                throw CompactToken.malformed("the token's " + name + " is not a string");
            }
        }
        if (!header.containsKey("alg")) {
            throw CompactToken.malformed("the token's header names no algorithm (alg)"); // RFC 7515 §4.1.1
        }
        if (header.containsKey("crit")) {
            throw CompactToken.malformed(
                    "the token has critical header parameters (crit), and none is supported"); // §4.1.11
        }
        if (header.containsKey("b64") && !Boolean.TRUE.equals(header.get("b64"))) {
            throw CompactToken.malformed("unencoded payloads (b64) are not supported"); // RFC 7797 §3
        }
        if (header.containsKey("enc")) {
            throw CompactToken.malformed("the token's header is that of an encrypted one (enc)"); // RFC 7516 §9
        }
        String contentType = optionalText(header, "cty");
        if (contentType != null && mediaType(contentType).equals("jwt")) {
            throw CompactToken.malformed("a token inside a token is not supported"); // RFC 7519 §5.2
        }
        return header;
    }

    static String text(Map<String, Object> header, String name) {
        return String.valueOf(header.get(name));
    }

    static @Nullable String optionalText(Map<String, Object> header, String name) {
        return header.get(name) instanceof String text ? text : null;
    }

    /** The type without what may be left out and may differ: {@code application/} and case (RFC 7515 §4.1.9). */
    static String mediaType(String type) {
        String lower = type.toLowerCase(Locale.ROOT);
        String prefix = "application/";
        boolean short_ = lower.startsWith(prefix) && lower.indexOf('/', prefix.length()) < 0;
        return short_ ? lower.substring(prefix.length()) : lower;
    }
}
