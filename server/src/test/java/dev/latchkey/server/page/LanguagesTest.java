package dev.latchkey.server.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which language a page speaks, and that it has all the words. */
class LanguagesTest {
    private final Languages languages = Languages.own();

    @Test
    void germanSaysEverythingThatEnglishSays() {
        Map<String, String> english = Languages.own("en");
        Map<String, String> german = Languages.own("de");
        assertThat(german.keySet()).isEqualTo(english.keySet());
        english.forEach((key, text) -> {
            String translated = german.getOrDefault(key, "");
            assertThat(Languages.placeholders(translated)).as(key).isEqualTo(Languages.placeholders(text));
            assertThat(text + translated)
                    .as("%s: MessageFormat eats apostrophes", key)
                    .doesNotContain("'");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "de | de",
                "de-CH,en;q=0.8 | de",
                "en-GB, de;q=0.9 | en",
                "fr, de;q=0.5, en;q=0.4 | de",
                "de;q=0.4, en;q=0.7 | en",
                "de;q=0, en | en",
                "fr;q=1.0, * | en",
                "de;q=2 | en",
                "DE | de",
                "'' | en",
                "x-klingon | en"
            })
    void theMostWantedLanguageThatThereIs(String header, String expected) { // RFC 9110 §12.5.4
        assertThat(languages.choose(List.of(), Optional.of(header)).tag()).isEqualTo(expected);
    }

    @Test
    void noMoreIsReadThanAnybodyNeeds() {
        assertThat(AcceptLanguage.parse("fr,".repeat(20) + "de")).hasSize(20).doesNotContain("de");
        assertThat(AcceptLanguage.parse("de," + " ".repeat(1000))).isEmpty();
    }

    @FuzzTest(maxDuration = "30s")
    void neverFails(FuzzedDataProvider data) {
        String header = data.consumeRemainingAsString();
        assertThat(AcceptLanguage.parse(header)).hasSizeLessThanOrEqualTo(20);
        assertThat(languages.choose(List.of(header), Optional.of(header)).tag()).isIn("en", "de");
    }

    @Test
    void anOperatorAddsALanguageAndChangesWords(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("messages_fr.properties"), "login.heading = Se connecter\n");
        Files.writeString(folder.resolve("messages_de.properties"), "login.heading = Anmeldung bei uns\n");
        Languages more = Languages.with(folder);
        Language french = more.choose(List.of("fr-CA"), Optional.empty());
        assertThat(french.tag()).isEqualTo("fr");
        assertThat(french.text("login.heading")).isEqualTo("Se connecter");
        assertThat(french.text("login.password")).isEqualTo("Password");
        assertThat(more.choose(List.of("de"), Optional.empty()).text("login.heading"))
                .isEqualTo("Anmeldung bei uns");
    }

    @Test
    void wordsThatNoPageSaysRefuseToStart(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("messages_fr.properties"), "login.haeding = x\n");
        assertThatThrownBy(() -> Languages.with(folder)).hasMessage(file + ": there are no words named login.haeding");
        Files.writeString(file, "cancel = Annuler {0}\n");
        assertThatThrownBy(() -> Languages.with(folder))
                .hasMessage(file + ": cancel has more placeholders than there are values");
    }

    @Test
    void timesAreToldAsPeopleDo() {
        Language english = languages.choose(List.of("en"), Optional.empty());
        assertThat(english.ago(SamplePages.NOW.minusSeconds(60), SamplePages.NOW))
                .isEqualTo("1 minute ago");
        assertThat(english.ago(SamplePages.NOW.minus(Duration.ofHours(5)), SamplePages.NOW))
                .isEqualTo("5 hours ago");
        assertThat(english.ago(SamplePages.NOW.plusSeconds(5), SamplePages.NOW)).isEqualTo("just now");
        assertThat(english.wait(Duration.ofMinutes(15))).isEqualTo("15 minutes");
    }

    @Test
    void scopesAreDescribedByTheOperatorOrByUsOrNamed() {
        Language german = languages.choose(List.of("de"), Optional.empty());
        assertThat(ScopeWords.describe("email", Map.of(), german)).isEqualTo("Ihre E-Mail-Adresse sehen");
        assertThat(ScopeWords.describe("email", Map.of("email", "Mail!"), german))
                .isEqualTo("Mail!");
        assertThat(ScopeWords.describe("orders:read", Map.of(), german)).isEqualTo("orders:read");
    }
}
