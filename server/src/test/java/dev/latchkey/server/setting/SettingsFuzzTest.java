package dev.latchkey.server.setting;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Any text is either a configuration or refused with a printable reason for each problem; it never throws. */
class SettingsFuzzTest {
    private static final Map<String, String> ENVIRONMENT = Map.of("WEB_SECRET", "0123456789abcdefghijklmnopqrstuv");

    @FuzzTest
    void file(byte[] data) {
        List<String> problems = Yaml.problems(new String(data, StandardCharsets.UTF_8), ENVIRONMENT);
        for (String problem : problems) {
            if (!problem.startsWith("latchkey.yaml") && !problem.startsWith("configuration")) {
                throw new AssertionError("without a place: " + problem);
            }
            if (problem.codePoints().anyMatch(Character::isISOControl)) {
                throw new AssertionError("not one printable line: " + problem);
            }
        }
    }
}
