package dev.latchkey.server.setting;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Reads YAML 1.2 into {@link Value}s that know their line. Bounded in size, depth and number of nodes (an alias counts as
 * often as it is used); refuses repeated keys and tags. Messages of the parser are not passed on, since they quote the
 * text, which may be a password that lacks its quotes.
 */
final class YamlReader {
    static final int MAX_CHARACTERS = 4 << 20;
    private static final int MAX_DEPTH = 16;
    private static final int MAX_NODES = 200_000;

    private final String fileName;
    private final Interpolation interpolation;
    private final Problems problems;
    private int nodes;

    YamlReader(String fileName, Interpolation interpolation, Problems problems) {
        this.fileName = fileName;
        this.interpolation = interpolation;
        this.problems = problems;
    }

    /** The document, or empty where the text holds none or a problem was reported. */
    Optional<Value> read(String text) {
        LoadSettings limits = LoadSettings.builder()
                .setLabel(fileName)
                .setCodePointLimit(MAX_CHARACTERS)
                .setMaxAliasesForCollections(100)
                .setAllowDuplicateKeys(true)
                .setAllowNonScalarKeys(true)
                .setParseComments(false)
                .build();
        try {
            nodes = 0;
            Optional<Node> document = new Compose(limits).composeString(text);
            return document.map(node -> value(node, 0));
        } catch (TooLargeException e) {
            problems.add(e.place, "", e.reason);
        } catch (MarkedYamlEngineException e) {
            Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
            problems.add(place(mark), "", "is not YAML here: " + explain(e.getProblem()));
        } catch (YamlEngineException | StackOverflowError e) {
            problems.add(place(Optional.empty()), "", "is not YAML, or too large or too deep to be a configuration");
        }
        return Optional.empty();
    }

    private Value value(Node node, int depth) {
        Place place = place(node.getStartMark());
        if (depth > MAX_DEPTH) {
            throw new TooLargeException(place, "is nested deeper than " + MAX_DEPTH + " levels");
        }
        if (++nodes > MAX_NODES) {
            throw new TooLargeException(place, "has more than " + MAX_NODES + " values");
        }
        return switch (node) {
            case MappingNode mapping -> fields(place, mapping, depth);
            case SequenceNode sequence -> items(place, sequence, depth);
            case ScalarNode scalar -> scalar(place, scalar);
            default -> throw new TooLargeException(place, "is not a value of YAML 1.2");
        };
    }

    private Value fields(Place place, MappingNode mapping, int depth) {
        checkTag(place, mapping, Tag.MAP);
        Map<String, Value> fields = new LinkedHashMap<>();
        for (NodeTuple entry : mapping.getValue()) {
            Place keyPlace = place(entry.getKeyNode().getStartMark());
            if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                problems.add(keyPlace, "", "a key has to be a single word");
                continue;
            }
            Value value = value(entry.getValueNode(), depth + 1);
            if (fields.putIfAbsent(key.getValue(), value) != null) {
                problems.add(keyPlace, Printable.of(key.getValue()), "is given twice");
            }
        }
        return new Value.Fields(place, fields);
    }

    private Value items(Place place, SequenceNode sequence, int depth) {
        checkTag(place, sequence, Tag.SEQ);
        List<Value> items = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            items.add(value(item, depth + 1));
        }
        return new Value.Items(place, items);
    }

    private Value scalar(Place place, ScalarNode scalar) {
        if (scalar.getTag().equals(Tag.NULL)) {
            return new Value.Nothing(place);
        }
        checkTag(place, scalar, Tag.STR, Tag.BOOL, Tag.INT, Tag.FLOAT, Tag.ENV_TAG);
        return interpolation.resolve(place, scalar.getValue());
    }

    private void checkTag(Place place, Node node, Tag... allowed) {
        if (!List.of(allowed).contains(node.getTag())) {
            problems.add(place, "", "tags are not used here: a value that begins with ! needs quotes");
        }
    }

    private Place place(Optional<Mark> mark) {
        return mark.map(m -> Place.line(fileName, m.getLine() + 1)).orElse(Place.file(fileName));
    }

    private static String explain(String problem) {
        if (problem.contains("alias") || problem.contains("anchor")) {
            return "a value that begins with * or & needs quotes";
        }
        if (problem.contains("tab") || problem.contains("\\t")) {
            return "lines are indented by spaces, not by tabs";
        }
        if (problem.contains("mapping values are not allowed")) {
            return "a value that contains \": \" needs quotes, or the indentation is wrong";
        }
        if (problem.contains("tag")) {
            return "a value that begins with ! needs quotes";
        }
        if (problem.contains("cannot start any token")) {
            return "a value that begins with @, ` or % needs quotes";
        }
        return "check indentation, quotes and brackets";
    }

    private static final class TooLargeException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Place place;
        private final transient String reason;

        TooLargeException(Place place, String reason) {
            super(reason, null, false, false);
            this.place = place;
            this.reason = reason;
        }
    }
}
