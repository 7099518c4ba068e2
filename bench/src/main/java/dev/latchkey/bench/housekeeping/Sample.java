package dev.latchkey.bench.housekeeping;

import java.util.List;

/**
 * What a store takes at a moment.
 *
 * @param tables each of them
 * @param bytes of the whole store
 * @param free of these, bytes that hold nothing, where the engine tells
 */
record Sample(List<Table> tables, long bytes, long free) {
    Sample {
        tables = List.copyOf(tables);
    }

    /**
     * One table.
     *
     * @param name of it
     * @param rows that a query sees
     * @param dead rows that none sees and that still take room, as the engine estimates them; 0 where there is no such thing
     * @param bytes of the table itself
     * @param indexBytes of its indexes
     * @param vacuums how often it was vacuumed by itself
     */
    record Table(String name, long rows, long dead, long bytes, long indexBytes, long vacuums) {}

    long rows() {
        return tables.stream().mapToLong(Table::rows).sum();
    }
}
