package dev.latchkey.server;

import dev.latchkey.server.account.AccountEndpoint;
import dev.latchkey.server.authorize.AuthorizationSettings;
import dev.latchkey.server.authorize.AuthorizeEndpoint;
import dev.latchkey.server.browser.Browsers;
import dev.latchkey.server.browser.SignIns;
import dev.latchkey.server.client.ClientAssertions;
import dev.latchkey.server.client.ClientAuthenticator;
import dev.latchkey.server.client.ClientKeySource;
import dev.latchkey.server.client.ClientSecrets;
import dev.latchkey.server.client.ClientUse;
import dev.latchkey.server.discovery.KeySetEndpoint;
import dev.latchkey.server.discovery.MetadataEndpoint;
import dev.latchkey.server.epoch.Epochs;
import dev.latchkey.server.grant.AuthorizationCodeGrant;
import dev.latchkey.server.grant.ClientCredentialsGrant;
import dev.latchkey.server.grant.Grants;
import dev.latchkey.server.grant.PasswordGrant;
import dev.latchkey.server.grant.RefreshTokenGrant;
import dev.latchkey.server.grant.TokenEndpoint;
import dev.latchkey.server.http.Handler;
import dev.latchkey.server.http.Route;
import dev.latchkey.server.introspect.IntrospectionEndpoint;
import dev.latchkey.server.key.KeyRing;
import dev.latchkey.server.login.LoginEndpoint;
import dev.latchkey.server.logout.LogoutEndpoint;
import dev.latchkey.server.page.Pages;
import dev.latchkey.server.proof.DpopProofs;
import dev.latchkey.server.protocol.ClientId;
import dev.latchkey.server.protocol.GrantType;
import dev.latchkey.server.push.PushedRequests;
import dev.latchkey.server.register.RegistrationEndpoint;
import dev.latchkey.server.revoke.RevocationEndpoint;
import dev.latchkey.server.session.ServiceTime;
import dev.latchkey.server.session.StatusIndexes;
import dev.latchkey.server.setting.Settings;
import dev.latchkey.server.signout.LogoutDeliverer;
import dev.latchkey.server.signout.LogoutTokens;
import dev.latchkey.server.signout.SignOut;
import dev.latchkey.server.status.StatusListEndpoint;
import dev.latchkey.server.token.AccessTokens;
import dev.latchkey.server.token.IdTokenHints;
import dev.latchkey.server.token.IdTokens;
import dev.latchkey.server.token.JweEncrypter;
import dev.latchkey.server.token.PasswordTokens;
import dev.latchkey.server.token.RefreshTokens;
import dev.latchkey.server.token.ResourceAccess;
import dev.latchkey.server.token.Subjects;
import dev.latchkey.server.token.TokenIssuer;
import dev.latchkey.server.token.TokenStatus;
import dev.latchkey.server.user.PasswordLogin;
import dev.latchkey.server.user.StandardClaims;
import dev.latchkey.server.userinfo.CurrentUserEndpoint;
import dev.latchkey.server.userinfo.UserInfoEndpoint;
import dev.latchkey.token.Algorithm;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** The endpoints of an issuer, put together once from its settings, stores and keys. */
final class Endpoints {
    private static final Duration KEY_SET_CACHED = Duration.ofMinutes(15);

    private final String url;
    private final Settings settings;
    private final Stores stores;
    private final Issuer.Parts parts;
    private final KeyRing keys;
    private final ServiceTime serviceTime;
    private final Epochs epochs;
    private final TokenIssuer.Crypto crypto;
    private final StatusIndexes statusIndexes;
    private final TokenIssuer tokens;
    private final TokenStatus status;
    private final PasswordLogin passwordLogin;
    private final ClientKeySource clientKeys;
    private final JweEncrypter encrypter;
    private final ClientAuthenticator clients;
    private final ClientUse clientUse;
    private final ClientId firstParty;
    private final Browsers browsers;
    private final SignIns signIns;
    private final Pages pages;
    private final LogoutDeliverer logoutDeliverer;
    private final SignOut signOut;
    private final StatusListEndpoint statusLists;
    private final DpopProofs proofs;

    Endpoints(String url, Settings settings, Stores stores, Issuer.Parts parts, KeyRing keys, ServiceTime serviceTime) {
        this.url = url;
        this.settings = settings;
        this.stores = stores;
        this.parts = parts;
        this.keys = keys;
        this.serviceTime = serviceTime;
        this.epochs = new Epochs(stores.epochs(), stores.unitOfWork(), parts.audit(), parts.clock());
        this.clientKeys = new ClientKeySource(parts.outbound());
        this.encrypter = new JweEncrypter(clientKeys, parts.random());
        this.crypto = crypto();
        this.statusIndexes = new StatusIndexes(stores.statusIndexes(), stores.unitOfWork(), epochs, parts.random());
        this.tokens = new TokenIssuer(
                url,
                settings.tokens(),
                crypto,
                new TokenIssuer.Beginning(statusIndexes, parts.random()),
                parts.clock());
        this.status = status();
        this.passwordLogin = new PasswordLogin(
                new PasswordLogin.Stores(stores.users(), stores.loginFailures(), stores.unitOfWork()),
                parts.hasher(),
                parts.throttle(),
                parts.clock());
        this.clients = clientAuthenticator();
        this.clientUse = new ClientUse(stores.registrations(), stores.unitOfWork(), parts.clock());
        this.firstParty = new ClientId(settings.loginClient());
        this.browsers = new Browsers(url.startsWith("https:"), nameOnSharedHost(), parts.random());
        this.signIns = signIns();
        this.pages = Pages.of(settings.pages(), url, parts.clock(), parts.random());
        this.logoutDeliverer = createDeliverer();
        this.signOut = signOut();
        this.statusLists = createStatusLists();
        this.proofs = Proofs.of(url, settings, stores, parts, new Proofs.State(keys, epochs));
    }

    private Optional<String> nameOnSharedHost() {
        return settings.hosting()
                .name()
                .filter(_ -> !URI.create(url).getRawPath().isEmpty());
    }

    private TokenIssuer.Crypto crypto() {
        Subjects subjects = new Subjects(keys.secretFor("pairwise subjects"));
        return new TokenIssuer.Crypto(
                new AccessTokens(url, settings.tokens(), keys, parts.clock(), parts.random()),
                new RefreshTokens(keys.refreshSecret()),
                new IdTokens(url, settings.tokens(), new IdTokens.Jose(keys, encrypter), subjects, parts.clock()),
                subjects);
    }

    private TokenStatus status() {
        TokenStatus.Stores kept = new TokenStatus.Stores(
                stores.clients(), stores.users(), stores.sessions(), stores.revokedTokens(), stores.unitOfWork());
        return new TokenStatus(crypto, kept, new TokenStatus.Present(statusIndexes, epochs, parts.clock()));
    }

    private ClientAuthenticator clientAuthenticator() {
        ClientAssertions assertions = new ClientAssertions(
                url,
                clientKeys,
                new ClientSecrets(parts.masterKey()),
                new ClientAssertions.Used(stores.usedTokens(), epochs, stores.unitOfWork()),
                parts.clock());
        return new ClientAuthenticator(stores.clients(), assertions, parts.audit());
    }

    private SignIns signIns() {
        return new SignIns(
                new SignIns.Stores(stores.browserSessions(), stores.users(), stores.unitOfWork()),
                passwordLogin,
                settings.browserSessions(),
                parts.audit(),
                new SignIns.Chance(parts.clock(), parts.random(), browsers));
    }

    private LogoutDeliverer createDeliverer() {
        LogoutTokens.Tokens signedLike = new LogoutTokens.Tokens(encrypter, crypto.subjects());
        return new LogoutDeliverer(
                new LogoutDeliverer.Stores(
                        stores.logoutDeliveries(), stores.clients(), stores.users(), stores.unitOfWork()),
                new LogoutTokens(url, signedLike, keys, parts.clock(), parts.random()),
                parts.outbound(),
                parts.audit(),
                parts.clock());
    }

    private SignOut signOut() {
        return new SignOut(
                url,
                new SignOut.Stores(
                        stores.browserSessions(),
                        stores.sessions(),
                        stores.consents(),
                        stores.codes(),
                        stores.clients(),
                        stores.unitOfWork()),
                new SignOut.Telling(stores.logoutDeliveries(), logoutDeliverer::wake, parts.random()),
                parts.audit(),
                parts.clock());
    }

    TokenIssuer tokens() {
        return tokens;
    }

    /** Tells clients of logouts: has to be woken now and then, and closed. */
    LogoutDeliverer logoutDeliverer() {
        return logoutDeliverer;
    }

    /** Tells APIs of sessions that have ended: has to be woken every second. */
    StatusListEndpoint statusLists() {
        return statusLists;
    }

    Epochs epochs() {
        return epochs;
    }

    /** Every route of the issuer. */
    List<Route> routes() {
        Grants grants = grants();
        List<Route> routes = new ArrayList<>();
        routes.addAll(authorize().routes());
        routes.addAll(logout().routes());
        routes.addAll(account().routes());
        routes.addAll(tokenRoutes(grants));
        routes.addAll(userRoutes());
        routes.addAll(metadataRoutes(grants));
        if (settings.tokens().statusList()) {
            routes.addAll(statusLists.routes());
        }
        if (settings.registration().isOn()) {
            routes.addAll(Registering.endpoint(url, settings, stores, parts).routes());
        }
        return List.copyOf(routes);
    }

    private AuthorizeEndpoint authorize() {
        return new AuthorizeEndpoint(
                new AuthorizationSettings(
                        url,
                        new LinkedHashSet<>(scopes()),
                        settings.scopes(),
                        settings.tokens().authorizationCodeLifetime(),
                        settings.pushedRequests().required()),
                new AuthorizeEndpoint.Stores(
                        stores.clients(),
                        stores.consents(),
                        stores.codes(),
                        pushedRequests(),
                        stores.sessions(),
                        clientUse,
                        stores.unitOfWork()),
                new AuthorizeEndpoint.Tokens(
                        tokens, crypto.idTokens(), new IdTokenHints(url, keys, parts.clock()), crypto.subjects()),
                new AuthorizeEndpoint.Surroundings(
                        clients, proofs, signIns, browsers, pages, parts.audit(), parts.clock(), parts.random()));
    }

    private PushedRequests pushedRequests() {
        return new PushedRequests(
                stores.pushedRequests(), stores.unitOfWork(), settings.pushedRequests(), parts.clock(), parts.random());
    }

    private LogoutEndpoint logout() {
        return new LogoutEndpoint(
                url,
                new LogoutEndpoint.Sources(
                        stores.clients(),
                        stores.sessions(),
                        new IdTokenHints(url, keys, parts.clock()),
                        crypto.subjects()),
                signOut,
                new LogoutEndpoint.People(signIns, browsers, pages),
                parts.audit());
    }

    private AccountEndpoint account() {
        return new AccountEndpoint(
                url,
                settings.scopes(),
                new AccountEndpoint.Stores(
                        stores.browserSessions(), stores.sessions(), stores.consents(), stores.clients()),
                signOut,
                new AccountEndpoint.People(signIns, browsers, pages, parts.clock()));
    }

    private Grants grants() {
        return new Grants(List.of(
                new AuthorizationCodeGrant(
                        tokens,
                        new AuthorizationCodeGrant.Stores(
                                stores.codes(), stores.sessions(), stores.users(), stores.unitOfWork()),
                        parts.clock(),
                        parts.audit()),
                new PasswordGrant(passwordTokens()),
                new ClientCredentialsGrant(url, tokens, stores.unitOfWork(), parts.audit()),
                refreshTokenGrant()));
    }

    private PasswordTokens passwordTokens() {
        return new PasswordTokens(
                url,
                passwordLogin,
                tokens,
                new PasswordTokens.Sessions(stores.sessions(), stores.unitOfWork()),
                parts.audit());
    }

    private RefreshTokenGrant refreshTokenGrant() {
        return new RefreshTokenGrant(
                new RefreshTokenGrant.Tokens(url, crypto.refreshTokens(), tokens),
                new RefreshTokenGrant.Sessions(stores.sessions(), stores.users(), stores.unitOfWork(), serviceTime),
                parts.clock(),
                parts.audit());
    }

    private StatusListEndpoint createStatusLists() {
        return new StatusListEndpoint(
                url,
                new StatusListEndpoint.Stores(stores.sessions(), stores.statusIndexes(), epochs),
                new StatusListEndpoint.Signing(settings.tokens().signingAlgorithm(), keys),
                settings.tokens().accessLifetime().plus(Issuer.KEPT_LONGER),
                parts.clock());
    }

    private List<Route> tokenRoutes(Grants grants) {
        return List.of(
                Route.post("/token", proofs.taking(new TokenEndpoint(grants, clients, firstParty, proofs, clientUse)))
                        .withCrossOrigin(),
                Route.post("/revoke", new RevocationEndpoint(clients, firstParty, status, parts.audit()))
                        .withCrossOrigin(),
                Route.post("/introspect", new IntrospectionEndpoint(url, clients, status)));
    }

    private List<Route> userRoutes() {
        ResourceAccess access = new ResourceAccess(url, status, proofs);
        Handler userInfo = proofs.taking(
                new UserInfoEndpoint(url, access, new UserInfoEndpoint.Jose(keys, encrypter, parts.clock())));
        return List.of(
                Route.post("/login", proofs.taking(new LoginEndpoint(clients, firstParty, proofs, passwordTokens())))
                        .withTrailingSlash(),
                Route.get("/users/me", proofs.taking(new CurrentUserEndpoint(access)))
                        .withTrailingSlash()
                        .withCrossOrigin(),
                Route.get("/userinfo", userInfo).withCrossOrigin(),
                Route.post("/userinfo", userInfo).withCrossOrigin());
    }

    private List<Route> metadataRoutes(Grants grants) {
        Handler metadata = new MetadataEndpoint(capabilities(grants));
        return List.of(
                Route.get("/jwks", new KeySetEndpoint(keys, keySetCachedFor())).withCrossOrigin(),
                Route.get("/.well-known/openid-configuration", metadata).withCrossOrigin(),
                Route.get("/.well-known/oauth-authorization-server", metadata).withCrossOrigin());
    }

    /** How long readers may keep the key set: never so long that a key signs before they have seen it. */
    private Duration keySetCachedFor() {
        Duration publishBefore = settings.keys().publishBefore();
        return publishBefore.compareTo(KEY_SET_CACHED) < 0 ? publishBefore : KEY_SET_CACHED;
    }

    private MetadataEndpoint.Capabilities capabilities(Grants grants) {
        return new MetadataEndpoint.Capabilities(
                url,
                scopes(),
                grantTypes(grants),
                keys.algorithms().stream().map(Algorithm::name).toList(),
                StandardClaims.names(),
                Optional.of(url + RegistrationEndpoint.PATH)
                        .filter(_ -> settings.registration().isOn()),
                Optional.of(url + StatusListEndpoint.AGGREGATION_PATH)
                        .filter(_ -> settings.tokens().statusList()),
                settings.pushedRequests().required());
    }

    /** What a registration may name, too: the values are the same (RFC 8414 §2). */
    private List<String> grantTypes(Grants grants) {
        List<String> types =
                new ArrayList<>(grants.types().stream().map(GrantType::value).toList());
        if (settings.registration().grantTypes().contains(GrantType.IMPLICIT)
                && settings.registration().isOn()) {
            types.add(GrantType.IMPLICIT.value());
        }
        return types;
    }

    private List<String> scopes() {
        List<String> scopes = new ArrayList<>(Configured.STANDARD_SCOPES);
        scopes.addAll(settings.scopes().keySet());
        return scopes;
    }
}
