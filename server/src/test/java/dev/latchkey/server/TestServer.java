package dev.latchkey.server;

import dev.latchkey.server.setting.Problem;
import dev.latchkey.server.setting.Settings;
import dev.latchkey.server.setting.SettingsInput;
import dev.latchkey.server.setting.SettingsOutcome;
import dev.latchkey.server.sql.Database;
import dev.latchkey.server.sql.PostgresLocation;
import dev.latchkey.server.sql.StoreListener;
import dev.latchkey.server.sql.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The real server on a free port, with a store and a clock of its own, and an HTTP client to ask it. */
public final class TestServer implements Site, AutoCloseable {
    public static final String PASSWORD = "correct horse battery staple";

    /** A user, a confidential client that may do everything, and one that may do nothing. */
    public static final String CONFIGURATION = """
        passwords: {argon2-memory: 7MiB, argon2-iterations: 1}
        scopes: {'orders:read': Read your orders, 'orders:write': Change your orders}
        users:
          - {username: alice, password: correct horse battery staple, name: Alice Liddell, email: alice@example.com, email_verified: true, roles: [admin]}
          - {username: bob, password: bobs password is a long one, email: bob@example.com}
        clients:
          - client_id: service
            client_secret: service-secret-service-secret-00
            redirect_uris: [https://service.example/callback]
            grant_types: [authorization_code, client_credentials, password, refresh_token]
            token_endpoint_auth_method: client_secret_basic
            skip_consent: true
            scope: openid profile email orders:read orders:write
            audience: [https://orders.example, https://stock.example]
          - client_id: form
            client_secret: form-secret-form-secret-form-000
            grant_types: [client_credentials]
            token_endpoint_auth_method: client_secret_post
            scope: orders:read
          - client_id: app
            grant_types: [password, refresh_token]
            token_endpoint_auth_method: none
            scope: openid profile orders:read
          - client_id: web
            client_secret: web-secret-web-secret-web-secret-0
            client_name: Orders web
            redirect_uris: [https://rp.example/callback]
            grant_types: [authorization_code, refresh_token]
            response_types: [code, code id_token, id_token]
            scope: openid profile email address phone offline_access orders:read
            audience: [https://orders.example, https://stock.example]
          - client_id: plain
            client_secret: plain-secret-plain-secret-plain-00
            redirect_uris: [https://plain.example/callback]
            grant_types: [authorization_code, refresh_token]
            scope: openid profile email offline_access
            require_pkce: false
          - client_id: spa
            redirect_uris: [https://spa.example/callback, http://127.0.0.1/callback]
            grant_types: [authorization_code, refresh_token]
            token_endpoint_auth_method: none
            scope: openid profile
        """;

    /**
     * A machine that stands still for a while fails no test. They come before a test's configuration: tests of time-outs open
     * stores and clients themselves, or give them to an issuer of many.
     */
    private static final List<String> PATIENCE_OF_TESTS = List.of(
            "outbound.timeout=30s",
            "postgresql.patience=30s",
            "postgresql.statement-timeout=60s",
            "postgresql.lock-timeout=60s");

    /** Of a connection to a file: how long it waits for a server that writes. */
    public static final String PATIENT_CONNECTION = "?busy_timeout=60000";

    private final Path folder;
    /** Where the store is, unless it is a file. */
    private final Optional<PostgresLocation> postgres;
    /** How many servers use the store and have not been closed. */
    private final AtomicInteger sharers;

    private Settings settings;
    private final TurnedClock clock;
    private final HttpClient client = HttpClient.newHttpClient();
    private Server server;

    private TestServer(Path folder, String configuration, Optional<PostgresLocation> postgres, Shared shared)
            throws IOException {
        this.folder = folder;
        this.postgres = postgres;
        this.settings = settings(configuration);
        this.clock = shared.clock;
        this.sharers = shared.servers;
        this.server = started();
    }

    /** What instances of one issuer have in common. */
    private record Shared(TurnedClock clock, AtomicInteger servers) {
        static Shared by(int servers) {
            return new Shared(new TurnedClock(), new AtomicInteger(servers));
        }
    }

    public static TestServer start() {
        return start(CONFIGURATION);
    }

    /** Starts with a configuration in YAML; where to listen and to store is added. */
    public static TestServer start(String configuration) {
        return start(configuration, TestPostgres.isWanted());
    }

    /** On the embedded database, whatever the suite runs on. */
    static TestServer startOnSqlite() {
        return startOnSqlite(CONFIGURATION);
    }

    public static TestServer startOnSqlite(String configuration) {
        return start(configuration, false);
    }

    private static TestServer start(String configuration, boolean onPostgres) {
        try {
            boolean chosen = onPostgres && !configuration.contains("store:");
            return new TestServer(
                    Files.createTempDirectory("latchkey-test"),
                    configuration,
                    chosen ? Optional.of(TestPostgres.freshSchema()) : Optional.empty(),
                    Shared.by(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Starts several instances of one issuer at the same time, on one new schema of PostgreSQL and with one clock. The
     * configuration names the issuer and the master key.
     */
    public static List<TestServer> startInstances(int number, String configuration) {
        PostgresLocation location = TestPostgres.freshSchema();
        Shared shared = Shared.by(number);
        try (ExecutorService threads = Executors.newFixedThreadPool(number)) {
            List<Future<TestServer>> starting = new ArrayList<>();
            for (int i = 0; i < number; i++) {
                Path folder = Files.createTempDirectory("latchkey-test");
                starting.add(
                        threads.submit(() -> new TestServer(folder, configuration, Optional.of(location), shared)));
            }
            List<TestServer> instances = new ArrayList<>();
            for (Future<TestServer> start : starting) {
                instances.add(start.get());
            }
            return instances;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private Settings settings(String configuration) throws IOException {
        Path file = Files.writeString(folder.resolve("latchkey.yaml"), configuration);
        List<String> overrides = new ArrayList<>(List.of("port=0", "data=" + folder.resolve("data")));
        overrides.addAll(PATIENCE_OF_TESTS);
        postgres.ifPresent(location -> overrides.add("store=" + TestPostgres.url(location)));
        return switch (new SettingsInput(Optional.of(file), Map.of(), overrides).load()) {
            case SettingsOutcome.Accepted accepted -> accepted.settings();
            case SettingsOutcome.Refused refused ->
                throw new IllegalArgumentException(String.join(
                        "\n", refused.problems().stream().map(Problem::toString).toList()));
        };
    }

    private Server started() {
        try {
            return Server.start(settings, clock, new SecureRandom());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops the server and starts it again on the same store, after the time has passed. */
    public void restartAfter(Duration outage) {
        server.close();
        clock.turn(outage);
        server = started();
    }

    /** Stops the server, does something, and starts it again. */
    public void whileStopped(Runnable work) {
        server.close();
        try {
            work.run();
        } finally {
            server = started();
        }
    }

    /** Stops the server and starts it again on the same store, with another configuration. */
    public void restartWith(String configuration) {
        server.close();
        try {
            settings = settings(configuration);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server = started();
    }

    /** Removes what has ended, as the server does every minute. */
    public void keepHouse() {
        server.issuer().housekeeping().run();
    }

    public TurnedClock clock() {
        return clock;
    }

    public Server server() {
        return server;
    }

    /** Where its configuration {@code latchkey.yaml} is, and its data in a folder of that name. */
    public Path folder() {
        return folder;
    }

    @Override
    public String url() {
        return "http://localhost:" + server.port();
    }

    /** The store that the server works on, opened beside it. */
    public Database openStore() {
        return Database.open(settings.store(), clock, StoreListener.NONE);
    }

    boolean isOnPostgres() {
        return postgres.isPresent();
    }

    /** The options by which commands find the server's store and keys. */
    List<String> storeOptions() {
        List<String> options =
                new ArrayList<>(List.of("--data", folder.resolve("data").toString()));
        postgres.ifPresent(location -> options.addAll(List.of("--set", "store=" + TestPostgres.url(location))));
        return options;
    }

    /** A connection of its own to that store. */
    Connection connectToStore() throws SQLException {
        return postgres.isPresent()
                ? TestPostgres.connect(postgres.get())
                : DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("data/latchkey.db") + PATIENT_CONNECTION);
    }

    /** Sends a form of names and values. */
    public Answer post(String path, String... namesAndValues) {
        return postAs(_ -> {}, path, namesAndValues);
    }

    /** Sends a form with the client's id and secret in a Basic header (RFC 6749 §2.3.1). */
    public Answer postAs(String clientId, String secret, String path, String... namesAndValues) {
        return postAs(request -> request.header("Authorization", basic(clientId, secret)), path, namesAndValues);
    }

    private Answer postAs(Consumer<HttpRequest.Builder> header, String path, String... namesAndValues) {
        HttpRequest.Builder request = request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form(namesAndValues)));
        header.accept(request);
        return send(request);
    }

    public Answer get(String path) {
        return send(request(path));
    }

    /** The status of {@code /health/ready}, asked again while it is 503, as it is where a store is slow for a second. */
    public int readiness() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        int status = get("/health/ready").status();
        while (status == 503 && System.nanoTime() - end < 0) {
            status = get("/health/ready").status();
        }
        return status;
    }

    /** Asks with a bearer token (RFC 6750 §2.1). */
    public Answer getAs(String token, String path) {
        return send(request(path).header("Authorization", "Bearer " + token));
    }

    @Override
    public Answer send(HttpRequest.Builder request) {
        try {
            return new Answer(client.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Logs alice in at the first-party client. */
    public Answer login() {
        return post("/login", "username", "alice", "password", PASSWORD);
    }

    public Answer refresh(String refreshToken) {
        return post("/token", "grant_type", "refresh_token", "refresh_token", refreshToken);
    }

    public static String basic(String clientId, String secret) {
        String pair = encode(clientId) + ":" + encode(secret);
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    /** Names and values as a form. */
    public static String form(String... namesAndValues) {
        StringJoiner form = new StringJoiner("&");
        for (int i = 0; i < namesAndValues.length; i += 2) {
            form.add(encode(namesAndValues[i]) + "=" + encode(namesAndValues[i + 1]));
        }
        return form.toString();
    }

    /** As it stands in a form. */
    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        client.close();
        server.close();
        if (sharers.decrementAndGet() == 0) {
            postgres.ifPresent(TestPostgres::dropSchema);
        }
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(TestServer::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
