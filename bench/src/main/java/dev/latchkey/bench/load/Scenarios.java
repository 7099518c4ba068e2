package dev.latchkey.bench.load;

import dev.latchkey.token.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is asked of the server, and the configuration that it needs for that. */
final class Scenarios {
    static final String PASSWORD = "correct horse battery staple";
    private static final String CLIENT = "service";
    private static final String SECRET = "service-secret-service-secret-00";

    /** Failed logins are no part of it, and the lock-out is out of the way of those that are meant to succeed. */
    static final String CONFIGURATION = """
        lock-out: {account-failures: 1000, address-failures: 100000}
        scopes: {'orders:read': Read your orders, 'orders:write': Change your orders}
        users:
          - {username: alice, password: %s, name: Alice Liddell, email: alice@example.com, email_verified: true, roles: [admin]}
        clients:
          - client_id: %s
            client_secret: %s
            grant_types: [client_credentials, password, refresh_token]
            token_endpoint_auth_method: client_secret_basic
            scope: openid profile email orders:read orders:write
            audience: [https://orders.example]
          - client_id: web
            client_secret: %s
            redirect_uris: [https://rp.example/callback]
            grant_types: [authorization_code, refresh_token]
            scope: openid profile email
            id_token_signed_response_alg: ES256
        """.formatted(PASSWORD, CLIENT, SECRET, SECRET);

    private final ServerProcess server;

    Scenarios(ServerProcess server) {
        this.server = server;
    }

    /** The scenarios by their names, in the order in which they are run. */
    enum Scenario {
        PLAIN_HTTP("GET /health/live"),
        CLIENT_CREDENTIALS("client_credentials, ES256"),
        REFRESH("refresh, rotating"),
        INTROSPECTION("introspection"),
        USERS_ME("GET /users/me"),
        USER_INFO("GET /userinfo"),
        DISCOVERY("GET discovery document"),
        CODE_FLOW("code flow: authorize, tokens, user info"),
        LOGIN("password login");

        final String title;

        Scenario(String title) {
            this.title = title;
        }
    }

    /** What each of so many connections does. */
    List<Exchange> exchanges(Scenario scenario, int connections) throws IOException {
        List<Exchange> exchanges = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            exchanges.add(exchange(scenario));
        }
        return exchanges;
    }

    private Exchange exchange(Scenario scenario) throws IOException {
        return switch (scenario) {
            case PLAIN_HTTP -> Exchange.fixed(Exchange.get("/health/live", Map.of()));
            case CLIENT_CREDENTIALS -> Exchange.fixed(Exchange.form("/token", basic(), clientCredentials()));
            case REFRESH -> new RefreshChain(text(login(), "refresh_token"));
            case INTROSPECTION ->
                Exchange.fixed(Exchange.form("/introspect", basic(), Map.of("token", text(login(), "access_token"))));
            case USERS_ME -> usersMe();
            case USER_INFO -> withToken("/userinfo");
            case DISCOVERY -> Exchange.fixed(Exchange.get("/.well-known/openid-configuration", Map.of()));
            case CODE_FLOW -> new SignedInBrowser(server).codeFlow();
            case LOGIN -> Exchange.fixed(loginRequest());
        };
    }

    /** A session of its own, whose access token is shown again and again. */
    Exchange usersMe() throws IOException {
        return withToken("/users/me");
    }

    private Exchange withToken(String path) throws IOException {
        return Exchange.fixed(Exchange.get(path, Map.of("Authorization", "Bearer " + text(login(), "access_token"))));
    }

    private static Map<String, String> clientCredentials() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("grant_type", "client_credentials");
        fields.put("scope", "orders:read");
        return fields;
    }

    private Map<String, Object> login() throws IOException {
        return Json.parseObject(server.ask(loginRequest()));
    }

    private static byte[] loginRequest() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("username", "alice");
        fields.put("password", PASSWORD);
        return Exchange.form("/login", Map.of(), fields);
    }

    private static Map<String, String> basic() {
        return basic(CLIENT);
    }

    static Map<String, String> basic(String client) {
        byte[] pair = (client + ":" + SECRET).getBytes(StandardCharsets.US_ASCII);
        return Map.of("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
    }

    private static String text(Map<String, Object> object, String name) {
        return String.valueOf(object.get(name));
    }
}
