package dev.latchkey.server.setting;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Values by dotted key, from the source that counts most. Add the sources in rising order of precedence. Unknown keys are
 * kept, so that {@link Section} reports them, but for variables, which are reported here.
 */
final class Overlay {
    private static final String PREFIX = "LATCHKEY_";
    /** Variables that mean something to the launcher and the commands. */
    private static final Set<String> OTHER_VARIABLES =
            Set.of("LATCHKEY_JAVA_OPTS", "LATCHKEY_CONFIG", "LATCHKEY_SECRET", "LATCHKEY_HOME", "LATCHKEY_JAVA_HOME");

    private final List<Key<?>> keys;
    private final Map<String, String> environment;
    private final Problems problems;
    private final Map<String, Value> values = new LinkedHashMap<>();

    Overlay(List<Key<?>> keys, Map<String, String> environment, Problems problems) {
        this.keys = List.copyOf(keys);
        this.environment = environment;
        this.problems = problems;
    }

    Section section() {
        return Section.of(new Value.Fields(Place.configuration(), values), "", keys, problems);
    }

    Map<String, Value> values() {
        return Collections.unmodifiableMap(values);
    }

    void addFile(String name, String text) {
        Optional<Value> document = yaml(name).read(text);
        if (document.isEmpty() || document.get() instanceof Value.Nothing) {
            return;
        }
        if (!(document.get() instanceof Value.Fields top)) {
            problems.add(
                    document.get().place(),
                    "",
                    "has to be a mapping of keys, not " + document.get().kind());
            return;
        }
        addMapping(top);
    }

    /** The fields of a mapping; those of its sections by dotted key. */
    void addMapping(Value.Fields mapping) {
        mapping.fields().forEach((key, value) -> {
            if (value instanceof Value.Fields section && isSection(key)) {
                section.fields().forEach((name1, field) -> put(key + "." + name1, field));
            } else if (!(value instanceof Value.Nothing && isSection(key))) {
                put(key, value);
            }
        });
    }

    private void put(String key, Value value) {
        if (values.putIfAbsent(key, value) != null) {
            problems.add(value.place(), key, "is given twice");
        }
    }

    private boolean isSection(String key) {
        return keys.stream().anyMatch(known -> known.name().startsWith(key + "."));
    }

    void addEnvironment() {
        Map<String, Key<?>> variables = new LinkedHashMap<>();
        keys.forEach(key -> variables.put(key.variable(), key));
        environment.keySet().stream()
                .filter(name -> name.startsWith(PREFIX))
                .sorted()
                .forEach(name -> {
                    Key<?> key = variables.get(name);
                    Place place = Place.variable(name);
                    String value = environment.getOrDefault(name, "");
                    if (OTHER_VARIABLES.contains(name) || isServiceLink(name, value)) {
                        return;
                    }
                    if (key == null) {
                        problems.add(place, "", Nearest.unknownKey(name, variables.keySet()));
                    } else {
                        values.put(key.name(), value(key, place, value));
                    }
                });
    }

    /** Kubernetes gives every container such variables when a service is called latchkey. */
    private static boolean isServiceLink(String name, String value) {
        return name.startsWith("LATCHKEY_SERVICE_")
                || name.startsWith("LATCHKEY_PORT_")
                || (name.equals("LATCHKEY_PORT") && value.contains("://"));
    }

    void addOverride(String override) {
        int equals = override.indexOf('=');
        if (equals < 1) {
            problems.add(Place.override(), "", "has to be key=value");
            return;
        }
        String name = override.substring(0, equals);
        String text = override.substring(equals + 1);
        for (Key<?> key : keys) {
            if (key.name().equals(name)) {
                values.put(name, value(key, Place.override(), text));
                return;
            }
            if (key.type() instanceof MapType<?> && name.startsWith(key.name() + ".")) {
                addEntry(key.name(), name.substring(key.name().length() + 1), text);
                return;
            }
        }
        values.put(name, new Value.Text(Place.override(), text, false));
    }

    private void addEntry(String map, String entry, String text) {
        Map<String, Value> entries = new LinkedHashMap<>();
        if (values.get(map) instanceof Value.Fields before) {
            entries.putAll(before.fields());
        }
        entries.put(entry, new Value.Text(Place.override(), text, true));
        values.put(map, new Value.Fields(Place.override(), entries));
    }

    private Value value(Key<?> key, Place place, String text) {
        if (!key.type().isStructured()) {
            return new Value.Text(place, text, true);
        }
        return yaml(place.label()).read(text).orElse(new Value.Nothing(place));
    }

    private YamlReader yaml(String name) {
        return new YamlReader(name, new Interpolation(environment, problems), problems);
    }
}
