package dev.latchkey.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Sizes, names, package docs and links: what DESIGN §3 asks of every file, whoever writes it. */
class TidyTest {
    private static final int MAX_FILE_LINES = 400;
    private static final int MAX_FUNCTION_LINES = 70;
    private static final Pattern EMPTY_NAME = Pattern.compile("(Utils?|Helpers?|Manager|Impl)\\.java$");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    /** A method or constructor as the formatter writes it: its head at one indent, its end a brace at the same one. */
    private static final Pattern FUNCTION_HEAD =
            Pattern.compile("^( {4,16})(?!return|new|if|for|while|switch|try|do|else"
                    + "|case|throw|record|class|enum|interface|static \\{)[\\w@<][^=(]*\\(.*");

    @Test
    void noFileIsLongerThan400Lines() {
        assertThat(Repository.files(".java"))
                .allSatisfy(file ->
                        assertThat(lines(file).size()).as(Repository.name(file)).isLessThanOrEqualTo(MAX_FILE_LINES));
    }

    @Test
    void noFunctionIsLongerThan70Lines() {
        List<String> tooLong = new ArrayList<>();
        for (Path file : Repository.files(".java")) {
            List<String> lines = lines(file);
            for (int i = 0; i < lines.size(); i++) {
                Matcher head = FUNCTION_HEAD.matcher(lines.get(i));
                int end = head.matches() ? endOfFunction(lines, i, head.group(1)) : i;
                if (end - i + 1 > MAX_FUNCTION_LINES) {
                    tooLong.add(Repository.name(file) + ":" + (i + 1) + " has " + (end - i + 1) + " lines");
                }
            }
        }
        assertThat(tooLong).isEmpty();
    }

    private static int endOfFunction(List<String> lines, int start, String indent) {
        for (int i = start; i < lines.size(); i++) {
            String line = lines.get(i);
            boolean statement = line.startsWith(indent) && !line.startsWith(indent + " ") && line.endsWith(";");
            if (statement) {
                return start;
            }
            if (line.equals(indent + "}")) {
                return i;
            }
        }
        return start;
    }

    @Test
    void noNameSaysNothing() {
        assertThat(Repository.files(".java").stream().map(Repository::name))
                .noneMatch(name -> EMPTY_NAME.matcher(name).find());
    }

    @Test
    void everyPackageOfTheProductSaysWhatItOwns() {
        assertThat(Repository.files(".java").stream()
                        .filter(file -> Repository.name(file).contains("src/main/java"))
                        .map(Path::getParent)
                        .distinct())
                .isNotEmpty()
                .allSatisfy(folder -> {
                    Path info = folder.resolve("package-info.java");
                    assertThat(info).exists();
                    assertThat(Repository.text(info)).startsWith("/**").contains("@NullMarked");
                });
    }

    @Test
    void everyLinkInTheDocsResolves() {
        List<String> broken = new ArrayList<>();
        for (Path page : Repository.files(".md")) {
            List<String> targets = LINK.matcher(Repository.text(page))
                    .results()
                    .map((MatchResult link) -> link.group(1))
                    .toList();
            for (String target : targets) {
                if (!target.contains("://") && !target.startsWith("#") && !target.startsWith("mailto:")) {
                    Path file = page.resolveSibling(target.replaceFirst("#.*", ""));
                    if (!Files.exists(file)) {
                        broken.add(Repository.name(page) + " → " + target);
                    }
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void everyDecisionRecordHasItsNumberOnce() throws IOException {
        try (Stream<Path> records = Files.list(Repository.root().resolve("docs/decisions"))) {
            List<String> numbers = records.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("README.md"))
                    .peek(name -> assertThat(name).matches("\\d{4}-[a-z0-9-]+\\.md"))
                    .map(name -> name.substring(0, 4))
                    .toList();
            assertThat(numbers).isNotEmpty().doesNotHaveDuplicates();
        }
    }

    private static List<String> lines(Path file) {
        return Repository.text(file).lines().toList();
    }
}
