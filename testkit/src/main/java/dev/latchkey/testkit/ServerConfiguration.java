package dev.latchkey.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What a test wants of its server. Nothing has to be said: without users there are {@code alice} and {@code bob}.
 *
 * <p>Where it listens and stores, and what passwords cost, is always chosen for tests; {@link #set} counts before that.
 */
public final class ServerConfiguration {
    private final Map<String, UserDeclaration> users = new LinkedHashMap<>();
    private final Map<String, ClientDeclaration> clients = new LinkedHashMap<>();
    private final List<String> scopes = new ArrayList<>();
    private final List<String> audience = new ArrayList<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final List<String> overrides = new ArrayList<>();
    private String yaml = "";

    ServerConfiguration() {}

    /** A user with {@link LatchkeyServer#PASSWORD}. */
    public ServerConfiguration user(String username) {
        return user(username, _ -> {});
    }

    /** A user; declared twice, both count together. */
    public ServerConfiguration user(String username, Consumer<UserDeclaration> declaration) {
        declaration.accept(users.computeIfAbsent(username, UserDeclaration::new));
        return this;
    }

    /** A client; declared twice, both count together. */
    public ServerConfiguration client(String clientId, Consumer<ClientDeclaration> declaration) {
        declaration.accept(clients.computeIfAbsent(clientId, ClientDeclaration::new));
        return this;
    }

    /** Scopes of the application's own; those of OpenID Connect are always there. */
    public ServerConfiguration scopes(String... names) {
        scopes.addAll(List.of(names));
        return this;
    }

    /** The API under test: whom tokens are for where nothing else is asked for. */
    public ServerConfiguration audience(String... resources) {
        audience.addAll(List.of(resources));
        return this;
    }

    /** A configuration as the server's own file, to begin with; what is declared beside it is added. */
    public ServerConfiguration yaml(String text) {
        yaml = text;
        return this;
    }

    /** What <code>${NAME}</code> in the configuration stands for; the variables of the process do not count. */
    public ServerConfiguration environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** A key of the configuration, as {@code tokens.access-lifetime} and {@code 5m}. */
    public ServerConfiguration set(String key, String value) {
        overrides.add(key + "=" + value);
        return this;
    }

    String yaml() {
        return yaml;
    }

    List<UserDeclaration> users() {
        return List.copyOf(users.values());
    }

    Map<String, ClientDeclaration> clients() {
        return clients;
    }

    List<String> scopes() {
        return List.copyOf(scopes);
    }

    List<String> audience() {
        return List.copyOf(audience);
    }

    Map<String, String> environment() {
        return Map.copyOf(environment);
    }

    List<String> overrides() {
        return List.copyOf(overrides);
    }
}
