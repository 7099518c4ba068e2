package dev.latchkey.server.authorize;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.latchkey.server.browser.Browser;
import dev.latchkey.server.browser.Browsers;
import dev.latchkey.server.http.Parameters;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;

/** No text but the one that a browser was given is progress, and that one is. */
class ProgressFuzzTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final Parameters REQUEST = Parameters.of("client_id", "web", "state", "s");

    private final Browser browser = new Browsers(true, new SecureRandom()).create();

    @FuzzTest
    void read(byte[] data) {
        String text = new String(data, StandardCharsets.UTF_8);
        if (Progress.read(text, browser, REQUEST, NOW).isPresent()) {
            throw new AssertionError("nobody was given this: " + text);
        }
        for (Progress.Ask ask : Progress.Ask.values()) {
            Progress progress = new Progress(NOW, ask);
            String sealed = progress.seal(browser, REQUEST);
            if (!Progress.read(sealed, browser, REQUEST, NOW).equals(Optional.of(progress))) {
                throw new AssertionError("not read: " + sealed);
            }
            for (String other : new String[] {sealed + text, text + sealed, sealed.replace("178", text)}) {
                if (!other.equals(sealed)
                        && Progress.read(other, browser, REQUEST, NOW).isPresent()) {
                    throw new AssertionError("not what was sealed: " + other);
                }
            }
        }
    }
}
