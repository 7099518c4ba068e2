package dev.latchkey.bench.load;

import java.nio.charset.StandardCharsets;

/** Finds its way through the bytes of an HTTP/1.1 answer with as little work as possible. */
final class Answer {
    private static final int STATUS = "HTTP/1.1 ".length();
    private static final int AFTER_NAME = "Content-Length:".length();

    private Answer() {}

    static int status(byte[] bytes) {
        return (bytes[STATUS] - '0') * 100 + (bytes[STATUS + 1] - '0') * 10 + bytes[STATUS + 2] - '0';
    }

    /** Where the body begins; -1 while the head is not all there. */
    static int bodyStart(byte[] bytes, int end) {
        for (int i = 3; i < end; i++) {
            if (bytes[i] == '\n' && bytes[i - 2] == '\n') {
                return i + 1;
            }
        }
        return -1;
    }

    /** The value of Content-Length; 0 where there is none. */
    static int contentLength(byte[] bytes, int bodyStart) {
        for (int i = 0; i < bodyStart - AFTER_NAME; i++) {
            if (bytes[i] == '\n' && isContentLength(bytes, i + 1)) {
                return number(bytes, i + 1 + AFTER_NAME);
            }
        }
        return 0;
    }

    /** No other header has these letters at these places. */
    private static boolean isContentLength(byte[] bytes, int start) {
        return (bytes[start] | 0x20) == 'c' && (bytes[start + 8] | 0x20) == 'l' && bytes[start + 14] == ':';
    }

    private static int number(byte[] bytes, int start) {
        int at = start;
        while (bytes[at] == ' ') {
            at++;
        }
        int number = 0;
        for (; bytes[at] >= '0' && bytes[at] <= '9'; at++) {
            number = number * 10 + bytes[at] - '0';
        }
        return number;
    }

    /** Where the value of a string member begins in compact JSON; -1 if it is not there. */
    static int valueOf(String member, byte[] bytes, int from, int end) {
        byte[] name = ("\"" + member + "\":\"").getBytes(StandardCharsets.US_ASCII);
        for (int i = from; i <= end - name.length; i++) {
            int matched = 0;
            while (matched < name.length && bytes[i + matched] == name[matched]) {
                matched++;
            }
            if (matched == name.length) {
                return i + matched;
            }
        }
        return -1;
    }
}
