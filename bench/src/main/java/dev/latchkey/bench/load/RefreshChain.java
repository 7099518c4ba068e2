package dev.latchkey.bench.load;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;

/** A session's chain of refresh tokens: each answer brings the token of the next request. */
final class RefreshChain implements Exchange {
    private final byte[] request;
    private final int tokenStart;
    private final byte[] previous;

    RefreshChain(String refreshToken) {
        request = Exchange.form(
                "/token",
                Map.of(),
                new java.util.TreeMap<>(Map.of("grant_type", "refresh_token", "refresh_token", refreshToken)));
        tokenStart = request.length - refreshToken.length();
        previous = Arrays.copyOfRange(request, tokenStart, request.length);
    }

    @Override
    public void writeRequest(ByteBuffer out) {
        out.put(request);
    }

    @Override
    public boolean read(byte[] answer, int bodyStart, int end) {
        int start = Answer.valueOf("refresh_token", answer, bodyStart, end);
        int length = request.length - tokenStart;
        if (start < 0 || start + length >= end || answer[start + length] != '"') {
            return false;
        }
        System.arraycopy(answer, start, request, tokenStart, length);
        boolean next = !Arrays.equals(previous, 0, length, request, tokenStart, request.length);
        System.arraycopy(request, tokenStart, previous, 0, length);
        return next;
    }
}
