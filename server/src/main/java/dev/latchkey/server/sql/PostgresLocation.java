package dev.latchkey.server.sql;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A connection URI of PostgreSQL (its manual, section 34.1.1.2): {@code postgresql://user:password@host:5432,other/database},
 * user and password percent-encoded, with the parameters of {@link #PARAMETERS} behind a question mark.
 *
 * @param hosts with ports, of which the one that takes writes is used
 * @param database its name
 * @param user who asks
 * @param password empty where the database does not want one
 * @param parameters of the driver
 */
public record PostgresLocation(
        List<String> hosts, String database, String user, Optional<String> password, Map<String, String> parameters) {
    public static final String SCHEME = "postgresql://";

    /** {@code currentSchema} is made where it is missing; the others are about TLS, and about who appears in lists. */
    static final Set<String> PARAMETERS =
            Set.of("currentSchema", "sslmode", "sslrootcert", "sslcert", "sslkey", "ApplicationName");

    private static final String SCHEMA = "currentSchema";
    private static final Pattern HOST =
            Pattern.compile("([A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(:[0-9]{1,5})?");
    private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}/?#\"]{1,63}");
    private static final Pattern SCHEMA_NAME = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

    public PostgresLocation {
        hosts = List.copyOf(hosts);
        parameters = Map.copyOf(parameters);
    }

    /** Reads the URI; empty when it is none, or has a parameter that is not known. */
    public static Optional<PostgresLocation> parse(String text) {
        if (!text.startsWith(SCHEME)) {
            return Optional.empty();
        }
        String rest = text.substring(SCHEME.length());
        int question = rest.indexOf('?');
        String query = question < 0 ? "" : rest.substring(question + 1);
        String main = question < 0 ? rest : rest.substring(0, question);
        int slash = main.lastIndexOf('/');
        int at = slash < 0 ? -1 : main.lastIndexOf('@', slash);
        if (at < 1) {
            return Optional.empty();
        }
        String[] who = main.substring(0, at).split(":", 2);
        List<String> hosts = List.of(main.substring(at + 1, slash).split(",", -1));
        try {
            String database = decode(main.substring(slash + 1));
            String user = decode(who[0]);
            Optional<String> password = who.length == 2 ? Optional.of(decode(who[1])) : Optional.empty();
            Optional<Map<String, String>> parameters = parameters(query);
            boolean good = hosts.stream().allMatch(PostgresLocation::isHost)
                    && NAME.matcher(database).matches()
                    && NAME.matcher(user).matches()
                    && parameters.isPresent();
            return good
                    ? Optional.of(new PostgresLocation(hosts, database, user, password, parameters.get()))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean isHost(String text) {
        if (!HOST.matcher(text).matches()) {
            return false;
        }
        int port = URI.create("x://" + text).getPort();
        return port == -1 || (port > 0 && port <= 0xffff);
    }

    private static Optional<Map<String, String>> parameters(String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : query.isEmpty() ? new String[0] : query.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            if (parts.length != 2 || !PARAMETERS.contains(parts[0])) {
                return Optional.empty();
            }
            String value = decode(parts[1]);
            boolean bad = value.isEmpty()
                    || (parts[0].equals(SCHEMA) && !SCHEMA_NAME.matcher(value).matches());
            if (bad || parameters.put(parts[0], value) != null) {
                return Optional.empty();
            }
        }
        return Optional.of(parameters);
    }

    /** As in a path: a plus sign is one. */
    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** The schema that tables are in; empty for the usual one of the database. */
    public Optional<String> schema() {
        return Optional.ofNullable(parameters.get(SCHEMA));
    }

    public PostgresLocation withSchema(String schema) {
        Map<String, String> changed = new LinkedHashMap<>(parameters);
        changed.put(SCHEMA, schema);
        return new PostgresLocation(hosts, database, user, password, changed);
    }

    /** For the driver, without user and password. */
    String jdbcUrl() {
        List<String> encoded = new ArrayList<>();
        parameters.forEach((name, value) -> encoded.add(name + "=" + encode(value)));
        return "jdbc:" + SCHEME + String.join(",", hosts) + "/" + encode(database)
                + (encoded.isEmpty() ? "" : "?" + String.join("&", encoded));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Without the password, for messages. */
    @Override
    public String toString() {
        return SCHEME + user + "@" + String.join(",", hosts) + "/" + database;
    }
}
