package dev.latchkey.server.userinfo;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.crypto.RSADecrypter;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.latchkey.server.Answer;
import dev.latchkey.server.TestServer;
import dev.latchkey.token.Algorithm;
import dev.latchkey.token.Json;
import dev.latchkey.token.JwkSet;
import dev.latchkey.token.VerifiedToken;
import dev.latchkey.token.Verifier;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jose4j.jwe.JsonWebEncryption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** User info as a JWT by the client's metadata: OpenID Connect Core §5.3.2, decrypted by Nimbus and by jose4j. */
class UserInfoJwtTest {
    private static final RSAKey RSA = rsa();
    private static final ECKey EC = ec();

    private final TestServer server = TestServer.start(TestServer.CONFIGURATION
            + client("rs256", "userinfo_signed_response_alg: RS256")
            + client("ps256", "userinfo_signed_response_alg: PS256")
            + client("es256", "userinfo_signed_response_alg: ES256")
            + client("eddsa", "userinfo_signed_response_alg: EdDSA")
            + client(
                    "nested",
                    "userinfo_signed_response_alg: ES256, userinfo_encrypted_response_alg: RSA-OAEP-256,"
                            + " userinfo_encrypted_response_enc: A256GCM")
            + client("sealed", "userinfo_encrypted_response_alg: ECDH-ES+A128KW")
            + "  - {client_id: keyless, client_secret: keyless-secret-keyless-secret-00, grant_types: [password],"
            + " scope: openid, userinfo_encrypted_response_alg: ECDH-ES, jwks: '"
            + new JWKSet(RSA)
            + "'}\n");

    private static RSAKey rsa() {
        try {
            return new RSAKeyGenerator(2048)
                    .keyID("rsa")
                    .keyUse(KeyUse.ENCRYPTION)
                    .generate();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static ECKey ec() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String client(String id, String more) {
        return "  - {client_id: " + id + ", client_secret: " + id + "-secret-0123456789, grant_types: [password],"
                + " scope: openid email, " + more + ", jwks: '" + new JWKSet(List.of(RSA, EC)) + "'}\n";
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Answer userInfo(String client, String secret) {
        Answer login = server.postAs(
                client,
                secret,
                "/token",
                "grant_type",
                "password",
                "username",
                "alice",
                "password",
                TestServer.PASSWORD);
        assertThat(login.status()).as(login.body()).isEqualTo(200);
        return server.getAs(login.text("access_token"), "/userinfo");
    }

    private String jwt(String client) {
        Answer answer = userInfo(client, client + "-secret-0123456789");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).contains("application/jwt");
        assertThat(answer.header("Cache-Control")).contains("no-store");
        return answer.body();
    }

    private VerifiedToken verified(String jwt, String client, Algorithm algorithm) {
        return Verifier.with(JwkSet.parse(server.get("/jwks").body()))
                .issuer(server.url())
                .audience(client)
                .algorithms(algorithm)
                .type("JWT")
                .neverExpiring()
                .clock(server.clock())
                .build()
                .verify(jwt);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "PS256", "ES256", "EdDSA"})
    void signedByTheAlgorithmThatTheClientChose(String name) {
        String client = name.toLowerCase(Locale.ROOT);
        VerifiedToken token =
                verified(jwt(client), client, Algorithm.named(name).orElseThrow());
        assertThat(token.claims()).containsEntry("email", "alice@example.com").containsKeys("sub", "iat");
    }

    @Test
    void signedThenEncrypted() throws Exception {
        String jwe = jwt("nested");
        JsonWebEncryption decrypted = new JsonWebEncryption();
        decrypted.setCompactSerialization(jwe);
        decrypted.setKey(RSA.toPrivateKey());
        assertThat(decrypted.getAlgorithmHeaderValue()).isEqualTo("RSA-OAEP-256");
        assertThat(decrypted.getEncryptionMethodHeaderParameter()).isEqualTo("A256GCM");
        assertThat(decrypted.getKeyIdHeaderValue()).isEqualTo("rsa");
        assertThat(decrypted.getContentTypeHeaderValue()).isEqualTo("JWT");
        assertThat(verified(decrypted.getPayload(), "nested", Algorithm.ES256).claims())
                .containsEntry("email", "alice@example.com");

        JWEObject nimbus = JWEObject.parse(jwe);
        nimbus.decrypt(new RSADecrypter(RSA));
        assertThat(nimbus.getPayload().toSignedJWT()).isNotNull();
    }

    @Test
    void encryptedAlone() throws Exception {
        JsonWebEncryption decrypted = new JsonWebEncryption();
        decrypted.setCompactSerialization(jwt("sealed"));
        decrypted.setKey(EC.toPrivateKey());
        assertThat(decrypted.getEncryptionMethodHeaderParameter()).isEqualTo("A128CBC-HS256");
        Map<String, Object> claims = Json.parseObject(decrypted.getPayload());
        assertThat(claims).containsOnlyKeys("sub", "email", "email_verified");
    }

    @Test
    void withoutAFittingKeyNothingIsTold() {
        Answer answer = userInfo("keyless", "keyless-secret-keyless-secret-00");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json()).containsEntry("error", "invalid_request").doesNotContainKey("sub");
    }
}
