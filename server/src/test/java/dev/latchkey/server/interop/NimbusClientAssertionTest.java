package dev.latchkey.server.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretJWT;
import com.nimbusds.oauth2.sdk.auth.JWTAuthenticationClaimsSet;
import com.nimbusds.oauth2.sdk.auth.PrivateKeyJWT;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.Audience;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import dev.latchkey.server.TestServer;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Assertions that the OAuth SDK of Connect2id makes, by both methods. */
class NimbusClientAssertionTest {
    private static final String SECRET = "a secret of sixty-four characters, as HS512 wants for its keys..";
    private static final ECKey EC = ec();
    private static final RSAKey RSA = rsa();

    private final TestServer server =
            TestServer.start("""
                passwords: {argon2-memory: 7MiB, argon2-iterations: 1}
                scopes: {'orders:read': Read your orders}
                clients:
                  - client_id: keys
                    token_endpoint_auth_method: private_key_jwt
                    grant_types: [client_credentials]
                    scope: orders:read
                    jwks: '%s'
                  - client_id: shared
                    token_endpoint_auth_method: client_secret_jwt
                    client_secret: '%s'
                    grant_types: [client_credentials]
                    scope: orders:read
                """.formatted(new JWKSet(List.of(EC.toPublicJWK(), RSA.toPublicJWK())), SECRET));

    private OIDCProviderMetadata metadata;

    private static ECKey ec() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static RSAKey rsa() {
        try {
            return new RSAKeyGenerator(2048).keyID("rsa").generate();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void discover() throws Exception {
        server.clock().turnToPresent();
        metadata = OIDCProviderMetadata.resolve(new Issuer(server.url()));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private TokenResponse ask(ClientAuthentication client) throws Exception {
        TokenRequest request =
                new TokenRequest.Builder(metadata.getTokenEndpointURI(), client, new ClientCredentialsGrant()).build();
        return TokenResponse.parse(request.toHTTPRequest().send());
    }

    private JWTAuthenticationClaimsSet claims() {
        return new JWTAuthenticationClaimsSet(
                new ClientID("keys"), new Audience(metadata.getIssuer().getValue()));
    }

    @Test
    void findsMethodsAndAlgorithmsByDiscovery() {
        assertThat(metadata.getTokenEndpointAuthMethods())
                .contains(ClientAuthenticationMethod.CLIENT_SECRET_JWT, ClientAuthenticationMethod.PRIVATE_KEY_JWT);
        assertThat(metadata.getTokenEndpointJWSAlgs())
                .contains(JWSAlgorithm.HS256, JWSAlgorithm.RS256, JWSAlgorithm.ES256, JWSAlgorithm.EdDSA)
                .doesNotContain(new JWSAlgorithm("none"));
        assertThat(metadata.getUserInfoJWSAlgs()).contains(JWSAlgorithm.RS256, JWSAlgorithm.ES256);
        assertThat(metadata.getUserInfoJWEAlgs()).isNotEmpty();
        assertThat(metadata.getUserInfoJWEEncs()).isNotEmpty();
        assertThat(metadata.getIDTokenJWEAlgs()).isNotEmpty();
    }

    @Test
    void privateKeyJwt() throws Exception {
        for (JWSAlgorithm algorithm : List.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256, JWSAlgorithm.RS512)) {
            assertThat(ask(new PrivateKeyJWT(claims(), algorithm, RSA.toPrivateKey(), "rsa", null))
                            .indicatesSuccess())
                    .as(algorithm.getName())
                    .isTrue();
        }
        assertThat(ask(new PrivateKeyJWT(claims(), JWSAlgorithm.ES256, EC.toPrivateKey(), "ec", null))
                        .indicatesSuccess())
                .isTrue();
        assertThat(ask(new PrivateKeyJWT(claims(), JWSAlgorithm.ES256, EC.toPrivateKey(), null, null))
                        .indicatesSuccess())
                .as("without a kid")
                .isTrue();
    }

    @Test
    void clientSecretJwt() throws Exception {
        URI issuer = URI.create(metadata.getIssuer().getValue());
        for (JWSAlgorithm algorithm : List.of(JWSAlgorithm.HS256, JWSAlgorithm.HS384, JWSAlgorithm.HS512)) {
            assertThat(ask(new ClientSecretJWT(new ClientID("shared"), issuer, algorithm, new Secret(SECRET)))
                            .indicatesSuccess())
                    .as(algorithm.getName())
                    .isTrue();
        }
    }

    @Test
    void theSameAssertionTwice() throws Exception {
        PrivateKeyJWT assertion = new PrivateKeyJWT(claims(), JWSAlgorithm.ES256, EC.toPrivateKey(), "ec", null);
        assertThat(ask(assertion).indicatesSuccess()).isTrue();
        assertThat(ask(assertion).toErrorResponse().getErrorObject()).isEqualTo(OAuth2Error.INVALID_CLIENT);
    }
}
