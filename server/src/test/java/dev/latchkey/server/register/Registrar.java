package dev.latchkey.server.register;

import dev.latchkey.server.Answer;
import dev.latchkey.server.TestServer;
import dev.latchkey.token.Json;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Registers and manages clients at a server. */
final class Registrar {
    static final String REDIRECT_URI = "https://rp.example/callback";
    static final String OPEN =
            TestServer.CONFIGURATION + "registration: {access: open, scopes: ['orders:read'], per-address: 1000}\n";

    private final TestServer server;

    Registrar(TestServer server) {
        this.server = server;
    }

    /** Metadata with a redirect URI, and more names and values. */
    static Map<String, Object> metadata(Object... namesAndValues) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("redirect_uris", List.of(REDIRECT_URI));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            metadata.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return metadata;
    }

    Answer register(Object... namesAndValues) {
        return post(Json.write(metadata(namesAndValues)));
    }

    Answer post(String json) {
        return server.send(request("POST", "/register", json));
    }

    Answer postAs(String token, String json) {
        return server.send(request("POST", "/register", json).header("Authorization", "Bearer " + token));
    }

    Answer read(Answer registered) {
        return manage("GET", registered, "");
    }

    Answer update(Answer registered, Map<String, Object> metadata) {
        Map<String, Object> members = new LinkedHashMap<>(metadata);
        members.putIfAbsent("client_id", registered.text("client_id"));
        return manage("PUT", registered, Json.write(members));
    }

    Answer delete(Answer registered) {
        return manage("DELETE", registered, "");
    }

    private Answer manage(String method, Answer registered, String body) {
        return manage(method, path(registered), registered.text("registration_access_token"), body);
    }

    Answer manage(String method, String path, String token, String body) {
        return server.send(request(method, path, body).header("Authorization", "Bearer " + token));
    }

    /** Where the client is managed, within the server. */
    String path(Answer registered) {
        return registered.text("registration_client_uri").substring(server.url().length());
    }

    private HttpRequest.Builder request(String method, String path, String json) {
        return server.request(path)
                .header("Content-Type", "application/json")
                .method(method, json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json));
    }
}
