package dev.latchkey.server.http;

import java.nio.charset.StandardCharsets;

/**
 * One header field of an answer, in the bytes that are sent. Its value is printable ASCII, so nothing that a request carried
 * can end a header early and begin another (response splitting, RFC 9110 §5.5). Immutable; one that never changes is best
 * kept in a constant.
 */
public final class HeaderField {
    private final String name;
    private final String value;
    private final byte[] line;

    public HeaderField(String name, String value) {
        if (name.isEmpty() || !name.chars().allMatch(c -> c > 0x20 && c < 0x7f && c != ':')) {
            throw new IllegalArgumentException("not the name of a header field");
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < 0x20 || c > 0x7e) {
                throw new IllegalArgumentException("the value of header " + name + " is not printable ASCII");
            }
        }
        this.name = name;
        this.value = value;
        this.line = (name + ": " + value + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    public String name() {
        return name;
    }

    public String value() {
        return value;
    }

    /** Name, colon, value and line end, as HTTP/1.1 wants them; not to be changed. */
    byte[] line() {
        return line;
    }

    @Override
    public String toString() {
        return name + ": " + value;
    }
}
