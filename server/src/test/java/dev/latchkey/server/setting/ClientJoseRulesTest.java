package dev.latchkey.server.setting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.token.Algorithm;
import dev.latchkey.token.Jwk;
import dev.latchkey.token.JwkSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What does not go together of a client's keys, secret and algorithms refuses to start. */
class ClientJoseRulesTest {
    private static final Jwk KEY = Jwk.generate(Algorithm.ES256);

    private static String client(String metadata) {
        return "clients:\n  - {client_id: rp, grant_types: [client_credentials], " + metadata + "}";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "token_endpoint_auth_method: private_key_jwt | jwks: is missing, and jwks_uri too",
                "token_endpoint_auth_method: private_key_jwt, jwks: {keys: []}, client_secret: 0123456789abcdef"
                        + " | client_secret: is given, but token_endpoint_auth_method is private_key_jwt",
                "token_endpoint_auth_method: private_key_jwt, jwks: {keys: []}, jwks_uri: 'https://rp.example/jwks'"
                        + " | jwks: is given, and jwks_uri too",
                "token_endpoint_auth_method: private_key_jwt, jwks: {key: []} | jwks: is no JWK Set",
                "token_endpoint_auth_method: private_key_jwt, jwks: {keys: []}, token_endpoint_auth_signing_alg: HS256"
                        + " | token_endpoint_auth_signing_alg: HS256 does not go with",
                "token_endpoint_auth_method: private_key_jwt, jwks: {keys: []}, token_endpoint_auth_signing_alg: none"
                        + " | token_endpoint_auth_signing_alg: has to be",
                "token_endpoint_auth_method: client_secret_jwt | client_secret: is missing",
                "token_endpoint_auth_method: client_secret_jwt, client_secret: 0123456789abcdef0123456789abcde"
                        + " | client_secret: is too short to be a key of HS256",
                "token_endpoint_auth_method: client_secret_jwt, client_secret: 0123456789abcdef0123456789abcdef,"
                        + " token_endpoint_auth_signing_alg: HS512 | client_secret: is too short to be a key of HS512",
                "token_endpoint_auth_method: client_secret_jwt, client_secret: 0123456789abcdef0123456789abcdef,"
                        + " token_endpoint_auth_signing_alg: ES256"
                        + " | token_endpoint_auth_signing_alg: ES256 does not go with",
                "client_secret: 0123456789abcdef, token_endpoint_auth_signing_alg: ES256"
                        + " | token_endpoint_auth_signing_alg: ES256 does not go with",
                "client_secret: 0123456789abcdef, userinfo_encrypted_response_alg: ECDH-ES"
                        + " | jwks: is missing, and jwks_uri too"
            })
    void isRefused(String metadata, String problem) {
        assertThat(Yaml.problems(client(metadata)))
                .anySatisfy(line -> assertThat(line).contains("clients[0]." + problem));
    }

    @Test
    void aPrivateKeyIsNotForTheServer() {
        String metadata = "token_endpoint_auth_method: private_key_jwt, jwks: '{\"keys\":[" + KEY.toJson() + "]}'";
        assertThat(Yaml.problems(client(metadata)))
                .singleElement()
                .asString()
                .contains("has a private key or a secret")
                .doesNotContain(String.valueOf(KEY.toMap().get("d")));
    }

    @Test
    void whatGoesTogetherIsAccepted() {
        assertThat(Yaml.problems(client("token_endpoint_auth_method: private_key_jwt, jwks: '"
                        + JwkSet.of(KEY).toJson() + "'")))
                .isEmpty();
        assertThat(Yaml.problems(
                        client("token_endpoint_auth_method: private_key_jwt, jwks_uri: 'https://rp.example/jwks'")))
                .isEmpty();
        assertThat(Yaml.problems(client("token_endpoint_auth_method: client_secret_jwt,"
                        + " client_secret: 0123456789abcdef0123456789abcdef")))
                .isEmpty();
    }
}
