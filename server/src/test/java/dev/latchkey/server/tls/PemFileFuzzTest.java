package dev.latchkey.server.tls;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Whatever a PEM file holds, its blocks are read or it is refused. */
class PemFileFuzzTest {
    @FuzzTest(maxDuration = "30s")
    void readsOrRefuses(FuzzedDataProvider data) {
        try {
            PemFile file = PemFile.of(
                    Path.of("some.pem"), data.consumeRemainingAsString().getBytes(StandardCharsets.UTF_8));
            file.keys();
            file.certificates();
        } catch (PemException e) {
            if (!String.valueOf(e.getMessage()).startsWith("some.pem")) {
                throw new AssertionError("does not name the file", e);
            }
        }
    }
}
