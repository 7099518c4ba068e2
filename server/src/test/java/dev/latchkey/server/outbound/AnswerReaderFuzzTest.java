package dev.latchkey.server.outbound;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;

/** Whatever a server sends is read within the bounds or refused. */
class AnswerReaderFuzzTest {
    private static final int MAX_BODY = 100;

    @FuzzTest(maxDuration = "30s")
    void readsOrRefuses(FuzzedDataProvider data) {
        byte[] bytes = data.consumeRemainingAsBytes();
        AnswerReader reader = new AnswerReader(new ByteArrayInputStream(bytes), MAX_BODY);
        try {
            AnswerHead head = reader.head();
            if (head.status() < 200 || head.status() > 599) {
                throw new AssertionError("not the status of an answer: " + head.status());
            }
            head.contentType();
            Duration fresh = Freshness.of(head);
            if (fresh.compareTo(Freshness.SHORTEST) < 0 || fresh.compareTo(Freshness.LONGEST) > 0) {
                throw new AssertionError("fresh for " + fresh);
            }
            if (reader.body(head).length > MAX_BODY) {
                throw new AssertionError("the body is longer than allowed");
            }
        } catch (MalformedAnswerException e) {
            return;
        } catch (IOException e) {
            throw new AssertionError("a stream in memory does not fail", e);
        }
    }
}
