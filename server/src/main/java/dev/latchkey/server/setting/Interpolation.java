package dev.latchkey.server.setting;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces {@code ${NAME}} in values of the file by the environment variable of that name; a second dollar sign before it
 * lets it stand. Done after YAML was parsed, so a variable cannot add keys.
 */
final class Interpolation {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\$\\{|\\$\\{([^}]*)}?");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final Map<String, String> environment;
    private final Problems problems;

    Interpolation(Map<String, String> environment, Problems problems) {
        this.environment = environment;
        this.problems = problems;
    }

    Value.Text resolve(Place place, String text) {
        if (!text.contains("${")) {
            return new Value.Text(place, text, true);
        }
        Matcher references = REFERENCE.matcher(text);
        StringBuilder resolved = new StringBuilder();
        while (references.find()) {
            references.appendReplacement(resolved, "");
            resolved.append(replacement(place, references));
        }
        return new Value.Text(place, references.appendTail(resolved).toString(), false);
    }

    private String replacement(Place place, Matcher reference) {
        String name = reference.group(1);
        if (name == null) {
            return "${";
        }
        if (!NAME.matcher(name).matches() || !reference.group().endsWith("}")) {
            problems.add(
                    place, "", "${ begins the name of an environment variable, as in ${NAME}; write $${ for the text");
            return "";
        }
        String value = environment.get(name);
        if (value == null) {
            problems.add(place, "", "the environment has no variable " + name);
            return "";
        }
        return value;
    }
}
