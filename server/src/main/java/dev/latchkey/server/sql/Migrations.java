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
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The scripts that make the schema, each run once, and the table {@code schema_version} that says which were. A script is
 * never edited after a release; its checksum is kept and compared.
 *
 * <p>A script expands: programs that do not know it go on working, so servers of two versions can share a store. One that takes
 * something away says so in its first line, {@code -- contracts: 0011}: it suits programs that know schema 11 or a later one, and
 * refuses all others. It waits until somebody asks for it, and no other script relies on it (decision 0135).
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
            "0007-status-list.sql",
            "0008-many-instances.sql",
            "0009-epoch.sql",
            "0010-bound-keys.sql",
            "0011-pushed-requests.sql",
            "0012-audit-events-once.sql",
            "0013-configuration-lock.sql");

    private static final String CREATE_VERSION_TABLE = """
        create table if not exists schema_version (
            number ${bigint} not null primary key,
            name text not null,
            checksum text not null,
            applied_at ${bigint} not null,
            compatible_from ${bigint} not null default 0
        )${table}\
        """;

    /** For stores from before it was there. */
    private static final String ADD_COMPATIBLE_FROM =
            "alter table schema_version add column compatible_from ${bigint} not null default 0";

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
        private static final Pattern CONTRACTS = Pattern.compile("\\A-- contracts: (\\d{4})\\R");

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

        /** The lowest schema that a program has to know to work without what this takes away; empty if it only adds. */
        OptionalLong contracts() {
            Matcher header = CONTRACTS.matcher(text);
            return header.find() ? OptionalLong.of(Long.parseLong(header.group(1))) : OptionalLong.empty();
        }

        boolean expands() {
            return contracts().isEmpty();
        }

        List<String> statements(Dialect dialect) {
            return Arrays.stream(text.split(";[ \\t]*(\\R|$)"))
                    .map(String::strip)
                    .filter(statement -> !statement.isEmpty())
                    .flatMap(statement -> dialect.translate(statement).stream())
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

    private record Applied(long number, String name, String checksum, long compatibleFrom) {}

    /** Adds what is missing and takes nothing away. To be called inside a transaction. */
    void apply(Sql sql) {
        apply(sql, Script::expands);
    }

    /** Runs every script that has not been. To be called inside a transaction. */
    void applyAll(Sql sql) {
        apply(sql, _ -> true);
    }

    private void apply(Sql sql, Predicate<Script> which) {
        if (!hasVersionTable(sql)) {
            sql.update(sql.dialect().types(CREATE_VERSION_TABLE));
        } else if (!tellsCompatibility(sql)) {
            sql.update(sql.dialect().types(ADD_COMPATIBLE_FROM));
        }
        pending(sql).stream().filter(which).forEach(script -> run(script, sql));
    }

    private void run(Script script, Sql sql) {
        script.statements(sql.dialect()).forEach(sql::update);
        sql.update(
                "insert into schema_version (number, name, checksum, applied_at, compatible_from) values (?, ?, ?, ?,"
                        + " ?)",
                script.number(),
                script.name(),
                script.checksum(),
                clock.instant(),
                script.contracts().orElse(0));
    }

    /** The scripts that have not been run, in order. */
    List<Script> pending(Sql sql) {
        List<Long> done = known(sql).stream().map(Applied::number).toList();
        return scripts.stream()
                .filter(script -> !done.contains(script.number()))
                .toList();
    }

    List<Script> scripts() {
        return scripts;
    }

    /** Whether nothing has to be added; something to be taken away may wait. */
    boolean isUpToDate(Sql sql) {
        boolean pending = pending(sql).stream().anyMatch(Script::expands);
        return !pending && tellsCompatibility(sql);
    }

    /** Refuses a database that lacks something of this schema, or has lost it to a newer version. */
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

    private static boolean tellsCompatibility(Sql sql) {
        return sql.columns("schema_version").contains("compatible_from");
    }

    /** What has been applied, once it is sure that this version can work with it. */
    private List<Applied> known(Sql sql) {
        if (!hasVersionTable(sql)) {
            return List.of();
        }
        List<Applied> applied = applied(sql);
        applied.forEach(this::requireUsable);
        return applied;
    }

    private static List<Applied> applied(Sql sql) {
        String compatibleFrom = tellsCompatibility(sql) ? "compatible_from" : "0 as compatible_from";
        return sql.list(
                "select number, name, checksum, " + compatibleFrom + " from schema_version order by number",
                row -> new Applied(
                        row.number("number"), row.text("name"), row.text("checksum"), row.number("compatible_from")));
    }

    private void requireUsable(Applied applied) {
        Script script = byNumber().get(applied.number());
        long newest = scripts.getLast().number();
        if (script == null && applied.number() > newest) {
            if (applied.compatibleFrom() > newest) {
                throw new IncompatibleStoreException(
                        "the database was changed by a newer version of Latchkey: its migration "
                                + applied.name() + " takes away what programs before schema " + applied.compatibleFrom()
                                + " need, this version knows " + newest
                                + "; start a newer version or restore a backup");
            }
        } else if (script == null || !script.checksum().equals(applied.checksum())) {
            throw new IncompatibleStoreException("the database was made by another build of Latchkey: migration "
                    + applied.name() + " is not one of this version");
        }
    }

    private Map<Long, Script> byNumber() {
        return scripts.stream().collect(Collectors.toMap(Script::number, Function.identity()));
    }
}
