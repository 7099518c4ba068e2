package dev.latchkey.server.setting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Keeps the reference page what the keys say. Written anew by
 * {@code mvn -pl server -am test -Dtest=ConfigurationPageTest -Dsurefire.failIfNoSpecifiedTests=false -Dpage=write}.
 */
class ConfigurationPageTest {
    private static final Path PAGE = Path.of("..", "docs", "reference", "configuration.md");

    @Test
    void theReferencePageIsWhatTheKeysSay() throws IOException {
        String expected = ConfigurationPage.text();
        if ("write".equals(System.getProperty("page"))) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, expected);
        }
        assertThat(PAGE)
                .as("stale: mvn -pl server -am test -Dtest=ConfigurationPageTest"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -Dpage=write writes it")
                .content()
                .isEqualTo(expected);
    }
}
