package dev.latchkey.server.setting;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The reference page of all keys, from the keys themselves. */
final class ConfigurationPage {
    private static final String HEAD = """
        # Configuration

        One YAML file: `latchkey serve --config FILE`, or `LATCHKEY_CONFIG`, or `latchkey.yaml` in the working directory if it
        is there. `latchkey config check FILE` tells every problem of a file with its line. This page is generated from the
        keys; a test of the build fails when it is stale.

        Every key can also be given by the environment, under the name in the table, and by `--set key=value`. `--set` counts
        before the environment, the environment before the file, the file before the default. A list can be given as
        `a, b`, `users`, `clients` and `scopes` as YAML. Unknown keys, and unknown variables that begin with `LATCHKEY_`,
        refuse to start.

        Durations are written as `500ms`, `90s`, `15m`, `12h`, `30d`, sizes as `64KiB`, `19MiB`. `${NAME}` in a value is
        replaced by that environment variable, and a missing one refuses to start; `$${` stands for `${`. Paths are taken
        from the working directory.
        """;

    private ConfigurationPage() {}

    static String text() {
        StringBuilder page = new StringBuilder(HEAD);
        Map<String, List<Key<?>>> sections = new LinkedHashMap<>();
        for (Key<?> key : SettingsReader.keys()) {
            int dot = key.name().indexOf('.');
            sections.computeIfAbsent(dot < 0 ? "" : key.name().substring(0, dot), _ -> new ArrayList<>())
                    .add(key);
        }
        sections.forEach((name, keys) -> {
            page.append("\n## ")
                    .append(name.isEmpty() ? "Top of the file" : "`" + name + "`")
                    .append("\n\n");
            table(page, keys, true);
        });
        page.append("\n## A user of `users`\n\nBy the claim names of OpenID Connect Core §5.1.\n\n");
        table(page, UserKeys.ALL, false);
        page.append("\n## A client of `clients`\n\nBy the metadata names of RFC 7591 §2.\n\n");
        table(page, ClientKeys.ALL, false);
        return page.toString();
    }

    private static void table(StringBuilder page, List<Key<?>> keys, boolean variables) {
        page.append(
                variables
                        ? "| key | type | default | meaning | environment |\n|---|---|---|---|---|\n"
                        : "| key | type | default | meaning |\n|---|---|---|---|\n");
        for (Key<?> key : keys) {
            page.append("| `").append(key.name()).append("` | ");
            page.append(key.type().title()).append(" | ");
            page.append(key.fallback()
                    .map(text -> "`" + text + "`")
                    .orElse(key.note().isEmpty() ? "required" : key.note()));
            page.append(" | ").append(key.meaning()).append(" |");
            page.append(variables ? " `" + key.variable() + "` |\n" : "\n");
        }
    }
}
