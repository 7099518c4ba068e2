package dev.latchkey.guard.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.List;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;

/**
 * Hundreds of access tokens, each judged right; beside it what other libraries say. The page is written anew by
 * {@code mvn -pl guard/core -am test -Dtest=TokenCorpusTest -Dsurefire.failIfNoSpecifiedTests=false -Dpage=write}.
 */
class TokenCorpusTest {
    private static final Path PAGE = Path.of("..", "..", "docs", "reference", "token-corpus.md");

    @Test
    void thereAreEnoughOfEachKind() {
        assertThat(Corpus.ALL)
                .hasSizeGreaterThan(600)
                .extracting(Case::toString)
                .doesNotHaveDuplicates();
        assertThat(Corpus.ALL)
                .filteredOn(token -> token.expected() == Expected.GOOD)
                .hasSizeGreaterThan(60);
    }

    @Test
    void eachIsJudgedRightByTheGuardAndThePageSaysWhatOthersSay() throws ParseException, JoseException, IOException {
        try (GuardJudge guard = new GuardJudge()) {
            CorpusRun run = new CorpusRun(List.of(
                    guard,
                    new NimbusJudge(),
                    new JjwtJudge(),
                    new Jose4jJudge(),
                    new JavaJwtJudge(),
                    new SpringJudge()));

            assertThat(Corpus.ALL)
                    .allSatisfy(token -> assertThat(run.deviation(token, guard))
                            .as(token + " is to be " + token.expected() + ": " + token.why())
                            .isEmpty());
            assertIsThePage(CorpusPage.of(run));
        }
    }

    private static void assertIsThePage(String page) throws IOException {
        if ("write".equals(System.getProperty("page"))) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE)
                .as("stale: written by -Dtest=TokenCorpusTest -Dpage=write")
                .content()
                .isEqualTo(page);
    }
}
