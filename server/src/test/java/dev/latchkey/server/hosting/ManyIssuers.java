package dev.latchkey.server.hosting;

import dev.latchkey.server.Answer;
import dev.latchkey.server.TestServer;
import dev.latchkey.server.sql.PostgresLocation;
import dev.latchkey.server.sql.TestPostgres;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Issuers with the same users and clients, told apart by path or by host, and a server of them. Every issuer has a store of its
 * own: a file, or a schema where the suite runs on PostgreSQL.
 */
final class ManyIssuers implements AutoCloseable {
    static final String SECRET = "web-secret-web-secret-web-secret-0";
    static final String REDIRECT_URI = "https://rp.example/callback";

    private final List<PostgresLocation> schemas;
    private final String configuration;
    final TestServer server;

    private ManyIssuers(List<PostgresLocation> schemas, Function<String, TestServer> start) {
        this.schemas = schemas;
        this.configuration =
                configuration(IntStream.range(0, 4).mapToObj(this::store).toArray());
        this.server = start.apply(configuration);
    }

    static ManyIssuers start() {
        List<PostgresLocation> schemas = TestPostgres.isWanted()
                ? Stream.generate(TestPostgres::freshSchema).limit(4).toList()
                : List.of();
        return new ManyIssuers(schemas, TestServer::start);
    }

    /** With stores that a test can break: files of the name {@code red.db} and so on, whatever the suite runs on. */
    static ManyIssuers startOnFiles() {
        return new ManyIssuers(List.of(), TestServer::startOnSqlite);
    }

    private static String configuration(Object... stores) {
        return """
            passwords: {argon2-memory: 7MiB, argon2-iterations: 1}
            scopes: {'orders:read': Read your orders}
            trusted-proxies: [127.0.0.1/32]
            issuers:
              red:
                %s
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
                %s
                users: *users
                clients: *clients
              green:
                %s
                issuer: https://green.example
                users: *users
                clients: *clients
              gray:
                %s
                issuer: https://shared.example/deep/gray
                users: *users
                clients: *clients
            """.formatted(stores);
    }

    private String store(int issuer) {
        return schemas.isEmpty() ? "" : "store: '" + TestPostgres.url(schemas.get(issuer)) + "'";
    }

    /** Starts the server again on the same stores. */
    void restart() {
        restartWith("");
    }

    /** Starts the server again on the same stores, with more in its configuration. */
    void restartWith(String more) {
        server.restartWith(configuration + more);
    }

    @Override
    public void close() {
        server.close();
        schemas.forEach(TestPostgres::dropSchema);
    }

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
