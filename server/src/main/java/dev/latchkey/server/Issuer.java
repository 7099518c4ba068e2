package dev.latchkey.server;

import dev.latchkey.server.audit.AuditTrail;
import dev.latchkey.server.client.ClientAssertions;
import dev.latchkey.server.client.ClientAuthenticator;
import dev.latchkey.server.client.ClientKeySource;
import dev.latchkey.server.client.ClientMetadata;
import dev.latchkey.server.client.ClientSecrets;
import dev.latchkey.server.discovery.KeySetEndpoint;
import dev.latchkey.server.discovery.MetadataEndpoint;
import dev.latchkey.server.grant.ClientCredentialsGrant;
import dev.latchkey.server.grant.Grants;
import dev.latchkey.server.grant.PasswordGrant;
import dev.latchkey.server.grant.RefreshTokenGrant;
import dev.latchkey.server.grant.TokenEndpoint;
import dev.latchkey.server.http.Handler;
import dev.latchkey.server.http.Route;
import dev.latchkey.server.introspect.IntrospectionEndpoint;
import dev.latchkey.server.key.KeyRing;
import dev.latchkey.server.key.KeySettings;
import dev.latchkey.server.key.KeyVault;
import dev.latchkey.server.key.MasterKey;
import dev.latchkey.server.login.LoginEndpoint;
import dev.latchkey.server.outbound.Outbound;
import dev.latchkey.server.password.PasswordHasher;
import dev.latchkey.server.protocol.ClientId;
import dev.latchkey.server.protocol.GrantType;
import dev.latchkey.server.revoke.RevocationEndpoint;
import dev.latchkey.server.session.ServiceTime;
import dev.latchkey.server.setting.Settings;
import dev.latchkey.server.token.AccessTokens;
import dev.latchkey.server.token.JweEncrypter;
import dev.latchkey.server.token.PasswordTokens;
import dev.latchkey.server.token.RefreshTokens;
import dev.latchkey.server.token.TokenIssuer;
import dev.latchkey.server.token.TokenStatus;
import dev.latchkey.server.user.LoginThrottle;
import dev.latchkey.server.user.PasswordLogin;
import dev.latchkey.server.userinfo.CurrentUserEndpoint;
import dev.latchkey.server.userinfo.StandardClaims;
import dev.latchkey.server.userinfo.UserInfoEndpoint;
import dev.latchkey.token.Algorithm;
import dev.latchkey.token.Jwk;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * One issuer: its settings, its store, its keys and its clock, wired into endpoints. Nothing of it is static, so a process
 * can hold many.
 */
public final class Issuer {
    /** How much longer than an access token lives a key stays published, for clocks that are slow. */
    private static final Duration KEPT_LONGER = Duration.ofHours(1);

    private static final Duration KEY_SET_CACHED = Duration.ofMinutes(15);

    private final String url;
    private final Settings settings;
    private final Stores stores;
    private final Parts parts;
    private final KeyRing keys;
    private final ServiceTime serviceTime;

    /**
     * What an issuer is given from outside.
     *
     * @param masterKey under which its keys rest
     * @param hasher of passwords; may be shared with other issuers
     * @param throttle the rule for repeated failures
     * @param audit takes its audit events
     * @param outbound asks URLs that clients named
     * @param clock tells the time
     * @param random a strong source
     */
    public record Parts(
            MasterKey masterKey,
            PasswordHasher hasher,
            LoginThrottle throttle,
            AuditTrail audit,
            Outbound outbound,
            InstantSource clock,
            SecureRandom random) {}

    private Issuer(String url, Settings settings, Stores stores, Parts parts) {
        this.url = url;
        this.settings = settings;
        this.stores = stores;
        this.parts = parts;
        KeyVault vault = new KeyVault(stores.keys(), stores.unitOfWork(), parts.masterKey());
        this.keys = new KeyRing(vault, keySettings(settings), parts.clock(), parts.random());
        this.serviceTime = new ServiceTime(
                stores.serviceTime(),
                stores.unitOfWork(),
                parts.clock(),
                settings.tokens().refreshGrace());
    }

    /** Opens the issuer: brings its configuration into the store, makes the keys that are missing, looks for an outage. */
    public static Issuer open(String url, Settings settings, Stores stores, Parts parts) {
        Issuer issuer = new Issuer(url, settings, stores, parts);
        new Configured(stores, parts.masterKey(), parts.hasher(), parts.clock(), parts.random()).apply(settings);
        issuer.keys.open(signingAlgorithms(settings));
        issuer.serviceTime.begin();
        return issuer;
    }

    static KeySettings keySettings(Settings settings) {
        return new KeySettings(
                settings.keys().rotateAfter(),
                settings.keys().publishBefore(),
                settings.tokens().accessLifetime().plus(KEPT_LONGER),
                settings.tokens()
                        .sharedSecret()
                        .map(secret -> Jwk.secret(
                                settings.tokens().signingAlgorithm(), secret.getBytes(StandardCharsets.UTF_8))));
    }

    /** The configured algorithm, and those that a client may choose, among them RS256 (OpenID Connect Core §15.1). */
    static Set<Algorithm> signingAlgorithms(Settings settings) {
        Set<Algorithm> algorithms = EnumSet.copyOf(ClientMetadata.Protection.SIGNATURES);
        if (settings.tokens().sharedSecret().isEmpty()) {
            algorithms.add(settings.tokens().signingAlgorithm());
        }
        return algorithms;
    }

    /** Where this issuer answers. */
    public List<Route> routes() {
        AccessTokens accessTokens = new AccessTokens(url, settings.tokens(), keys, parts.clock(), parts.random());
        TokenIssuer.Crypto crypto = new TokenIssuer.Crypto(accessTokens, new RefreshTokens(keys.refreshSecret()));
        TokenIssuer tokens = new TokenIssuer(url, settings.tokens(), crypto, parts.clock(), parts.random());
        PasswordTokens passwordTokens = new PasswordTokens(
                url,
                passwordLogin(),
                tokens,
                new PasswordTokens.Sessions(stores.sessions(), stores.unitOfWork()),
                parts.audit());
        TokenStatus status = new TokenStatus(
                url,
                crypto,
                new TokenStatus.Stores(
                        stores.clients(),
                        stores.users(),
                        stores.sessions(),
                        stores.revokedTokens(),
                        stores.unitOfWork()),
                parts.clock());
        Grants grants = new Grants(List.of(
                new PasswordGrant(passwordTokens),
                new ClientCredentialsGrant(url, tokens, parts.audit()),
                refreshTokenGrant(crypto, tokens)));
        return routes(grants, passwordTokens, status);
    }

    private PasswordLogin passwordLogin() {
        PasswordLogin.Stores loginStores =
                new PasswordLogin.Stores(stores.users(), stores.loginFailures(), stores.unitOfWork());
        return new PasswordLogin(loginStores, parts.hasher(), parts.throttle(), parts.clock());
    }

    private RefreshTokenGrant refreshTokenGrant(TokenIssuer.Crypto crypto, TokenIssuer tokens) {
        return new RefreshTokenGrant(
                new RefreshTokenGrant.Tokens(url, crypto.refreshTokens(), tokens),
                new RefreshTokenGrant.Sessions(stores.sessions(), stores.users(), stores.unitOfWork(), serviceTime),
                parts.clock(),
                parts.audit());
    }

    private ClientAuthenticator clientAuthenticator(ClientKeySource clientKeys) {
        ClientAssertions assertions = new ClientAssertions(
                url,
                clientKeys,
                new ClientSecrets(parts.masterKey()),
                new ClientAssertions.Used(stores.usedAssertions(), stores.unitOfWork()),
                parts.clock());
        return new ClientAuthenticator(stores.clients(), assertions, parts.audit());
    }

    private List<Route> routes(Grants grants, PasswordTokens passwordTokens, TokenStatus status) {
        ClientKeySource clientKeys = new ClientKeySource(parts.outbound());
        ClientId firstParty = new ClientId(settings.loginClient());
        ClientAuthenticator clients = clientAuthenticator(clientKeys);
        Handler metadata = new MetadataEndpoint(capabilities(grants));
        Handler userInfo = new UserInfoEndpoint(
                url,
                status,
                stores.clients(),
                new UserInfoEndpoint.Jose(keys, new JweEncrypter(clientKeys, parts.random()), parts.clock()));
        return List.of(
                Route.post("/login", new LoginEndpoint(clients, firstParty, passwordTokens))
                        .withTrailingSlash(),
                Route.post("/token", new TokenEndpoint(grants, clients, firstParty))
                        .withCrossOrigin(),
                Route.get("/users/me", new CurrentUserEndpoint(status))
                        .withTrailingSlash()
                        .withCrossOrigin(),
                Route.get("/userinfo", userInfo).withCrossOrigin(),
                Route.post("/userinfo", userInfo).withCrossOrigin(),
                Route.post("/revoke", new RevocationEndpoint(clients, firstParty, status, parts.audit()))
                        .withCrossOrigin(),
                Route.post("/introspect", new IntrospectionEndpoint(url, clients, status)),
                Route.get("/jwks", new KeySetEndpoint(keys, cachedFor())).withCrossOrigin(),
                Route.get("/.well-known/openid-configuration", metadata).withCrossOrigin(),
                Route.get("/.well-known/oauth-authorization-server", metadata).withCrossOrigin());
    }

    /** How long readers may keep the key set: never so long that a key signs before they have seen it. */
    private Duration cachedFor() {
        Duration publishBefore = settings.keys().publishBefore();
        return publishBefore.compareTo(KEY_SET_CACHED) < 0 ? publishBefore : KEY_SET_CACHED;
    }

    private MetadataEndpoint.Capabilities capabilities(Grants grants) {
        List<String> scopes = new ArrayList<>(Configured.STANDARD_SCOPES);
        scopes.addAll(settings.scopes().keySet());
        return new MetadataEndpoint.Capabilities(
                url,
                scopes,
                grants.types().stream().map(GrantType::value).toList(),
                keys.algorithms().stream().map(Algorithm::name).toList(),
                StandardClaims.names());
    }

    /** The issuer identifier, which is also the address that the endpoints are under. */
    public String url() {
        return url;
    }

    public Stores stores() {
        return stores;
    }

    /** The keys in use, for commands and for the timer. */
    public KeyRing keys() {
        return keys;
    }

    Housekeeping housekeeping() {
        return new Housekeeping(
                stores, settings.lockOut().forgetAfter(), settings.audit().retention(), parts.clock());
    }

    public ServiceTime serviceTime() {
        return serviceTime;
    }
}
