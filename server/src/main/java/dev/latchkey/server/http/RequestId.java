package dev.latchkey.server.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The id of a request: the caller's where it sent a harmless one, so that the logs of several services can be put together,
 * else a short random one. It is a name and no secret.
 */
final class RequestId {
    private static final byte[] ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz".getBytes(StandardCharsets.US_ASCII);
    private static final int LENGTH = 12;
    private static final int MAX_LENGTH = 64;

    private RequestId() {}

    static String of(Headers headers) {
        List<String> sent = headers.all(Headers.REQUEST_ID);
        return sent.size() == 1 && isHarmless(sent.getFirst()) ? sent.getFirst() : random();
    }

    @SuppressWarnings("deprecation") // this constructor copies ASCII as it is and is the fastest there is
    static String random() {
        long bits = ThreadLocalRandom.current().nextLong();
        byte[] id = new byte[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            id[i] = ALPHABET[(int) bits & 31];
            bits >>>= 5;
        }
        return new String(id, 0);
    }

    private static boolean isHarmless(String id) {
        if (id.isEmpty() || id.length() > MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!plain && c != '.' && c != '_' && c != '-') {
                return false;
            }
        }
        return true;
    }
}
