package dev.latchkey.server.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.ResourceOwnerPasswordCredentialsGrant;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenIntrospectionRequest;
import com.nimbusds.oauth2.sdk.TokenIntrospectionResponse;
import com.nimbusds.oauth2.sdk.TokenIntrospectionSuccessResponse;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.TokenRevocationRequest;
import com.nimbusds.oauth2.sdk.as.AuthorizationServerMetadata;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.oauth2.sdk.token.BearerTokenError;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import com.nimbusds.oauth2.sdk.token.Token;
import com.nimbusds.oauth2.sdk.token.Tokens;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.UserInfoResponse;
import com.nimbusds.openid.connect.sdk.claims.UserInfo;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import dev.latchkey.server.TestServer;
import java.net.MalformedURLException;
import java.net.URI;
import java.text.ParseException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The OAuth SDK and JWT library of Connect2id as a client, configured by discovery alone. */
class NimbusClientTest {
    private static final ClientID SERVICE = new ClientID("service");
    private static final ClientAuthentication BASIC =
            new ClientSecretBasic(SERVICE, new Secret("service-secret-service-secret-00"));
    private static final ClientAuthentication POST =
            new ClientSecretPost(new ClientID("form"), new Secret("form-secret-form-secret-form-000"));
    private static final AuthorizationGrant PASSWORD =
            new ResourceOwnerPasswordCredentialsGrant("alice", new Secret(TestServer.PASSWORD));

    private final TestServer server = TestServer.start();
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

    private static HTTPResponse send(HTTPRequest request) throws Exception {
        return request.send();
    }

    private TokenResponse ask(ClientAuthentication client, AuthorizationGrant grant, String... scope) throws Exception {
        TokenRequest request = new TokenRequest.Builder(metadata.getTokenEndpointURI(), client, grant)
                .scope(new Scope(scope))
                .build();
        return TokenResponse.parse(send(request.toHTTPRequest()));
    }

    private static Tokens tokens(TokenResponse response) {
        assertThat(response.indicatesSuccess())
                .as(() -> response.toErrorResponse().getErrorObject().toString())
                .isTrue();
        return response.toSuccessResponse().getTokens();
    }

    private TokenIntrospectionSuccessResponse introspected(Token token) throws Exception {
        TokenIntrospectionRequest request =
                new TokenIntrospectionRequest(metadata.getIntrospectionEndpointURI(), BASIC, token);
        return TokenIntrospectionResponse.parse(send(request.toHTTPRequest())).toSuccessResponse();
    }

    private UserInfoResponse userInfo(AccessToken token) throws Exception {
        return UserInfoResponse.parse(
                send(new UserInfoRequest(metadata.getUserInfoEndpointURI(), token).toHTTPRequest()));
    }

    private HTTPResponse revoked(Token token) throws Exception {
        return send(new TokenRevocationRequest(metadata.getRevocationEndpointURI(), BASIC, token).toHTTPRequest());
    }

    private DefaultJWTProcessor<SecurityContext> verifier() throws MalformedURLException {
        DefaultJWTProcessor<SecurityContext> verifier = new DefaultJWTProcessor<>();
        verifier.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType("at+jwt")));
        verifier.setJWSKeySelector(new JWSVerificationKeySelector<>(
                JWSAlgorithm.ES256,
                JWKSourceBuilder.<SecurityContext>create(
                                metadata.getJWKSetURI().toURL(), new DefaultResourceRetriever(60_000, 60_000))
                        .build()));
        verifier.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(
                Set.of("https://orders.example", server.url()),
                new JWTClaimsSet.Builder()
                        .issuer(metadata.getIssuer().getValue())
                        .build(),
                Set.of("sub", "exp", "iat", "jti", "client_id"),
                Set.of()));
        return verifier;
    }

    @Test
    void findsTheSameInBothDiscoveryDocuments() throws Exception {
        AuthorizationServerMetadata oauth = AuthorizationServerMetadata.resolve(new Issuer(server.url()));
        assertThat(metadata.toJSONObject()).containsAllEntriesOf(oauth.toJSONObject());
        assertThat(metadata.getTokenEndpointURI()).isEqualTo(URI.create(server.url() + "/token"));
        assertThat(metadata.getIDTokenJWSAlgs()).contains(JWSAlgorithm.RS256, JWSAlgorithm.ES256);
    }

    @Test
    void isPromisedNothingThatIsNotThere() {
        assertThat(metadata.supportsRequestURIParam()).isFalse();
        assertThat(metadata.supportsRequestParam()).isFalse();
        assertThat(metadata.supportsClaimsParam()).isTrue();
        assertThat(metadata.getResponseTypes())
                .containsExactlyInAnyOrder(ResponseType.CODE, ResponseType.CODE_IDTOKEN, ResponseType.IDTOKEN);
    }

    @Test
    void logsInVerifiesRefreshesAndRevokes() throws Exception {
        Tokens login = tokens(ask(BASIC, PASSWORD, "openid", "profile", "email"));
        JWTClaimsSet claims = verifier().process(login.getAccessToken().getValue(), null);
        UserInfo user = userInfo(login.getAccessToken()).toSuccessResponse().getUserInfo();
        assertThat(user.getSubject().getValue()).isEqualTo(claims.getSubject());
        assertThat(user.getName()).isEqualTo("Alice Liddell");
        assertThat(user.getEmailVerified()).isTrue();
        assertThat(introspected(login.getAccessToken()).getUsername()).isEqualTo("alice");

        Tokens refreshed = tokens(ask(BASIC, new RefreshTokenGrant(login.getRefreshToken())));
        assertThat(refreshed.getRefreshToken()).isNotEqualTo(login.getRefreshToken());
        assertThat(refreshed.getAccessToken().getScope()).isEqualTo(new Scope("openid", "profile", "email"));
        assertThat(refreshed.getAccessToken().getLifetime()).isEqualTo(900);

        assertThat(revoked(refreshed.getRefreshToken()).getStatusCode()).isEqualTo(200);
        assertThat(introspected(refreshed.getAccessToken()).isActive()).isFalse();
        assertThat(userInfo(refreshed.getAccessToken()).toErrorResponse().getErrorObject())
                .isEqualTo(BearerTokenError.INVALID_TOKEN);
        TokenResponse dead = ask(BASIC, new RefreshTokenGrant(refreshed.getRefreshToken()));
        assertThat(dead.toErrorResponse().getErrorObject()).isEqualTo(OAuth2Error.INVALID_GRANT);
    }

    @Test
    void logsInAtTheFirstPartyEndpointToo() throws Exception {
        HTTPResponse response = send(
                new TokenRequest.Builder(URI.create(server.url() + "/login"), new ClientID("first-party"), PASSWORD)
                        .build()
                        .toHTTPRequest());
        RefreshToken refreshToken = tokens(TokenResponse.parse(response)).getRefreshToken();
        TokenRequest refresh = new TokenRequest.Builder(
                        metadata.getTokenEndpointURI(),
                        new ClientID("first-party"),
                        new RefreshTokenGrant(refreshToken))
                .build();
        tokens(TokenResponse.parse(send(refresh.toHTTPRequest())));
    }

    @Test
    void getsTokensOfItsOwnByEitherWayOfAuthentication() throws Exception {
        for (ClientAuthentication client : List.of(BASIC, POST)) {
            Tokens tokens = tokens(ask(client, new ClientCredentialsGrant(), "orders:read"));
            assertThat(tokens.getRefreshToken()).isNull();
            JWTClaimsSet claims = verifier().process(tokens.getAccessToken().getValue(), null);
            assertThat(claims.getSubject()).isEqualTo(client.getClientID().getValue());
            TokenIntrospectionSuccessResponse introspected = introspected(tokens.getAccessToken());
            assertThat(introspected.isActive()).isTrue();
            assertThat(introspected.getScope()).isEqualTo(new Scope("orders:read"));
            assertThat(introspected.getClientID()).isEqualTo(client.getClientID());
            assertThat(introspected.getJWTID().getValue()).isEqualTo(claims.getJWTID());
        }
    }

    @Test
    void asksForAResource() throws Exception {
        TokenRequest request = new TokenRequest.Builder(
                        metadata.getTokenEndpointURI(), BASIC, new ClientCredentialsGrant())
                .resources(URI.create("https://orders.example"))
                .build();
        AccessToken token =
                tokens(TokenResponse.parse(send(request.toHTTPRequest()))).getAccessToken();
        assertThat(verifier().process(token.getValue(), null).getAudience()).containsExactly("https://orders.example");
    }

    @Test
    void readsRefusals() throws Exception {
        ClientAuthentication wrong = new ClientSecretBasic(SERVICE, new Secret("wrong"));
        assertThat(ask(wrong, PASSWORD).toErrorResponse().getErrorObject()).isEqualTo(OAuth2Error.INVALID_CLIENT);
        assertThat(ask(POST, PASSWORD).toErrorResponse().getErrorObject()).isEqualTo(OAuth2Error.UNAUTHORIZED_CLIENT);
        assertThat(ask(BASIC, PASSWORD, "no:such").toErrorResponse().getErrorObject())
                .isEqualTo(OAuth2Error.INVALID_SCOPE);
        AuthorizationGrant wrongPassword = new ResourceOwnerPasswordCredentialsGrant("alice", new Secret("wrong"));
        assertThat(ask(BASIC, wrongPassword).toErrorResponse().getErrorObject()).isEqualTo(OAuth2Error.INVALID_GRANT);
    }

    @Test
    void anythingButAnAccessTokenIsRefusedByTheVerifier() throws Exception {
        Tokens login = tokens(ask(BASIC, PASSWORD, "openid"));
        String token = login.getAccessToken().getValue();
        int signature = token.lastIndexOf('.') + 5;
        char other = token.charAt(signature) == 'A' ? 'B' : 'A';
        String tampered = token.substring(0, signature) + other + token.substring(signature + 1);
        assertThatThrownBy(() -> verifier().process(tampered, null)).isInstanceOf(BadJOSEException.class);
        assertThatThrownBy(() -> verifier().process(login.getRefreshToken().getValue(), null))
                .isInstanceOf(ParseException.class);
    }
}
