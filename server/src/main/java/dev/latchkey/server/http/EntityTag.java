package dev.latchkey.server.http;

import java.util.stream.Stream;

/**
 * Names one state of a resource, so that whoever has it already is spared it (RFC 9110 §8.8.3). A weak one: two answers with
 * the same tag mean the same, and may differ in their bytes.
 *
 * @param opaque visible characters other than quotes
 */
public record EntityTag(String opaque) {
    private static final String WEAK = "W/";

    /** The value of {@code ETag}. */
    public String headerValue() {
        return WEAK + quoted();
    }

    private String quoted() {
        return '"' + opaque + '"';
    }

    /** Whether the request says that it has this state, by the weak comparison (RFC 9110 §13.1.2). */
    public boolean isKnownTo(Headers headers) {
        return headers.all(Headers.IF_NONE_MATCH).stream()
                .flatMap(value -> Stream.of(value.split(",", -1)))
                .map(String::strip)
                .anyMatch(tag -> tag.equals("*")
                        || (tag.startsWith(WEAK) ? tag.substring(WEAK.length()) : tag).equals(quoted()));
    }
}
