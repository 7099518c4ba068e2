package dev.latchkey.bench.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.StringJoiner;

/** What one connection sends again and again, and what it takes from the answers. Of one thread. */
public interface Exchange {
    void writeRequest(ByteBuffer out);

    /** Looks at an answer with the status that was asked for; false if it is not the one that was asked for. */
    default boolean read(byte[] answer, int bodyStart, int end) {
        return end > bodyStart;
    }

    /** The status of the answer that was asked for. */
    default int status() {
        return 200;
    }

    /** Whether the answer that was read last ends what is counted as one; a flow takes several. */
    default boolean ends() {
        return true;
    }

    /** The same request every time. */
    static Exchange fixed(byte[] request) {
        return out -> out.put(request);
    }

    static byte[] get(String path, Map<String, String> headers) {
        return bytes(head("GET", path, headers) + "\r\n");
    }

    static byte[] form(String path, Map<String, String> headers, Map<String, String> fields) {
        StringJoiner body = new StringJoiner("&");
        fields.forEach((name, value) -> body.add(name + "=" + encoded(value)));
        return bytes(head("POST", path, headers)
                + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " + body.length() + "\r\n\r\n"
                + body);
    }

    private static String head(String method, String path, Map<String, String> headers) {
        StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        return head.toString();
    }

    private static String encoded(String value) {
        return java.net.URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String ascii) {
        return ascii.getBytes(StandardCharsets.US_ASCII);
    }
}
