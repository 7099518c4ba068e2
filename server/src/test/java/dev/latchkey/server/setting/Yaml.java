package dev.latchkey.server.setting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

/** Configurations written in a test. */
final class Yaml {
    private Yaml() {}

    static SettingsOutcome load(String text, Map<String, String> environment, String... overrides) {
        return new SettingsReader(environment, new Problems()).read("latchkey.yaml", text, List.of(overrides));
    }

    static Settings accepted(String text, Map<String, String> environment, String... overrides) {
        SettingsOutcome outcome = load(text, environment, overrides);
        assertThat(outcome).isInstanceOf(SettingsOutcome.Accepted.class);
        return ((SettingsOutcome.Accepted) outcome).settings();
    }

    static Settings accepted(String text) {
        return accepted(text, Map.of());
    }

    /** The problems as they are printed. */
    static List<String> problems(String text, Map<String, String> environment, String... overrides) {
        return switch (load(text, environment, overrides)) {
            case SettingsOutcome.Accepted _ -> List.of();
            case SettingsOutcome.Refused refused ->
                refused.problems().stream().map(Problem::toString).toList();
        };
    }

    static List<String> problems(String text) {
        return problems(text, Map.of());
    }
}
