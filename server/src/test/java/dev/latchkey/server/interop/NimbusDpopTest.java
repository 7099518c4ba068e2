package dev.latchkey.server.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.dpop.DPoPProofFactory;
import com.nimbusds.oauth2.sdk.dpop.DefaultDPoPProofFactory;
import com.nimbusds.oauth2.sdk.dpop.JWKThumbprintConfirmation;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.oauth2.sdk.token.DPoPAccessToken;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.UserInfoResponse;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import dev.latchkey.server.TestServer;
import dev.latchkey.server.UserAgent;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The SDK of Connect2id signs alice in at a public client and binds what it gets to a key, by discovery alone. */
class NimbusDpopTest {
    private static final URI REDIRECT_URI = URI.create("https://spa.example/callback");
    private static final ClientID CLIENT = new ClientID("spa");

    private final TestServer server = TestServer.start();
    private final UserAgent alice = new UserAgent(server);
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

    private AuthorizationCode code(CodeVerifier verifier, JWK key) throws Exception {
        AuthenticationRequest request = new AuthenticationRequest.Builder(
                        ResponseType.CODE, new Scope("openid", "profile"), CLIENT, REDIRECT_URI)
                .endpointURI(metadata.getAuthorizationEndpointURI())
                .codeChallenge(verifier, CodeChallengeMethod.S256)
                .dPoPJWKThumbprintConfirmation(new JWKThumbprintConfirmation(key.computeThumbprint()))
                .build();
        String path = request.toURI().toString().substring(server.url().length());
        return new AuthorizationCode(
                alice.submit(alice.signIn(alice.get(path)), "decision", "allow").code());
    }

    private TokenResponse tokens(AuthorizationGrant grant, DPoPProofFactory proofs) throws Exception {
        HTTPRequest request = new TokenRequest.Builder(metadata.getTokenEndpointURI(), CLIENT, grant)
                .build()
                .toHTTPRequest();
        request.setDPoP(proofs.createDPoPJWT("POST", metadata.getTokenEndpointURI()));
        return OIDCTokenResponseParser.parse(request.send());
    }

    private UserInfoResponse userInfo(AccessToken token, DPoPProofFactory proofs) throws Exception {
        URI address = metadata.getUserInfoEndpointURI();
        HTTPRequest request = new UserInfoRequest(address, token).toHTTPRequest();
        request.setDPoP(proofs.createDPoPJWT("GET", address, token));
        return UserInfoResponse.parse(request.send());
    }

    private void signsIn(JWK key, JWSAlgorithm algorithm) throws Exception {
        assertThat(metadata.getDPoPJWSAlgs()).contains(algorithm);
        DPoPProofFactory proofs = new DefaultDPoPProofFactory(key, algorithm);
        DPoPProofFactory strange =
                new DefaultDPoPProofFactory(new ECKeyGenerator(Curve.P_256).generate(), JWSAlgorithm.ES256);
        CodeVerifier verifier = new CodeVerifier();
        AuthorizationGrant grant = new AuthorizationCodeGrant(code(verifier, key), REDIRECT_URI, verifier);

        assertThat(tokens(grant, strange).toErrorResponse().getErrorObject()).isEqualTo(OAuth2Error.INVALID_GRANT);
        var first = tokens(grant, proofs).toSuccessResponse().getTokens();
        assertThat(first.getDPoPAccessToken()).isInstanceOf(DPoPAccessToken.class);
        assertThat(userInfo(first.getDPoPAccessToken(), proofs)
                        .toSuccessResponse()
                        .getUserInfo()
                        .getName())
                .isEqualTo("Alice Liddell");
        assertThat(userInfo(first.getDPoPAccessToken(), strange).indicatesSuccess())
                .isFalse();

        RefreshTokenGrant refresh = new RefreshTokenGrant(first.getRefreshToken());
        assertThat(tokens(refresh, strange).toErrorResponse().getErrorObject()).isEqualTo(OAuth2Error.INVALID_GRANT);
        assertThat(tokens(refresh, proofs).toSuccessResponse().getTokens().getDPoPAccessToken())
                .isNotNull();
    }

    @Test
    void withAKeyOnACurve() throws Exception {
        ECKey key = new ECKeyGenerator(Curve.P_256).generate();

        signsIn(key, JWSAlgorithm.ES256);
    }

    @Test
    void withAnRsaKey() throws Exception {
        RSAKey key = new RSAKeyGenerator(2048).generate();

        signsIn(key, JWSAlgorithm.PS256);
    }
}
