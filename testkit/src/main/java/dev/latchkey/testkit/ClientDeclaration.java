package dev.latchkey.testkit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A client, as a test declares it. With a redirect URI it is for logins of users, without one a service that has tokens for
 * itself. It authenticates with {@link LatchkeyServer#clientSecret} and may have all scopes of the server and its audience,
 * unless told otherwise.
 */
public final class ClientDeclaration {
    private static final Set<String> WITHOUT_SECRET = Set.of("none", "private_key_jwt");

    private final String clientId;
    private final Map<String, Object> members = new LinkedHashMap<>();

    ClientDeclaration(String clientId) {
        this.clientId = clientId;
    }

    /** Where its users come back to. */
    public ClientDeclaration redirectUris(String... uris) {
        return metadata("redirect_uris", List.of(uris));
    }

    /** Another secret, of at least 16 characters. */
    public ClientDeclaration secret(String secret) {
        return metadata("client_secret", secret);
    }

    /** It has no secret, as an application in the browser or on a telephone. */
    public ClientDeclaration withoutSecret() {
        return metadata("token_endpoint_auth_method", "none");
    }

    /** The grants it may use, by their names of RFC 7591 §2. */
    public ClientDeclaration grantTypes(String... types) {
        return metadata("grant_types", List.of(types));
    }

    /** The scopes it may have. */
    public ClientDeclaration scopes(String... scopes) {
        return metadata("scope", String.join(" ", scopes));
    }

    /** The APIs it may have tokens for (RFC 8707). */
    public ClientDeclaration audience(String... resources) {
        return metadata("audience", List.of(resources));
    }

    /** Any key that a client of the configuration has: {@code skip_consent}, {@code require_pkce} … */
    public ClientDeclaration metadata(String name, Object value) {
        members.put(name, value);
        return this;
    }

    /** As a client of the configuration, with what was not said. */
    Map<String, Object> members(String allScopes, List<String> audience) {
        Map<String, Object> client = new LinkedHashMap<>(members);
        client.put("client_id", clientId);
        if (!WITHOUT_SECRET.contains(client.getOrDefault("token_endpoint_auth_method", ""))) {
            client.putIfAbsent("client_secret", "secret-of-" + clientId + "-for-tests");
        }
        client.putIfAbsent(
                "grant_types",
                client.containsKey("redirect_uris")
                        ? List.of("authorization_code", "refresh_token")
                        : List.of("client_credentials"));
        client.putIfAbsent("scope", allScopes);
        if (!audience.isEmpty()) {
            client.putIfAbsent("audience", audience);
        }
        return client;
    }
}
