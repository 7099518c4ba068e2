package dev.latchkey.testkit;

import dev.latchkey.token.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Writes the configuration of a server: the test's own text, what it declared, and what fits every test. */
final class ConfigurationText {
    private static final String STANDARD_SCOPES = "openid profile email address phone offline_access";

    /** Of a configuration made for a real server, what must not count in a test: addresses and places on the disk. */
    private static final List<String> OF_REAL_SERVERS =
            List.of("issuer", "host", "port", "management-port", "data", "store", "tls");

    private final Map<String, Object> tree;
    private final ServerConfiguration configuration;

    private ConfigurationText(ServerConfiguration configuration) {
        this.configuration = configuration;
        this.tree = read(configuration.yaml());
    }

    /** As JSON, which is YAML. */
    static String of(ServerConfiguration configuration, String masterKey) {
        ConfigurationText text = new ConfigurationText(configuration);
        OF_REAL_SERVERS.forEach(text.tree::remove);
        text.addScopes();
        text.addUsers();
        text.addClients();
        text.fitTests(masterKey);
        return Json.write(text.tree);
    }

    private static Map<String, Object> read(String yaml) {
        Object document = new Load(LoadSettings.builder().build()).loadFromString(yaml.isBlank() ? "{}" : yaml);
        return members(document, "the configuration");
    }

    private void addScopes() {
        if (configuration.scopes().isEmpty()) {
            return;
        }
        Map<String, Object> scopes = section("scopes");
        configuration.scopes().forEach(name -> scopes.putIfAbsent(name, name));
    }

    private void addUsers() {
        List<Object> users = list("users");
        configuration.users().forEach(user -> put(users, "username", user.members()));
        if (users.isEmpty()) {
            List.of("alice", "bob").forEach(name -> users.add(new UserDeclaration(name).members()));
        }
    }

    private void addClients() {
        List<Object> clients = list("clients");
        Set<String> scopes = new LinkedHashSet<>(List.of(STANDARD_SCOPES.split(" ")));
        scopes.addAll(section("scopes").keySet());
        String all = String.join(" ", scopes);
        configuration
                .clients()
                .values()
                .forEach(client -> put(clients, "client_id", client.members(all, configuration.audience())));
        String loginClient = String.valueOf(tree.getOrDefault("login-client", "first-party"));
        boolean declared = clients.stream()
                .anyMatch(
                        client -> client instanceof Map<?, ?> members && loginClient.equals(members.get("client_id")));
        if (!declared && !configuration.audience().isEmpty()) {
            // the built-in one is for the issuer alone
            clients.add(new ClientDeclaration(loginClient)
                    .withoutSecret()
                    .grantTypes("password", "refresh_token")
                    .members(all, configuration.audience()));
        }
    }

    private void fitTests(String masterKey) {
        Map<String, Object> keys = section("keys");
        keys.remove("master-key-file");
        keys.put("master-key", masterKey);
        keys.put("publish-before", "0s"); // a rotated key signs at once, and nobody keeps a key set
        Map<String, Object> passwords = section("passwords");
        passwords.put("argon2-memory", "7MiB");
        passwords.put("argon2-iterations", 1);
        passwords.put("argon2-parallelism", 1);
        section("limits").put("drain-timeout", "1s");
    }

    /** Adds it, in the place of the one of its name if there is one. */
    private static void put(List<Object> all, String naming, Map<String, Object> added) {
        all.removeIf(other -> other instanceof Map<?, ?> members
                && String.valueOf(added.get(naming)).equals(members.get(naming)));
        all.add(added);
    }

    private Map<String, Object> section(String name) {
        Map<String, Object> section = members(tree.get(name), name);
        tree.put(name, section);
        return section;
    }

    private List<Object> list(String name) {
        List<Object> list = tree.get(name) instanceof List<?> given ? new ArrayList<>(given) : new ArrayList<>();
        tree.put(name, list);
        return list;
    }

    private static Map<String, Object> members(@Nullable Object value, String name) {
        Map<String, Object> members = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> given) {
            given.forEach((key, member) -> members.put(String.valueOf(key), member));
        } else if (value != null) {
            throw new IllegalArgumentException(name + " has to be a mapping of keys");
        }
        return members;
    }
}
