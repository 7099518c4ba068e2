package dev.latchkey.server.fault;

import dev.latchkey.token.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * All that clients have asked and been told, and when the faults came.
 *
 * @param operations in any order
 * @param marks what was done to the servers, in order
 */
record History(List<Operation> operations, List<Mark> marks) {
    History {
        operations = List.copyOf(operations);
        marks = List.copyOf(marks);
    }

    /** Something that was done to a server, in microseconds since the history began; the first one is the fault. */
    record Mark(String what, long at) {}

    /** One line of JSON for each, so that a history can be judged again. */
    void write(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        marks.forEach(mark -> lines.add(Json.write(Map.of("mark", mark.what(), "at", mark.at()))));
        operations.forEach(operation -> lines.add(Json.write(operation.toJson())));
        Files.write(file, lines);
    }

    static History read(Path file) throws IOException {
        List<Operation> operations = new ArrayList<>();
        List<Mark> marks = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            Map<String, Object> json = Json.parseObject(line);
            if (json.get("mark") instanceof String what) {
                marks.add(new Mark(what, ((Number) json.get("at")).longValue()));
            } else {
                operations.add(Operation.ofJson(json));
            }
        }
        return new History(operations, marks);
    }

    /** Takes a history down while it happens. Safe for many threads. */
    static final class Recorder {
        private final long begin = System.nanoTime();
        private final ConcurrentLinkedQueue<Operation> operations = new ConcurrentLinkedQueue<>();
        private final ConcurrentLinkedQueue<Mark> marks = new ConcurrentLinkedQueue<>();

        /** Does it, and notes when it began and ended and what came of it. */
        Outcome record(String client, Operation.Kind kind, Operation.Presented presented, Supplier<Outcome> operation) {
            long invoked = micros();
            Outcome outcome = operation.get();
            operations.add(new Operation(client, kind, presented, invoked, micros(), outcome));
            return outcome;
        }

        void mark(String what) {
            marks.add(new Mark(what, micros()));
        }

        int size() {
            return operations.size();
        }

        History history() {
            return new History(List.copyOf(operations), List.copyOf(marks));
        }

        private long micros() {
            return TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - begin);
        }
    }
}
