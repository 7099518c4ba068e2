package dev.latchkey.testkit;

import dev.latchkey.server.Server;
import dev.latchkey.server.Stores;
import dev.latchkey.server.protocol.SessionId;
import dev.latchkey.server.protocol.UserId;
import dev.latchkey.server.setting.Settings;
import dev.latchkey.server.signout.OperatorSignOut;
import dev.latchkey.token.Algorithm;
import dev.latchkey.token.JwkSet;
import dev.latchkey.token.Jwt;
import dev.latchkey.token.UnverifiedToken;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * The real token server in this process, for a test: on a free port of this machine, with a store in memory, keys and a clock
 * of its own. Nothing is left of it when it is closed.
 *
 * <pre>{@code
 * try (LatchkeyServer latchkey = LatchkeyServer.start(config -> config.audience("https://orders.example").scopes("orders:read"))) {
 *     String token = latchkey.tokenFor("alice").scope("orders:read").mint();
 *     …
 * }
 * }</pre>
 *
 * <p>Any number can run beside each other. Safe for many threads.
 */
public final class LatchkeyServer implements AutoCloseable {
    /** The password of every user that was declared without one. */
    public static final String PASSWORD = "correct horse battery staple";

    private final Running running;
    private final TestClock clock;
    private final Http http = new Http();

    private LatchkeyServer(Running running, TestClock clock) {
        this.running = running;
        this.clock = clock;
    }

    /** Starts a server with the users {@code alice} and {@code bob}. */
    public static LatchkeyServer start() {
        return start(_ -> {});
    }

    /**
     * Starts a server with the users, clients and settings that the test declares.
     *
     * @throws IllegalArgumentException when the configuration has mistakes; it names all
     */
    public static LatchkeyServer start(Consumer<ServerConfiguration> declaration) {
        // the longest step of the first start in a process, beside the reading of the configuration
        Thread.ofPlatform().daemon().name("crypto-warm-up").start(Jwt::cryptoProvider);
        ServerConfiguration configuration = new ServerConfiguration();
        declaration.accept(configuration);
        return start(configuration);
    }

    static LatchkeyServer start(ServerConfiguration configuration) {
        Running running = new Running(configuration);
        return new LatchkeyServer(running, running.clock());
    }

    /** The issuer identifier: also the address of the server, unless the test set another. */
    public String issuer() {
        return server().issuer().url();
    }

    /** The address that the endpoints are under. */
    public String url() {
        return running.url();
    }

    /** Where the keys are published. */
    public String jwksUri() {
        return url() + "/jwks";
    }

    /** The published keys: verifies what the server signs. */
    public JwkSet jwks() {
        return server().issuer().keys().published();
    }

    /** The server's clock, to be turned. */
    public TestClock clock() {
        return clock;
    }

    /** Begins an access token of a declared user. */
    public TokenBuilder tokenFor(String username) {
        Mint mint = mint();
        return new TokenBuilder(mint, mint.loginClient(), grant -> mint.forUser(username, grant));
    }

    /** Begins an access token of a client on its own behalf, as by {@code client_credentials}. */
    public TokenBuilder tokenForClient(String clientId) {
        Mint mint = mint();
        return new TokenBuilder(mint, clientId, mint::forClient);
    }

    /** The {@code sub} of the user's tokens. */
    public String subjectOf(String username) {
        return mint().user(username).id().value();
    }

    /** The secret of a declared client. */
    public String clientSecret(String clientId) {
        return logins().secretOf(clientId);
    }

    /**
     * Logs the user in by name and password, at the client behind {@code /login}.
     *
     * @throws RefusedException when the server does not let the user in
     */
    public Tokens login(String username) {
        return logins().password(username);
    }

    /**
     * Signs the user in at a client through the pages of the server, without a browser: with all scopes of the client, which
     * the user allows.
     *
     * @throws RefusedException when the server does not let the user in
     */
    public Tokens signIn(String username, String clientId) {
        return signIn(username, clientId, "");
    }

    /** {@link #signIn(String, String)} with these scopes, blanks between them. */
    public Tokens signIn(String username, String clientId, String scope) {
        return logins().code(username, clientId, scope);
    }

    /**
     * The next tokens of a login.
     *
     * @throws RefusedException when the session has ended
     */
    public Tokens refresh(Tokens tokens) {
        return logins().refresh(tokens);
    }

    /** Revokes the session of the tokens, and all its tokens with it. */
    public void revoke(Tokens tokens) {
        revoke(tokens.accessToken());
    }

    /**
     * Revokes the session of an access token with all its tokens, of which its client is told over the back channel if it listens;
     * the token alone where it is a client's own.
     */
    public void revoke(String accessToken) {
        Map<String, Object> claims = UnverifiedToken.parse(accessToken).claims();
        Instant now = clock.instant();
        if (claims.get("sid") instanceof String session) {
            stores().unitOfWork()
                    .run(transaction -> stores().sessions()
                            .find(new SessionId(session))
                            .map(found -> signOut().endSession(transaction, found, now)));
        } else {
            String id = String.valueOf(Objects.requireNonNull(claims.get("jti"), "the token has neither sid nor jti"));
            Instant end = Instant.ofEpochSecond(((Number) claims.getOrDefault("exp", 0L)).longValue());
            stores().unitOfWork().run(transaction -> {
                stores().revokedTokens().add(transaction, id, end);
                return true;
            });
        }
        running.catchUp();
    }

    /** Revokes all sessions of the user, of which clients are told over the back channel if they listen. */
    public void revokeAll(String username) {
        UserId user = mint().user(username).id();
        Instant now = clock.instant();
        stores().unitOfWork().run(transaction -> signOut().endSessions(transaction, user, now));
        running.catchUp();
    }

    /** Disables the user: no more logins, and every session has ended. */
    public void disable(String username) {
        UserId user = mint().user(username).id();
        Instant now = clock.instant();
        stores().unitOfWork().run(transaction -> {
            stores().users().setDisabled(transaction, user, true);
            return signOut().endSessions(transaction, user, now);
        });
        running.catchUp();
    }

    /** Has new keys sign from now on. Tokens of the old ones go on to count, as in production. */
    public void rotateKeys() {
        server().issuer().keys().algorithms().stream()
                .filter(algorithm -> !algorithm.isSymmetric())
                .forEach(this::rotate);
    }

    private void rotate(Algorithm algorithm) {
        String next = server().issuer().keys().rotate(algorithm);
        while (!server().issuer().keys().signer(algorithm).keyId().equals(next)) {
            clock.advance(Duration.ofMillis(1)); // of two keys of one instant either could sign
            next = server().issuer().keys().rotate(algorithm);
        }
    }

    /** Has new keys sign from now on, and takes the old ones back at once: their tokens count no more. */
    public void withdrawKeys() {
        running.withdrawKeys(this::rotateKeys);
    }

    /** Stops the server: connections are refused until the outage is closed. */
    public Outage outage() {
        return outage(Outage.Kind.UNREACHABLE);
    }

    /**
     * Has the server be out in this way until the outage is closed. Tokens can be minted meanwhile.
     *
     * @throws IllegalStateException when it is out already
     */
    public Outage outage(Outage.Kind kind) {
        return running.outage(kind);
    }

    /** Ends an outage that goes on, and goes with the system's clock again. Users, sessions and keys stay as they are. */
    public void recover() {
        running.endOutage();
        clock.backToPresent();
    }

    boolean isClosed() {
        return running.isClosed();
    }

    private Mint mint() {
        return running.mint();
    }

    private Logins logins() {
        Settings settings = running.settings();
        return new Logins(http, url(), settings, running.random());
    }

    private Stores stores() {
        return server().issuer().stores();
    }

    private OperatorSignOut signOut() {
        return stores().operatorSignOut(running.random());
    }

    private Server server() {
        return running.server();
    }

    @Override
    public void close() {
        http.close();
        running.close();
    }

    @Override
    public String toString() {
        return "LatchkeyServer[" + issuer() + "]";
    }
}
