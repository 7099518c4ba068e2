package dev.latchkey.server;

import dev.latchkey.server.command.Backend;
import dev.latchkey.server.command.Upkeep;
import dev.latchkey.server.setting.Settings;
import dev.latchkey.token.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Does once what the program does first, so that the JVM can keep the classes it needed (JEP 483, 514, 515). Run by the
 * launcher when it has built the program, with a folder it may use as its argument.
 */
final class Rehearsal {
    private static final String SECRET = "only for the rehearsal, not a secret";

    private final PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    private final Main main = new Main();
    private final Backend backend = main.backend();

    private Rehearsal() {}

    public static void main(String[] arguments) {
        Rehearsal rehearsal = new Rehearsal();
        rehearsal.run("token", "create", "--secret", SECRET, "--sub", "rehearsal", "--claim", "x=1");
        rehearsal.run("token", "verify", "--secret", SECRET, "x.y.z");
        int served = rehearsal.run("serve", "--port", "0", "--data", arguments[0]);
        rehearsal.run("user", "list", "--data", arguments[0]);
        System.exit(served);
    }

    private int run(String... arguments) {
        return main.run(new Visited(), List.of(arguments), nowhere, System.err, Map.of());
    }

    /** Instead of waiting to be told to stop, calls the server a few times. */
    private final class Visited implements Backend {
        @Override
        public Running start(Settings settings) throws IOException {
            Running server = backend.start(settings);
            return new Running() {
                @Override
                public String issuer() {
                    return server.issuer();
                }

                @Override
                public Optional<NewUser> firstUser() {
                    return server.firstUser();
                }

                @Override
                public void awaitStop() {
                    visit(server);
                }

                @Override
                public void close() {
                    server.close();
                }
            };
        }

        @Override
        public Administration administer(Settings settings) throws IOException {
            return backend.administer(settings);
        }

        @Override
        public Upkeep upkeep(Settings settings) {
            return backend.upkeep(settings);
        }
    }

    private static void visit(Backend.Running server) {
        URI address =
                URI.create("http://127.0.0.1:" + URI.create(server.issuer()).getPort());
        Backend.NewUser user = server.firstUser().orElseThrow();
        try {
            for (String path :
                    List.of("/.well-known/openid-configuration", "/jwks", "/health/ready", "/docs", "/account")) {
                call(address, path, "", "");
            }
            Map<String, Object> tokens = Json.parseObject(
                    call(address, "/login", "username=" + user.username() + "&password=" + user.password(), ""));
            call(address, "/users/me", "", String.valueOf(tokens.get("access_token")));
            call(address, "/token", "grant_type=refresh_token&refresh_token=" + tokens.get("refresh_token"), "");
            call(address, "/token", "grant_type=client_credentials", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The body of the answer; empty where it is an error, which is worth a rehearsal too. */
    private static byte[] call(URI address, String path, String form, String bearer) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) address.resolve(path).toURL().openConnection();
        if (!bearer.isEmpty()) {
            connection.setRequestProperty("Authorization", "Bearer " + bearer);
        }
        if (!form.isEmpty()) {
            connection.setDoOutput(true);
            connection.getOutputStream().write(form.getBytes(StandardCharsets.US_ASCII));
        }
        if (connection.getResponseCode() >= HttpURLConnection.HTTP_BAD_REQUEST) {
            return new byte[0];
        }
        try (InputStream body = connection.getInputStream()) {
            return body.readAllBytes();
        }
    }
}
