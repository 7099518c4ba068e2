package dev.latchkey.server.protocol;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * What an authorization answer carries: {@code response_type} (OAuth 2.0 Multiple Response Type Encoding Practices §3, §5).
 * There is none that puts an access token into the front channel (RFC 9700 §2.1.2).
 */
public enum ResponseType {
    CODE("code", ResponseMode.QUERY),
    ID_TOKEN("id_token", ResponseMode.FRAGMENT),
    CODE_ID_TOKEN("code id_token", ResponseMode.FRAGMENT);

    private final String value;
    private final ResponseMode defaultMode;

    ResponseType(String value, ResponseMode defaultMode) {
        this.value = value;
        this.defaultMode = defaultMode;
    }

    /** The type with these words, in whatever order they stand. */
    public static Optional<ResponseType> named(String value) {
        Set<String> words = Set.copyOf(Arrays.asList(value.split(" ", -1)));
        return Arrays.stream(values())
                .filter(type ->
                        Set.of(type.value.split(" ", -1)).equals(words) && type.value.length() == value.length())
                .findFirst();
    }

    public boolean hasCode() {
        return this != ID_TOKEN;
    }

    /** Whether an ID token goes through the browser. */
    public boolean hasIdToken() {
        return this != CODE;
    }

    /** How the answer is sent unless the request says it. */
    public ResponseMode defaultMode() {
        return defaultMode;
    }

    /** Whether the mode may carry it: an ID token never stands in a query (Multiple Response Types §5). */
    public boolean allows(ResponseMode mode) {
        return mode != ResponseMode.QUERY || !hasIdToken();
    }

    @Override
    public String toString() {
        return value;
    }
}
