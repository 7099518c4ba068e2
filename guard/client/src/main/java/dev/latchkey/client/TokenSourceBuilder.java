package dev.latchkey.client;

import dev.latchkey.token.Jwk;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Collects what a {@link TokenSource} has to know. For one thread. */
public final class TokenSourceBuilder {
    private final String issuer;
    private final Kind kind;
    private final List<String> scope = new ArrayList<>();
    private final List<String> resources = new ArrayList<>();
    private final List<String> audience = new ArrayList<>();
    private @Nullable ClientAuthentication client;
    private @Nullable String refreshToken;
    private Consumer<String> whenRotated = token -> {};
    private Supplier<String> subjectToken = () -> "";
    private @Nullable URI tokenEndpoint;
    private Duration timeout = Duration.ofSeconds(5);
    private InstantSource clock = InstantSource.system();
    private Executor executor = TokenSourceBuilder::start;
    private @Nullable HttpClient httpClient;
    private boolean insecureAllowHttp;

    enum Kind {
        CLIENT_CREDENTIALS,
        REFRESH,
        EXCHANGE
    }

    /** What a token is to be good for. */
    record Wanted(List<String> scope, List<String> resources) {}

    /** When and by whom it is got. */
    record Pace(InstantSource clock, Executor executor, Duration patience) {}

    TokenSourceBuilder(String issuer, Kind kind) {
        this.issuer = issuer;
        this.kind = kind;
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "latchkey-token");
        thread.setDaemon(true);
        thread.start();
    }

    TokenSourceBuilder refreshToken(String first) {
        refreshToken = first;
        return this;
    }

    TokenSourceBuilder subjectToken(Supplier<String> supplier) {
        subjectToken = supplier;
        return this;
    }

    /** As this client, by its secret in the header ({@code client_secret_basic}). */
    public TokenSourceBuilder client(String clientId, String secret) {
        return client(new ClientAuthentication.SecretBasic(clientId, secret));
    }

    /** As this client, by its secret in the form ({@code client_secret_post}). */
    public TokenSourceBuilder clientSecretPost(String clientId, String secret) {
        return client(new ClientAuthentication.SecretPost(clientId, secret));
    }

    /** As this client, by an assertion that it signs with its private key ({@code private_key_jwt}, RFC 7523). */
    public TokenSourceBuilder privateKeyJwt(String clientId, Jwk privateKey) {
        return client(new ClientAuthentication.PrivateKeyJwt(clientId, privateKey));
    }

    /** As this client, which has no secret: to refresh the tokens of users. */
    public TokenSourceBuilder publicClient(String clientId) {
        return client(new ClientAuthentication.None(clientId));
    }

    private TokenSourceBuilder client(ClientAuthentication authentication) {
        if (client != null) {
            throw new IllegalStateException("the client is given twice");
        }
        client = authentication;
        return this;
    }

    /** With these scopes; those that the server gives by itself unless said. */
    public TokenSourceBuilder scope(String... scopes) {
        scope.addAll(List.of(scopes));
        return this;
    }

    /** For these APIs (RFC 8707). */
    public TokenSourceBuilder resource(String... urls) {
        resources.addAll(List.of(urls));
        return this;
    }

    /** For these APIs, by the names that the server knows them by: of an exchange only (RFC 8693 §2.1). */
    public TokenSourceBuilder audience(String... names) {
        if (kind != Kind.EXCHANGE) {
            throw new IllegalStateException("audience(…) is for an exchange; say resource(…)");
        }
        audience.addAll(List.of(names));
        return this;
    }

    /**
     * Hears of each next refresh token, to keep it somewhere; before the access token that came with it is given to anybody,
     * on a thread of the source. What it throws is logged by its class, and the tokens are used all the same.
     */
    public TokenSourceBuilder whenRotated(Consumer<String> keep) {
        if (kind != Kind.REFRESH) {
            throw new IllegalStateException("whenRotated(…) is for a refresh token");
        }
        whenRotated = keep;
        return this;
    }

    /** The token endpoint, where it is not to be found by the issuer's metadata. */
    public TokenSourceBuilder tokenEndpoint(String url) {
        tokenEndpoint = URI.create(url);
        return this;
    }

    /** How long an answer of the server may take; 5 s unless given. Nobody waits more than three times as long. */
    public TokenSourceBuilder timeout(Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException("no time for an answer");
        }
        timeout = duration;
        return this;
    }

    /** The clock that decides what has expired; the system's unless given. */
    public TokenSourceBuilder clock(InstantSource source) {
        clock = source;
        return this;
    }

    /** Who gets tokens; a new daemon thread for each unless given. */
    public TokenSourceBuilder executor(Executor threads) {
        executor = threads;
        return this;
    }

    /** The client that asks the server, with a proxy or a trust store of one's own. It must not follow redirects. */
    public TokenSourceBuilder httpClient(HttpClient own) {
        httpClient = own;
        return this;
    }

    /** Lets the server be asked without TLS even where it is not on this machine: whoever is on the way has the secret. */
    public TokenSourceBuilder insecureAllowHttp() {
        insecureAllowHttp = true;
        return this;
    }

    /**
     * The source; it asks nobody before a token is wanted.
     *
     * @throws IllegalStateException if the client is missing
     * @throws IllegalArgumentException if an address is not https and not of this machine
     */
    public TokenSource build() {
        ClientAuthentication authentication = client;
        if (authentication == null) {
            throw new IllegalStateException("say which client asks: client(…), privateKeyJwt(…) or publicClient(…)");
        }
        if (kind == Kind.CLIENT_CREDENTIALS && authentication instanceof ClientAuthentication.None) {
            throw new IllegalStateException("a public client has no tokens of its own"); // RFC 6749 §4.4
        }
        HttpClient asking = httpClient == null
                ? HttpClient.newBuilder().connectTimeout(timeout).build()
                : httpClient;
        TokenEndpoint endpoint = new TokenEndpoint(
                issuer,
                Optional.ofNullable(tokenEndpoint),
                authentication,
                new Http(asking, timeout, insecureAllowHttp),
                clock);
        return new TokenSource(
                endpoint,
                grant(),
                new Wanted(List.copyOf(scope), List.copyOf(resources)),
                new Pace(clock, executor, timeout.multipliedBy(3)));
    }

    private Grant grant() {
        return switch (kind) {
            case CLIENT_CREDENTIALS -> new Grant.ClientCredentials();
            case REFRESH -> new Grant.Refresh(String.valueOf(refreshToken), whenRotated);
            case EXCHANGE -> new Grant.Exchange(subjectToken, List.copyOf(audience));
        };
    }
}
