package dev.latchkey.server.http;

import io.helidon.http.Status;
import java.nio.charset.StandardCharsets;

/**
 * An answer in the bytes of HTTP/1.1, all of them in one array, so that they leave in one write. The web server's own way of
 * sending collects headers in maps first and costs about as much as the rest of a small request.
 */
final class WireAnswer {
    private static final byte[][] STATUS_LINES = new byte[600][];
    private static final byte[] DATE = ascii("Date: ");
    private static final byte[] REQUEST_ID = ascii("\r\nX-Request-Id: ");
    private static final byte[] CONTENT_LENGTH = ascii("\r\nContent-Length: ");
    private static final byte[] CLOSE = ascii("\r\nConnection: close");
    private static final byte[] END = ascii("\r\n\r\n");
    private static final int MAX_LENGTH_DIGITS = 10;

    static {
        for (int status = 200; status < STATUS_LINES.length; status++) {
            STATUS_LINES[status] =
                    ascii("HTTP/1.1 " + status + " " + Status.create(status).reasonPhrase() + "\r\n");
        }
    }

    private final byte[] bytes;
    private int length;

    private WireAnswer(int capacity) {
        this.bytes = new byte[capacity];
    }

    /**
     * Writes an answer.
     *
     * @param date the value of {@code Date}
     * @param id the id of the request
     * @param withBody whether the body is sent; an answer to HEAD says only how long it would be (RFC 9110 §9.3.2)
     * @param close whether the connection ends with it
     */
    static WireAnswer of(Response response, String date, String id, boolean withBody, boolean close) {
        byte[] body = response.body();
        byte[] statusLine = STATUS_LINES[response.status()];
        int capacity = statusLine.length
                + DATE.length
                + date.length()
                + REQUEST_ID.length
                + id.length()
                + CONTENT_LENGTH.length
                + MAX_LENGTH_DIGITS
                + CLOSE.length
                + END.length;
        for (HeaderField field : response.headers()) {
            capacity += field.line().length;
        }
        WireAnswer answer = new WireAnswer(withBody ? capacity + body.length : capacity);
        answer.put(statusLine);
        for (HeaderField field : response.headers()) {
            answer.put(field.line());
        }
        answer.put(DATE);
        answer.put(date);
        answer.put(REQUEST_ID);
        answer.put(id);
        if (response.status() != 204 && response.status() != 304) { // RFC 9110 §8.6
            answer.put(CONTENT_LENGTH);
            answer.put(body.length);
        }
        if (close) {
            answer.put(CLOSE);
        }
        answer.put(END);
        if (withBody) {
            answer.put(body);
        }
        return answer;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    private void put(byte[] part) {
        System.arraycopy(part, 0, bytes, length, part.length);
        length += part.length;
    }

    @SuppressWarnings("deprecation") // copies ASCII as it is
    private void put(String ascii) {
        ascii.getBytes(0, ascii.length(), bytes, length);
        length += ascii.length();
    }

    private void put(int number) {
        put(Integer.toString(number));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
