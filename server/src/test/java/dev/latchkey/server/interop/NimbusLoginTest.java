package dev.latchkey.server.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.ResponseMode;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.AuthenticationResponse;
import com.nimbusds.openid.connect.sdk.AuthenticationResponseParser;
import com.nimbusds.openid.connect.sdk.AuthenticationSuccessResponse;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.Prompt;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.UserInfoResponse;
import com.nimbusds.openid.connect.sdk.UserInfoSuccessResponse;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import com.nimbusds.openid.connect.sdk.validators.AccessTokenValidator;
import com.nimbusds.openid.connect.sdk.validators.AuthorizationCodeValidator;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import dev.latchkey.server.TestServer;
import dev.latchkey.server.UserAgent;
import dev.latchkey.server.Visit;
import java.net.URI;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The OpenID Connect SDK of Connect2id signs alice in, configured by discovery alone. */
class NimbusLoginTest {
    private static final URI REDIRECT_URI = URI.create("https://rp.example/callback");
    private static final ClientAuthentication WEB =
            new ClientSecretBasic(new ClientID("web"), new Secret("web-secret-web-secret-web-secret-0"));
    private static final ClientAuthentication SIGNED =
            new ClientSecretBasic(new ClientID("signed"), new Secret("signed-secret-signed-secret-00000"));
    private static final Scope SCOPE = new Scope("openid", "profile", "email", "offline_access");

    private final TestServer server = TestServer.start(TestServer.CONFIGURATION + """
          - client_id: signed
            client_secret: signed-secret-signed-secret-00000
            redirect_uris: [https://rp.example/callback]
            grant_types: [authorization_code, refresh_token]
            id_token_signed_response_alg: PS256
            userinfo_signed_response_alg: RS256
            scope: openid profile email offline_access
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

    private AuthenticationRequest.Builder request(ClientAuthentication client, ResponseType responseType) {
        return new AuthenticationRequest.Builder(responseType, SCOPE, client.getClientID(), REDIRECT_URI)
                .endpointURI(metadata.getAuthorizationEndpointURI())
                .state(state)
                .nonce(nonce)
                .codeChallenge(verifier, CodeChallengeMethod.S256);
    }

    private Visit visit(AuthenticationRequest request) {
        return alice.get(request.toURI().toString().substring(server.url().length()));
    }

    private AuthenticationResponse answer(Visit visit) throws Exception {
        AuthenticationResponse response = AuthenticationResponseParser.parse(URI.create(visit.location()));
        assertThat(response.getState()).isEqualTo(state);
        assertThat(response.getIssuer()).isEqualTo(metadata.getIssuer()); // RFC 9207
        return response;
    }

    private AuthenticationSuccessResponse signedIn(AuthenticationRequest request) throws Exception {
        return answer(alice.submit(alice.signIn(visit(request)), "decision", "allow"))
                .toSuccessResponse();
    }

    private OIDCTokens tokens(ClientAuthentication client, AuthorizationGrant grant) throws Exception {
        TokenRequest request = new TokenRequest.Builder(metadata.getTokenEndpointURI(), client, grant).build();
        return ((OIDCTokenResponse)
                        OIDCTokenResponseParser.parse(request.toHTTPRequest().send()))
                .getOIDCTokens();
    }

    private OIDCTokens redeemed(ClientAuthentication client, AuthorizationCode code) throws Exception {
        return tokens(client, new AuthorizationCodeGrant(code, REDIRECT_URI, verifier));
    }

    private IDTokenClaimsSet validated(ClientAuthentication client, JWSAlgorithm algorithm, JWT idToken, Nonce expected)
            throws Exception {
        return new IDTokenValidator(
                        metadata.getIssuer(),
                        client.getClientID(),
                        algorithm,
                        metadata.getJWKSetURI().toURL(),
                        new DefaultResourceRetriever(60_000, 60_000))
                .validate(idToken, expected);
    }

    private UserInfoSuccessResponse userInfo(AccessToken token) throws Exception {
        return UserInfoResponse.parse(new UserInfoRequest(metadata.getUserInfoEndpointURI(), token)
                        .toHTTPRequest()
                        .send())
                .toSuccessResponse();
    }

    @Test
    void signsInReadsTheUserAndRefreshes() throws Exception {
        OIDCTokens tokens =
                redeemed(WEB, signedIn(request(WEB, ResponseType.CODE).build()).getAuthorizationCode());

        IDTokenClaimsSet idToken = validated(WEB, JWSAlgorithm.RS256, tokens.getIDToken(), nonce);
        AccessTokenValidator.validate(tokens.getAccessToken(), JWSAlgorithm.RS256, idToken.getAccessTokenHash());
        assertThat(userInfo(tokens.getAccessToken()).getUserInfo().getSubject()).isEqualTo(idToken.getSubject());
        assertThat(userInfo(tokens.getAccessToken()).getUserInfo().getName()).isEqualTo("Alice Liddell");
        OIDCTokens refreshed = tokens(WEB, new RefreshTokenGrant(tokens.getRefreshToken()));
        assertThat(refreshed.getRefreshToken()).isNotEqualTo(tokens.getRefreshToken());
        IDTokenClaimsSet next = validated(WEB, JWSAlgorithm.RS256, refreshed.getIDToken(), null);
        assertThat(next.getSubject()).isEqualTo(idToken.getSubject());
        assertThat(next.getAuthenticationTime()).isEqualTo(idToken.getAuthenticationTime());
    }

    @Test
    void takesAnIdTokenInTheFrontChannelToo() throws Exception {
        AuthenticationSuccessResponse response = signedIn(request(WEB, ResponseType.CODE_IDTOKEN)
                .responseMode(ResponseMode.FRAGMENT)
                .build());

        IDTokenClaimsSet front = validated(WEB, JWSAlgorithm.RS256, response.getIDToken(), nonce);
        AuthorizationCodeValidator.validate(response.getAuthorizationCode(), JWSAlgorithm.RS256, front.getCodeHash());
        JWT back = redeemed(WEB, response.getAuthorizationCode()).getIDToken();
        assertThat(validated(WEB, JWSAlgorithm.RS256, back, nonce).getSubject()).isEqualTo(front.getSubject());
    }

    @Test
    void takesUserInfoAndIdTokensSignedAsItAsked() throws Exception {
        OIDCTokens tokens = redeemed(
                SIGNED, signedIn(request(SIGNED, ResponseType.CODE).build()).getAuthorizationCode());

        IDTokenClaimsSet idToken = validated(SIGNED, JWSAlgorithm.PS256, tokens.getIDToken(), nonce);
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(
                JWSAlgorithm.RS256,
                JWKSourceBuilder.<SecurityContext>create(
                                metadata.getJWKSetURI().toURL(), new DefaultResourceRetriever(60_000, 60_000))
                        .build()));
        processor.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(
                "signed", new JWTClaimsSet.Builder().issuer(server.url()).build(), Set.of("sub")));
        JWTClaimsSet user = processor.process(userInfo(tokens.getAccessToken()).getUserInfoJWT(), null);
        assertThat(user.getSubject()).isEqualTo(idToken.getSubject().getValue());
        assertThat(user.getStringClaim("name")).isEqualTo("Alice Liddell");
    }

    @Test
    void hearsWhyThereIsNoCode() throws Exception {
        AuthenticationRequest silent =
                request(WEB, ResponseType.CODE).prompt(Prompt.Type.NONE).build();
        assertThat(answer(visit(silent)).toErrorResponse().getErrorObject().getCode())
                .isEqualTo("login_required");

        Visit consent = alice.signIn(visit(request(WEB, ResponseType.CODE).build()));
        assertThat(answer(alice.submit(consent, "decision", "deny"))
                        .toErrorResponse()
                        .getErrorObject())
                .isEqualTo(OAuth2Error.ACCESS_DENIED);
    }

    @Test
    void refusesAnIdTokenOfAnotherRequest() throws Exception {
        JWT idToken = Objects.requireNonNull(redeemed(
                        WEB, signedIn(request(WEB, ResponseType.CODE).build()).getAuthorizationCode())
                .getIDToken());

        assertThatThrownBy(() -> validated(WEB, JWSAlgorithm.RS256, idToken, new Nonce()))
                .isInstanceOf(BadJOSEException.class);
        assertThatThrownBy(() -> validated(SIGNED, JWSAlgorithm.RS256, idToken, nonce))
                .isInstanceOf(BadJOSEException.class);
    }
}
