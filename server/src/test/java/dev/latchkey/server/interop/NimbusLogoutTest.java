package dev.latchkey.server.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.client.ClientDeleteRequest;
import com.nimbusds.oauth2.sdk.client.ClientReadRequest;
import com.nimbusds.oauth2.sdk.client.ClientRegistrationErrorResponse;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.AuthenticationResponseParser;
import com.nimbusds.openid.connect.sdk.BackChannelLogoutRequest;
import com.nimbusds.openid.connect.sdk.LogoutRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.claims.LogoutTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.rp.OIDCClientInformation;
import com.nimbusds.openid.connect.sdk.rp.OIDCClientInformationResponse;
import com.nimbusds.openid.connect.sdk.rp.OIDCClientMetadata;
import com.nimbusds.openid.connect.sdk.rp.OIDCClientRegistrationRequest;
import com.nimbusds.openid.connect.sdk.rp.OIDCClientRegistrationResponseParser;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import com.nimbusds.openid.connect.sdk.validators.LogoutTokenValidator;
import com.sun.net.httpserver.HttpServer;
import dev.latchkey.server.TestServer;
import dev.latchkey.server.UserAgent;
import dev.latchkey.server.Visit;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The OpenID Connect SDK of Connect2id registers a client, signs alice in at it, and hears of her logout. */
class NimbusLogoutTest {
    private static final URI REDIRECT_URI = URI.create("https://rp.example/callback");
    private static final URI SIGNED_OUT_URI = URI.create("https://rp.example/signed-out");
    private static final ClientAuthentication OUT =
            new ClientSecretBasic(new ClientID("out"), new Secret("out-secret-out-secret-out-secret0"));

    private final BlockingQueue<String> logoutTokens = new LinkedBlockingQueue<>();
    private HttpServer relyingParty;
    private TestServer server;
    private UserAgent alice;
    private OIDCProviderMetadata metadata;

    @BeforeEach
    void start() throws Exception {
        relyingParty = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        relyingParty.createContext("/", exchange -> {
            logoutTokens.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        relyingParty.start();
        server = TestServer.start("""
            outbound: {insecure-allow-private-addresses: true}
            registration: {access: open}
            %s  - client_id: out
                client_secret: out-secret-out-secret-out-secret0
                redirect_uris: ['%s']
                post_logout_redirect_uris: ['%s']
                backchannel_logout_uri: http://127.0.0.1:%d/
                id_token_signed_response_alg: ES256
                scope: openid
            """.formatted(
                        TestServer.CONFIGURATION,
                        REDIRECT_URI,
                        SIGNED_OUT_URI,
                        relyingParty.getAddress().getPort()));
        server.clock().turnToPresent();
        alice = new UserAgent(server);
        metadata = OIDCProviderMetadata.resolve(new Issuer(server.url()));
    }

    @AfterEach
    void stop() {
        server.close();
        relyingParty.stop(0);
    }

    private Visit visit(URI uri) {
        return alice.get(uri.toString().substring(server.url().length()));
    }

    private URI authenticationRequest(ClientAuthentication client, CodeVerifier verifier, Nonce nonce) {
        return new AuthenticationRequest.Builder(
                        ResponseType.CODE, new Scope("openid"), client.getClientID(), REDIRECT_URI)
                .endpointURI(metadata.getAuthorizationEndpointURI())
                .nonce(nonce)
                .codeChallenge(verifier, CodeChallengeMethod.S256)
                .build()
                .toURI();
    }

    /** Signs alice in at a client, and gives the ID token. */
    private JWT signIn(ClientAuthentication client, JWSAlgorithm algorithm) throws Exception {
        CodeVerifier verifier = new CodeVerifier();
        Nonce nonce = new Nonce();
        Visit consent = alice.signIn(visit(authenticationRequest(client, verifier, nonce)));
        URI answer = URI.create(alice.submit(consent, "decision", "allow").location());
        AuthorizationCodeGrant grant = new AuthorizationCodeGrant(
                AuthenticationResponseParser.parse(answer).toSuccessResponse().getAuthorizationCode(),
                REDIRECT_URI,
                verifier);
        TokenRequest request = new TokenRequest.Builder(metadata.getTokenEndpointURI(), client, grant).build();
        JWT idToken = ((OIDCTokenResponse) OIDCTokenResponseParser.parse(send(request.toHTTPRequest())))
                .getOIDCTokens()
                .getIDToken();
        new IDTokenValidator(
                        metadata.getIssuer(),
                        client.getClientID(),
                        algorithm,
                        metadata.getJWKSetURI().toURL(),
                        new DefaultResourceRetriever(60_000, 60_000))
                .validate(idToken, nonce);
        return idToken;
    }

    private static HTTPResponse send(HTTPRequest request) throws IOException {
        return request.send();
    }

    @Test
    void sendsTheUserToLogOutAndBack() throws Exception {
        JWT idToken = signIn(OUT, JWSAlgorithm.ES256);
        State state = new State();

        URI request = new LogoutRequest(metadata.getEndSessionEndpointURI(), idToken, SIGNED_OUT_URI, state).toURI();

        assertThat(visit(request).location()).isEqualTo(SIGNED_OUT_URI + "?state=" + state);
        assertThat(visit(authenticationRequest(OUT, new CodeVerifier(), new Nonce()))
                        .html())
                .contains("name=\"password\"");
    }

    @Test
    void understandsALogoutToken() throws Exception {
        JWT idToken = signIn(OUT, JWSAlgorithm.ES256);

        alice.submit(alice.get("/logout"), "logout", "yes");

        String form = Objects.requireNonNull(logoutTokens.poll(60, TimeUnit.SECONDS), "no logout token");
        HTTPRequest post = new HTTPRequest(HTTPRequest.Method.POST, URI.create("http://127.0.0.1/"));
        post.setContentType("application/x-www-form-urlencoded");
        post.setBody(form);
        LogoutTokenClaimsSet claims = new LogoutTokenValidator(
                        metadata.getIssuer(),
                        OUT.getClientID(),
                        JWSAlgorithm.ES256,
                        metadata.getJWKSetURI().toURL(),
                        new DefaultResourceRetriever(60_000, 60_000))
                .validate(BackChannelLogoutRequest.parse(post).getLogoutToken());
        IDTokenClaimsSet signedIn = new IDTokenClaimsSet(idToken.getJWTClaimsSet());
        assertThat(claims.getSubject()).isEqualTo(signedIn.getSubject());
        assertThat(claims.getSessionID()).isEqualTo(signedIn.getSessionID());
    }

    @Test
    void registersReadsAndDeletesAClient() throws Exception {
        OIDCClientMetadata wanted = new OIDCClientMetadata();
        wanted.setName("Registered by Nimbus");
        wanted.setRedirectionURI(REDIRECT_URI);
        wanted.setScope(new Scope("openid"));

        OIDCClientInformation client = information(
                new OIDCClientRegistrationRequest(metadata.getRegistrationEndpointURI(), wanted, null).toHTTPRequest());

        signIn(new ClientSecretBasic(client.getID(), client.getSecret()), JWSAlgorithm.RS256);
        OIDCClientInformation read =
                information(new ClientReadRequest(client.getRegistrationURI(), client.getRegistrationAccessToken())
                        .toHTTPRequest());
        assertThat(read.getOIDCMetadata().getName()).isEqualTo("Registered by Nimbus");
        HTTPResponse deleted =
                send(new ClientDeleteRequest(client.getRegistrationURI(), client.getRegistrationAccessToken())
                        .toHTTPRequest());
        assertThat(deleted.getStatusCode()).isEqualTo(204);
    }

    private static OIDCClientInformation information(HTTPRequest request) throws IOException, ParseException {
        var response = OIDCClientRegistrationResponseParser.parse(send(request));
        assertThat(response.indicatesSuccess())
                .as(() -> ((ClientRegistrationErrorResponse) response)
                        .getErrorObject()
                        .toString())
                .isTrue();
        return ((OIDCClientInformationResponse) response).getOIDCClientInformation();
    }
}
