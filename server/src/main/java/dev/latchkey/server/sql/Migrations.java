package dev.latchkey.server.sql;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * The scripts that make the schema, each run once and in order, and the table {@code schema_version} that says which
 * were. A script is never edited after a release; its checksum is kept and compared.
 */
final class Migrations {
    /** In {@code migration/}; a jar cannot be listed, so they are named here, and a test compares. */
    static final List<String> NAMES = List.of(
            "0001-users-clients-sessions-keys.sql",
            "0002-browser-sessions-codes-consents.sql",
            "0003-audit-events.sql",
            "0004-client-assertions.sql",
            "0005-registrations.sql",
            "0006-logout-deliveries.sql",
            "0007-status-list.sql");

    private static final String CREATE_VERSION_TABLE = """
        create table if not exists schema_version (
            number ${bigint} not null primary key,
            name text not null,
            checksum text not null,
            applied_at ${bigint} not null
        )${table}\
        """;

    private final List<Script> scripts;
    private final InstantSource clock;

    Migrations(List<Script> scripts, InstantSource clock) {
        this.scripts = List.copyOf(scripts);
        this.clock = clock;
    }

    /** The migrations of this version. */
    static Migrations ofThisVersion(InstantSource clock) {
        return new Migrations(NAMES.stream().map(Script::read).toList(), clock);
    }

    /**
     * A numbered script: statements, each ended by a semicolon at the end of a line.
     *
     * @param name {@code 0001-what-it-does.sql}
     */
    record Script(String name, String text) {
        private static final int NUMBER_DIGITS = 4;

        static Script read(String name) {
            try (InputStream resource = Migrations.class.getResourceAsStream("migration/" + name)) {
                if (resource == null) {
                    throw new IllegalStateException("no migration " + name);
                }
                return new Script(name, new String(resource.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        long number() {
            return Long.parseLong(name.substring(0, NUMBER_DIGITS));
        }

        List<String> statements(Dialect dialect) {
            return Arrays.stream(dialect.translate(text).split(";[ \\t]*(\\R|$)"))
                    .map(String::strip)
                    .filter(statement -> !statement.isEmpty())
                    .toList();
        }

        /** The same on every platform, whatever a checkout did to line ends. */
        String checksum() {
            try {
                byte[] bytes = text.replace("\r\n", "\n").getBytes(StandardCharsets.UTF_8);
                return HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private record Applied(long number, String name, String checksum) {}

    /** Brings the schema up to date. To be called inside a transaction that keeps others from doing the same. */
    void apply(Sql sql) {
        if (!hasVersionTable(sql)) {
            sql.update(sql.dialect().translate(CREATE_VERSION_TABLE));
        }
        List<Applied> applied = applied(sql);
        requireKnown(applied);
        for (Script script : scripts.subList(applied.size(), scripts.size())) {
            script.statements(sql.dialect()).forEach(sql::update);
            sql.update(
                    "insert into schema_version (number, name, checksum, applied_at) values (?, ?, ?, ?)",
                    script.number(),
                    script.name(),
                    script.checksum(),
                    clock.instant());
        }
    }

    /** Whether there is nothing to do. */
    boolean isUpToDate(Sql sql) {
        if (!hasVersionTable(sql)) {
            return false;
        }
        List<Applied> applied = applied(sql);
        requireKnown(applied);
        return applied.size() == scripts.size();
    }

    /** Refuses a database that has not exactly this schema. */
    void requireUpToDate(Sql sql) {
        if (!isUpToDate(sql)) {
            throw new IncompatibleStoreException("the database has another schema than it had");
        }
    }

    private static boolean hasVersionTable(Sql sql) {
        List<String> tables = sql.list(sql.dialect().tables(), row -> row.text("name"));
        if (!tables.isEmpty() && !tables.contains("schema_version")) {
            throw new IncompatibleStoreException("the database holds tables of another program");
        }
        return !tables.isEmpty();
    }

    private static List<Applied> applied(Sql sql) {
        return sql.list(
                "select number, name, checksum from schema_version order by number",
                row -> new Applied(row.number("number"), row.text("name"), row.text("checksum")));
    }

    private void requireKnown(List<Applied> applied) {
        if (applied.size() > scripts.size()) {
            throw new IncompatibleStoreException(
                    "the database was written by a newer version of Latchkey: its schema is "
                            + applied.getLast().number() + ", this version knows "
                            + scripts.getLast().number()
                            + "; start that version or restore a backup");
        }
        for (int i = 0; i < applied.size(); i++) {
            Script script = scripts.get(i);
            if (script.number() != applied.get(i).number()
                    || !script.checksum().equals(applied.get(i).checksum())) {
                throw new IncompatibleStoreException("the database was made by another build of Latchkey: migration "
                        + applied.get(i).name() + " is not the " + script.name() + " of this version");
            }
        }
    }
}
