package dev.latchkey.server.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationRequest;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.PushedAuthorizationRequest;
import com.nimbusds.oauth2.sdk.PushedAuthorizationResponse;
import com.nimbusds.oauth2.sdk.PushedAuthorizationSuccessResponse;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretJWT;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.AuthenticationResponseParser;
import com.nimbusds.openid.connect.sdk.AuthenticationSuccessResponse;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import dev.latchkey.server.TestServer;
import dev.latchkey.server.UserAgent;
import dev.latchkey.server.Visit;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The OpenID Connect SDK of Connect2id pushes its requests, configured by discovery alone (RFC 9126). */
class NimbusPushTest {
    private static final URI REDIRECT_URI = URI.create("https://rp.example/callback");
    private static final Secret SECRET = new Secret("strict-secret-strict-secret-strict-0");

    private final TestServer server = TestServer.start(TestServer.CONFIGURATION + """
          - client_id: strict
            client_secret: strict-secret-strict-secret-strict-0
            redirect_uris: [https://rp.example/callback]
            require_pushed_authorization_requests: true
            scope: openid profile
          - client_id: asserting
            client_secret: strict-secret-strict-secret-strict-0
            token_endpoint_auth_method: client_secret_jwt
            redirect_uris: [https://rp.example/callback]
            require_pushed_authorization_requests: true
            scope: openid profile
        """);
    private final UserAgent alice = new UserAgent(server);
    private final State state = new State();
    private final Nonce nonce = new Nonce();
    private final CodeVerifier verifier = new CodeVerifier();
    private OIDCProviderMetadata metadata;

    @BeforeEach
    void discover() throws Exception {
        server.clock().turnToPresent();
        metadata = OIDCProviderMetadata.resolve(new Issuer(server.url()));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private AuthenticationRequest request(ClientID client, URI redirectUri) {
        return new AuthenticationRequest.Builder(ResponseType.CODE, new Scope("openid", "profile"), client, redirectUri)
                .endpointURI(metadata.getAuthorizationEndpointURI())
                .state(state)
                .nonce(nonce)
                .codeChallenge(verifier, CodeChallengeMethod.S256)
                .build();
    }

    private PushedAuthorizationResponse push(ClientAuthentication client, AuthenticationRequest request)
            throws Exception {
        return PushedAuthorizationResponse.parse(
                new PushedAuthorizationRequest(metadata.getPushedAuthorizationRequestEndpointURI(), client, request)
                        .toHTTPRequest()
                        .send());
    }

    private Visit visit(ClientID client, PushedAuthorizationSuccessResponse pushed) {
        AuthorizationRequest request = new AuthorizationRequest.Builder(pushed.getRequestURI(), client)
                .endpointURI(metadata.getAuthorizationEndpointURI())
                .build();
        return alice.get(request.toURI().toString().substring(server.url().length()));
    }

    private void signsIn(ClientAuthentication client, ClientAuthentication again) throws Exception {
        PushedAuthorizationSuccessResponse pushed =
                push(client, request(client.getClientID(), REDIRECT_URI)).toSuccessResponse();
        assertThat(pushed.getLifetime()).isEqualTo(60);

        Visit answer = alice.submit(alice.signIn(visit(client.getClientID(), pushed)), "decision", "allow");
        AuthenticationSuccessResponse response = AuthenticationResponseParser.parse(URI.create(answer.location()))
                .toSuccessResponse();
        assertThat(response.getState()).isEqualTo(state);
        assertThat(response.getIssuer()).isEqualTo(metadata.getIssuer());
        TokenRequest redemption = new TokenRequest.Builder(
                        metadata.getTokenEndpointURI(),
                        again,
                        new AuthorizationCodeGrant(response.getAuthorizationCode(), REDIRECT_URI, verifier))
                .build();
        OIDCTokenResponse tokens = (OIDCTokenResponse)
                OIDCTokenResponseParser.parse(redemption.toHTTPRequest().send());
        new IDTokenValidator(
                        metadata.getIssuer(),
                        client.getClientID(),
                        JWSAlgorithm.RS256,
                        metadata.getJWKSetURI().toURL(),
                        new DefaultResourceRetriever(60_000, 60_000))
                .validate(tokens.getOIDCTokens().getIDToken(), nonce);
    }

    @Test
    void signsInByAPushedRequest() throws Exception {
        ClientAuthentication strict = new ClientSecretBasic(new ClientID("strict"), SECRET);
        signsIn(strict, strict);
    }

    @Test
    void provesWhoItIsByAnAssertion() throws Exception {
        signsIn(assertion(), assertion());
    }

    /** For the issuer alone; the SDK would take any audience. */
    private ClientAuthentication assertion() throws Exception {
        return new ClientSecretJWT(new ClientID("asserting"), URI.create(server.url()), JWSAlgorithm.HS256, SECRET);
    }

    @Test
    void hearsWhyARequestIsRefused() throws Exception {
        ClientAuthentication strict = new ClientSecretBasic(new ClientID("strict"), SECRET);
        PushedAuthorizationResponse evil =
                push(strict, request(strict.getClientID(), URI.create("https://evil.example/")));
        assertThat(evil.toErrorResponse().getErrorObject()).isEqualTo(OAuth2Error.INVALID_REQUEST);
        assertThat(evil.toErrorResponse().getErrorObject().getHTTPStatusCode()).isEqualTo(400);

        ClientAuthentication wrong = new ClientSecretBasic(new ClientID("strict"), new Secret("a wrong secret"));
        PushedAuthorizationResponse refused = push(wrong, request(strict.getClientID(), REDIRECT_URI));
        assertThat(refused.toErrorResponse().getErrorObject()).isEqualTo(OAuth2Error.INVALID_CLIENT);
    }

    @Test
    void readsThatItHasToPush() throws Exception {
        assertThat(metadata.requiresPushedAuthorizationRequests()).isFalse();
        Visit refused = alice.get(request(new ClientID("strict"), REDIRECT_URI)
                .toURI()
                .toString()
                .substring(server.url().length()));
        assertThat(AuthenticationResponseParser.parse(URI.create(refused.location()))
                        .toErrorResponse()
                        .getErrorObject())
                .isEqualTo(OAuth2Error.INVALID_REQUEST);
    }
}
