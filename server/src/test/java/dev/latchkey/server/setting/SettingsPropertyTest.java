package dev.latchkey.server.setting;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class SettingsPropertyTest {
    private static final String SECRET = "zQ9-hidden-Zq7";

    @Test
    void everyKeyHasItsOwnNameAndVariableAndAGoodDefault() {
        Set<String> variables = new HashSet<>();
        for (Key<?> key : SettingsReader.keys()) {
            assertThat(key.name()).matches("[a-z0-9-]+(\\.[a-z0-9-]+)?");
            assertThat(variables.add(key.variable())).as(key.name()).isTrue();
            assertThat(key.fallback().isPresent() != key.note().isEmpty())
                    .as("%s has either a default or words for it", key.name())
                    .isFalse();
        }
        Yaml.accepted("");
    }

    @Property(tries = 300)
    void aKeyMeansTheSameInFileEnvironmentAndOverride(@ForAll @IntRange(min = 1, max = 86_400) int seconds) {
        String text = seconds + "s";
        Duration expected = Duration.ofSeconds(seconds);
        assertThat(Yaml.accepted("tokens: {access-lifetime: " + text + "}")
                        .tokens()
                        .accessLifetime())
                .isEqualTo(expected);
        assertThat(Yaml.accepted("", Map.of("LATCHKEY_TOKENS_ACCESS_LIFETIME", text))
                        .tokens()
                        .accessLifetime())
                .isEqualTo(expected);
        assertThat(Yaml.accepted("", Map.of(), "tokens.access-lifetime=" + text)
                        .tokens()
                        .accessLifetime())
                .isEqualTo(expected);
    }

    @Property(tries = 300)
    void whateverIsTypedForAKeyIsAcceptedOrExplained(
            @ForAll("key") String key, @ForAll @StringLength(max = 40) String text) {
        switch (Yaml.load("", Map.of(), key + "=" + text)) {
            case SettingsOutcome.Accepted _ -> {}
            case SettingsOutcome.Refused refused ->
                assertThat(refused.problems())
                        .isNotEmpty()
                        .allSatisfy(problem -> assertThat(problem.toString())
                                .startsWith("--set")
                                .matches("[^\\p{Cntrl}]*"));
        }
    }

    @Property(tries = 300)
    void aSecretIsInNoMessage(@ForAll("secretKey") String key, @ForAll("yamlMark") String before) {
        String value = before + SECRET;
        for (List<String> problems : List.of(
                Yaml.problems("users:\n- username: a\n  " + key + ": " + value + "\nclients:\n- client_id: b\n  " + key
                        + ": " + value),
                Yaml.problems("tokens:\n  shared-secret: " + value + "\nkeys:\n  master-key: " + value),
                Yaml.problems(
                        "port: ${S}\nissuer: ${S}\nlog: ${S}\nclients: [{client_id: ${S}, scope: '${S}'}]",
                        Map.of("S", value)))) {
            assertThat(problems).allSatisfy(line -> assertThat(line).doesNotContain("hidden"));
        }
    }

    @Provide
    Arbitrary<String> key() {
        return Arbitraries.of(SettingsReader.keys().stream().map(Key::name).toList());
    }

    @Provide
    Arbitrary<String> secretKey() {
        return Arbitraries.of("password", "password-hash", "client_secret");
    }

    @Provide
    Arbitrary<String> yamlMark() {
        Arbitrary<String> mark = Arbitraries.of(
                "", "*", "&", "!", "!!", "@", "`", "%", "[", "{", "\"", "'", "|", ">", "a: ", "? ", "- ");
        return Combinators.combine(mark, mark).as(String::concat);
    }
}
