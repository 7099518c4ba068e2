package dev.latchkey.server.push;

import dev.latchkey.server.client.ClientSecret;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The {@code request_uri} of a pushed request: 256 random bits behind the URN of RFC 9126 §2.2, so that it cannot be guessed
 * (§7.1). Only its hash is kept.
 *
 * @param value the whole URI
 */
public record RequestUri(String value) {
    private static final String PREFIX = "urn:ietf:params:oauth:request_uri:";
    private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{43}");

    /** A new one. */
    static RequestUri generate(SecureRandom random) {
        return new RequestUri(PREFIX + ClientSecret.generate(random));
    }

    /** Whether the text names a pushed request, of whatever server; any other URI would name a request object. */
    public static boolean isPushed(String text) {
        return text.startsWith(PREFIX);
    }

    /** The hash by which a request is kept; empty for what no push was ever answered by. */
    static Optional<String> hash(String text) {
        return Optional.of(text)
                .filter(RequestUri::isPushed)
                .map(uri -> uri.substring(PREFIX.length()))
                .filter(secret -> SECRET.matcher(secret).matches())
                .map(ClientSecret::hash);
    }

    String hash() {
        return hash(value).orElseThrow();
    }

    @Override
    public String toString() {
        return "RequestUri";
    }
}
