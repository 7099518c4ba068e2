package dev.latchkey.server.hosting;

import dev.latchkey.server.Answer;
import dev.latchkey.server.TestServer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;

/** Issuers with the same users and clients, told apart by path or by host. */
final class ManyIssuers {
    static final String SECRET = "web-secret-web-secret-web-secret-0";
    static final String REDIRECT_URI = "https://rp.example/callback";

    static final String CONFIGURATION = """
        passwords: {argon2-memory: 7MiB, argon2-iterations: 1}
        scopes: {'orders:read': Read your orders}
        trusted-proxies: [127.0.0.1/32]
        issuers:
          red:
            users: &users
              - {username: alice, password: correct horse battery staple, name: Alice Liddell}
            clients: &clients
              - client_id: web
                client_secret: web-secret-web-secret-web-secret-0
                client_name: Orders web
                redirect_uris: [https://rp.example/callback]
                grant_types: [authorization_code, refresh_token, client_credentials]
                scope: openid profile offline_access orders:read
          blue:
            users: *users
            clients: *clients
          green:
            issuer: https://green.example
            users: *users
            clients: *clients
          gray:
            issuer: https://shared.example/deep/gray
            users: *users
            clients: *clients
        """;

    private ManyIssuers() {}

    /** Asks as a proxy does that was asked for another host. */
    static Answer at(TestServer server, String host, String path) {
        return server.send(server.request(path).header("X-Forwarded-Host", host));
    }

    static Answer login(TestServer server, String issuer) {
        return server.post(issuer + "/login", "username", "alice", "password", TestServer.PASSWORD);
    }

    static Answer login(TestServer server, String host, String path) {
        HttpRequest.Builder request = server.request(path + "/login")
                .header("X-Forwarded-Host", host)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("username=alice&password=" + TestServer.encode(TestServer.PASSWORD)));
        return server.send(request);
    }
}
