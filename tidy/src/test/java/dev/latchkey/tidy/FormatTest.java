package dev.latchkey.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import com.palantir.javaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Every Java file is as the formatter writes it. {@code mvn -pl tidy test -Dformat=apply -Dtest=FormatTest} writes the
 * files instead of judging them. A test and not a Maven plug-in: the formatter reads code with the compiler of the JVM
 * that it runs in, and Maven itself may run on an older one (docs/decisions).
 */
class FormatTest {
    private static final boolean APPLY = "apply".equals(System.getProperty("format"));

    private final Formatter formatter = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(JavaFormatterOptions.Style.PALANTIR)
            .build());

    @Test
    void everyJavaFileIsFormatted() throws IOException, FormatterException {
        List<String> unformatted = new ArrayList<>();
        for (Path file : Repository.files(".java")) {
            String text = Repository.text(file);
            String formatted = formatted(file, text);
            if (!formatted.equals(text)) {
                if (APPLY) {
                    Files.writeString(file, formatted);
                } else {
                    unformatted.add(Repository.name(file));
                }
            }
        }
        assertThat(unformatted)
                .as("run: mvn -pl tidy test -Dformat=apply -Dtest=FormatTest")
                .isEmpty();
    }

    private String formatted(Path file, String text) {
        try {
            return formatter.formatSourceAndFixImports(RemoveUnusedImports.removeUnusedImports(text));
        } catch (FormatterException e) {
            throw new IllegalStateException(Repository.name(file) + ": " + e.getMessage(), e);
        }
    }
}
