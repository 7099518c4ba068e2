package dev.latchkey.bench.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A user who is signed in and has allowed the application before: authorization request → code → tokens → user info, again
 * and again; the three requests count as one.
 */
final class CodeFlow implements Exchange {
    private static final byte[] LOCATION_CODE = "code=".getBytes(StandardCharsets.US_ASCII);
    private static final int CODE_CHARACTERS = 43;

    private final byte[] authorization;
    private final byte[] redemption;
    private final int codeStart;
    private byte[] userInfo = {};
    private Step step = Step.AUTHORIZE;
    private boolean ended;

    private enum Step {
        AUTHORIZE,
        REDEEM,
        USER_INFO
    }

    /**
     * A flow.
     *
     * @param path of the authorization request, with its query
     * @param cookie by which the browser is known
     * @param fields of the token request, without the code
     * @param headers by which the client authenticates
     */
    CodeFlow(String path, String cookie, Map<String, String> fields, Map<String, String> headers) {
        authorization = Exchange.get(path, Map.of("Cookie", cookie));
        Map<String, String> all = new LinkedHashMap<>(fields);
        all.put("code", "x".repeat(CODE_CHARACTERS));
        redemption = Exchange.form("/token", headers, all);
        codeStart = redemption.length - CODE_CHARACTERS;
    }

    @Override
    public void writeRequest(ByteBuffer out) {
        out.put(
                switch (step) {
                    case AUTHORIZE -> authorization;
                    case REDEEM -> redemption;
                    case USER_INFO -> userInfo;
                });
    }

    @Override
    public int status() {
        return step == Step.AUTHORIZE ? 303 : 200;
    }

    @Override
    public boolean ends() {
        return ended;
    }

    @Override
    public boolean read(byte[] answer, int bodyStart, int end) {
        ended = step == Step.USER_INFO;
        boolean good = switch (step) {
            case AUTHORIZE -> readCode(answer, bodyStart);
            case REDEEM -> readToken(answer, bodyStart, end);
            case USER_INFO -> Answer.valueOf("sub", answer, bodyStart, end) > 0;
        };
        step = good ? after(step) : Step.AUTHORIZE;
        return good;
    }

    private static Step after(Step step) {
        return switch (step) {
            case AUTHORIZE -> Step.REDEEM;
            case REDEEM -> Step.USER_INFO;
            case USER_INFO -> Step.AUTHORIZE;
        };
    }

    private boolean readCode(byte[] answer, int end) {
        for (int i = 0; i < end - CODE_CHARACTERS - LOCATION_CODE.length; i++) {
            if (java.util.Arrays.equals(answer, i, i + LOCATION_CODE.length, LOCATION_CODE, 0, LOCATION_CODE.length)) {
                System.arraycopy(answer, i + LOCATION_CODE.length, redemption, codeStart, CODE_CHARACTERS);
                return true;
            }
        }
        return false;
    }

    private boolean readToken(byte[] answer, int bodyStart, int end) {
        int start = Answer.valueOf("access_token", answer, bodyStart, end);
        int length = 0;
        while (start > 0 && start + length < end && answer[start + length] != '"') {
            length++;
        }
        String token = new String(answer, Math.max(start, 0), length, StandardCharsets.US_ASCII);
        userInfo = Exchange.get("/userinfo", Map.of("Authorization", "Bearer " + token));
        return length > 0;
    }
}
