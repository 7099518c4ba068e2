package dev.latchkey.server.setting;

import dev.latchkey.server.http.Hosts;
import dev.latchkey.server.setting.Settings.HostingSettings;
import dev.latchkey.server.sql.PostgresLocation;
import dev.latchkey.server.sql.PostgresSettings;
import dev.latchkey.server.sql.SqliteSettings;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The key {@code issuers}: which keys belong to each issuer and which to the process, what an issuer takes over from the top of
 * the file, and the rules between issuers.
 */
final class IssuerKeys {
    private static final int MAX_ISSUERS = 100_000;
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");
    /** First segments of paths that are the process's own. */
    private static final Set<String> TAKEN = Set.of("health", "metrics", ".well-known");

    static final Key<Map<String, Value.Fields>> ISSUERS = Key.of(
                    "issuers",
                    new EntriesType(),
                    "Many issuers in one process, each under a name of small letters, digits, - and _. What stands at"
                            + " the top of the file holds for all of them, unless an issuer says otherwise")
            .absent("one issuer");
    static final Key<Integer> OPEN_ISSUERS = Key.of(
                    "limits.open-issuers",
                    Types.whole(1, MAX_ISSUERS),
                    "Of many issuers, how many are kept open at once; the one used longest ago is closed for another")
            .or("256");

    static final List<Key<?>> ALL = List.of(ISSUERS, OPEN_ISSUERS);

    private static final Set<String> OF_THE_PROCESS = Set.of(
            GeneralKeys.HOST.name(),
            GeneralKeys.PORT.name(),
            GeneralKeys.MANAGEMENT_PORT.name(),
            GeneralKeys.DATA.name(),
            GeneralKeys.TRUSTED_PROXIES.name(),
            GeneralKeys.LOG.name(),
            ISSUERS.name());
    private static final List<String> SECTIONS_OF_THE_PROCESS = List.of("limits.", "passwords.", "tls.", "outbound.");
    /** What issuers must not share: who has the secret of one could speak for all. */
    private static final Set<String> OF_ONE_ISSUER = Set.of(
            StoreKeys.STORE.name(), StoreKeys.REPLICA.name(), TokenKeys.SHARED_SECRET.name(), "users", "clients");

    private IssuerKeys() {}

    /** Reads nothing by itself: what an entry means depends on the rest of the file. */
    private record EntriesType() implements Type<Map<String, Value.Fields>> {
        @Override
        public String title() {
            return "mapping: name to the keys of an issuer";
        }

        @Override
        public boolean isStructured() {
            return true;
        }

        @Override
        public Optional<Map<String, Value.Fields>> read(Value value, Spot spot) {
            if (!(value instanceof Value.Fields mapping)) {
                spot.refuse(value, "has to be a mapping, not " + value.kind());
                return Optional.empty();
            }
            Map<String, Value.Fields> entries = new LinkedHashMap<>();
            mapping.fields().forEach((name, entry) -> {
                if (!NAME.matcher(name).matches()) {
                    spot.field(name).refuse(entry, "a name has small letters, digits, - and _, at most 63");
                } else if (entry instanceof Value.Fields fields) {
                    entries.put(name, fields);
                } else if (entry instanceof Value.Nothing) {
                    entries.put(name, new Value.Fields(entry.place(), Map.of()));
                } else {
                    spot.field(name).refuse(entry, "has to be a mapping, not " + entry.kind());
                }
            });
            if (entries.size() > MAX_ISSUERS) {
                spot.refuse(value, "names more than " + MAX_ISSUERS + " issuers");
            }
            return Optional.of(Collections.unmodifiableMap(entries));
        }
    }

    /** What is given at the top of the file and can be meant for no single issuer. */
    static void checkTop(Section top) {
        for (Key<?> key : SettingsReader.keys()) {
            if (OF_ONE_ISSUER.contains(key.name()) && top.isGiven(key)) {
                top.refuse(key, "belongs to one issuer, and there are issuers: it has to stand under one of them");
            }
        }
    }

    /**
     * The values of one issuer: its own on top of those of the file.
     *
     * @param top the values of the file, by dotted key
     * @param own the values of the entry, by dotted key
     */
    static Map<String, Value> values(String name, Map<String, Value> top, Map<String, Value> own, Problems problems) {
        Map<String, Value> values = new HashMap<>(top);
        values.keySet().removeAll(OF_ONE_ISSUER);
        values.remove(ISSUERS.name());
        values.remove(GeneralKeys.ISSUER.name());
        own.forEach((key, value) -> {
            if (isOfTheProcess(key)) {
                problems.add(
                        value.place(),
                        "issuers." + name + "." + key,
                        "belongs to the process: it stands at the top of the file");
            } else {
                values.put(key, value);
            }
        });
        return values;
    }

    private static boolean isOfTheProcess(String key) {
        return OF_THE_PROCESS.contains(key) || SECTIONS_OF_THE_PROCESS.stream().anyMatch(key::startsWith);
    }

    /** Refuses issuers that could be taken for each other, or that share what only one can have. */
    static void check(Settings settings, Map<String, Section> entries) {
        HostingSettings hosting = settings.hosting();
        Map<String, String> stores = new HashMap<>();
        Map<String, String> secrets = new HashMap<>();
        List<Address> addresses = new ArrayList<>();
        hosting.issuers().forEach((name, issuer) -> {
            String otherStore = stores.putIfAbsent(storeOf(issuer), name);
            if (otherStore != null) {
                refuse(entries, name, StoreKeys.STORE, "is the store of " + otherStore + " too");
            }
            issuer.tokens().sharedSecret().ifPresent(secret -> {
                String other = secrets.putIfAbsent(secret, name);
                if (other != null) {
                    refuse(entries, name, TokenKeys.SHARED_SECRET, "is the secret of " + other + " too");
                }
            });
            addresses.add(Address.of(name, settings.issuerAt(settings.port(), name)));
        });
        checkAddresses(addresses, entries);
    }

    private static void refuse(Map<String, Section> entries, String name, Key<?> key, String reason) {
        Objects.requireNonNull(entries.get(name)).refuse(key, reason);
    }

    private static String storeOf(Settings issuer) {
        return switch (issuer.store()) {
            case SqliteSettings sqlite -> sqlite.file().toString();
            case PostgresSettings postgres -> {
                PostgresLocation location = postgres.location();
                yield location.hosts() + "/" + location.database() + "/"
                        + location.schema().orElse("");
            }
        };
    }

    private static void checkAddresses(List<Address> addresses, Map<String, Section> entries) {
        Map<String, String> taken = new HashMap<>();
        for (Address address : addresses) {
            String other = taken.putIfAbsent(address.text(), address.name());
            if (other != null) {
                refuse(
                        entries,
                        address.name(),
                        GeneralKeys.ISSUER,
                        "has the host and path of " + other + ": ports do not tell them apart");
            }
            if (TAKEN.contains(address.firstSegment())) {
                refuse(entries, address.name(), GeneralKeys.ISSUER, "has a path of the server's own");
            }
        }
        for (Address address : addresses) {
            address.above()
                    .map(taken::get)
                    .filter(other -> other != null && !other.equals(address.name()))
                    .findFirst()
                    .ifPresent(other ->
                            refuse(entries, address.name(), GeneralKeys.ISSUER, "lies under the address of " + other));
        }
    }

    /** What a request tells an issuer by. */
    private record Address(String name, String host, String path) {
        static Address of(String name, String url) {
            URI uri = URI.create(url);
            return new Address(name, Hosts.canonical(uri.getHost()), uri.getRawPath());
        }

        String text() {
            return host + path;
        }

        String firstSegment() {
            String[] segments = path.split("/", 3);
            return segments.length > 1 ? segments[1] : "";
        }

        /** The addresses that this one lies under. */
        Stream<String> above() {
            List<String> above = new ArrayList<>();
            for (int slash = path.lastIndexOf('/'); slash >= 0; slash = path.lastIndexOf('/', slash - 1)) {
                above.add(host + path.substring(0, slash));
            }
            return above.stream();
        }
    }
}
