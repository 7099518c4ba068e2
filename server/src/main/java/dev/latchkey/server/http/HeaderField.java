package dev.latchkey.server.http;

/**
 * One header field of an answer. Its value is printable ASCII, so nothing that a request carried can end a header early and
 * begin another (response splitting, RFC 9110 §5.5).
 *
 * @param name the name, spelled as it is sent
 * @param value the value
 */
public record HeaderField(String name, String value) {
    public HeaderField {
        if (name.isEmpty() || !name.chars().allMatch(c -> c > 0x20 && c < 0x7f && c != ':')) {
            throw new IllegalArgumentException("not the name of a header field");
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < 0x20 || c > 0x7e) {
                throw new IllegalArgumentException("the value of header " + name + " is not printable ASCII");
            }
        }
    }
}
