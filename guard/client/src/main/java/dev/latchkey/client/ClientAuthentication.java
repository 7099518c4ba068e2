package dev.latchkey.client;

import dev.latchkey.token.Jwk;
import dev.latchkey.token.Jwt;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.UUID;

/** How a client proves at the token endpoint which one it is (RFC 6749 §2.3, OpenID Connect Core §9). Immutable. */
sealed interface ClientAuthentication {
    /** The client that it is. */
    String clientId();

    /** Adds to the form or to the headers what proves it. */
    void apply(Form form, HttpRequest.Builder request, String issuer, InstantSource clock);

    /** {@code client_secret_basic}. */
    record SecretBasic(String clientId, String secret) implements ClientAuthentication {
        @Override
        public void apply(Form form, HttpRequest.Builder request, String issuer, InstantSource clock) {
            String pair = encoded(clientId) + ':' + encoded(secret); // RFC 6749 §2.3.1
            byte[] bytes = pair.getBytes(StandardCharsets.UTF_8);
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(bytes));
        }

        private static String encoded(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8);
        }

        @Override
        public String toString() {
            return "SecretBasic[" + clientId + "]";
        }
    }

    /** {@code client_secret_post}. */
    record SecretPost(String clientId, String secret) implements ClientAuthentication {
        @Override
        public void apply(Form form, HttpRequest.Builder request, String issuer, InstantSource clock) {
            form.add("client_id", clientId).add("client_secret", secret);
        }

        @Override
        public String toString() {
            return "SecretPost[" + clientId + "]";
        }
    }

    /** {@code private_key_jwt}: an assertion for the issuer alone (RFC 7523 §2.2, §3, FAPI 2.0 §5.3.2.1). */
    record PrivateKeyJwt(String clientId, Jwk key) implements ClientAuthentication {
        private static final Duration LIFETIME = Duration.ofMinutes(1);

        public PrivateKeyJwt {
            if (!key.canSign() || key.algorithm().isSymmetric()) {
                throw new IllegalArgumentException("not a private key: " + key);
            }
        }

        @Override
        public void apply(Form form, HttpRequest.Builder request, String issuer, InstantSource clock) {
            String assertion = Jwt.create(clock)
                    .issuer(clientId)
                    .subject(clientId)
                    .audience(issuer)
                    .id(UUID.randomUUID().toString())
                    .expiresIn(LIFETIME)
                    .sign(key);
            form.add("client_id", clientId)
                    .add("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
                    .add("client_assertion", assertion);
        }
    }

    /** {@code none}: a public client, which cannot keep a secret. */
    record None(String clientId) implements ClientAuthentication {
        @Override
        public void apply(Form form, HttpRequest.Builder request, String issuer, InstantSource clock) {
            form.add("client_id", clientId);
        }
    }
}
