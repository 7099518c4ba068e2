package dev.latchkey.server.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.Answer;
import dev.latchkey.server.TestServer;
import dev.latchkey.server.protocol.UsedTokenStore;
import dev.latchkey.token.Algorithm;
import dev.latchkey.token.Json;
import dev.latchkey.token.Jwk;
import dev.latchkey.token.JwkSet;
import dev.latchkey.token.Jwt;
import dev.latchkey.token.JwtBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** client_secret_jwt and private_key_jwt: RFC 7523 §3, OpenID Connect Core §9. */
class ClientAssertionTest {
    private static final String SECRET = "a shared secret that is long enough for every hash, HS512 included";
    private static final Jwk EC = Jwk.generate(Algorithm.ES256).withKeyId("ec");
    private static final Jwk RSA = Jwk.generate(Algorithm.PS256).withKeyId("rsa");
    private static final Jwk ED = Jwk.generate(Algorithm.EdDSA).withKeyId("ed");

    private final TestServer server = TestServer.start(
            """
            passwords: {argon2-memory: 7MiB, argon2-iterations: 1}
            scopes: {'orders:read': Read your orders}
            clients:
              - client_id: keys
                token_endpoint_auth_method: private_key_jwt
                grant_types: [client_credentials]
                scope: orders:read
                jwks: '%s'
              - client_id: pinned
                token_endpoint_auth_method: private_key_jwt
                token_endpoint_auth_signing_alg: EdDSA
                grant_types: [client_credentials]
                scope: orders:read
                jwks: '%s'
              - client_id: shared
                token_endpoint_auth_method: client_secret_jwt
                client_secret: '%s'
                grant_types: [client_credentials]
                scope: orders:read
              - client_id: basic
                client_secret: basic-secret-basic-secret-basic-00
                grant_types: [client_credentials]
                scope: orders:read
            """.formatted(JwkSet.of(EC, RSA, ED).toJson(), JwkSet.of(EC, ED).toJson(), SECRET));

    @AfterEach
    void stop() {
        server.close();
    }

    private JwtBuilder assertion(String clientId) {
        return Jwt.create(server.clock())
                .issuer(clientId)
                .subject(clientId)
                .audience(server.url())
                .expiresIn(Duration.ofMinutes(1))
                .id(UUID.randomUUID().toString());
    }

    private static Jwk secret(Algorithm algorithm) {
        return Jwk.secret(algorithm, SECRET.getBytes(StandardCharsets.UTF_8));
    }

    private Answer ask(String assertion, String... more) {
        List<String> form = new ArrayList<>(List.of(
                "grant_type",
                "client_credentials",
                "client_assertion_type",
                ClientAssertions.TYPE,
                "client_assertion",
                assertion));
        form.addAll(List.of(more));
        return server.post("/token", form.toArray(String[]::new));
    }

    private static void isAccepted(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    private static void isRefused(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(401);
        assertThat(answer.json())
                .containsEntry("error", "invalid_client")
                .containsEntry("error_description", "Client authentication failed");
    }

    private void isRefused(String clientId, Jwk key, UnaryOperator<JwtBuilder> change) {
        isRefused(ask(change.apply(assertion(clientId)).sign(key)));
    }

    @Test
    void everyKeyOfTheClientProvesIt() {
        for (Jwk key : List.of(EC, RSA, ED)) {
            isAccepted(ask(assertion("keys").sign(key)));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HS256", "HS384", "HS512"})
    void theSharedSecretProvesTheClient(Algorithm algorithm) {
        isAccepted(ask(assertion("shared").sign(secret(algorithm))));
    }

    @Test
    void theSecretOutlivesARestart() {
        server.restartAfter(Duration.ofMinutes(1));
        isAccepted(ask(assertion("shared").sign(secret(Algorithm.HS256))));
    }

    @Test
    void theClientMayBeNamedAsWell() {
        isAccepted(ask(assertion("keys").sign(EC), "client_id", "keys"));
        Answer other = ask(assertion("keys").sign(EC), "client_id", "pinned");
        assertThat(other.status()).isEqualTo(400);
        assertThat(other.json()).containsEntry("error", "invalid_request"); // RFC 7521 §4.2
    }

    @ParameterizedTest
    @ValueSource(strings = {"JWT", "jwt", "client-authentication+jwt", "application/client-authentication+jwt"})
    void typesOfAssertions(String type) {
        isAccepted(ask(assertion("keys").type(type).sign(EC)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"at+jwt", "logout+jwt", "dpop+jwt"})
    void otherTypesAreRefused(String type) { // RFC 8725 §3.11
        isRefused("keys", EC, jwt -> jwt.type(type));
    }

    @Test
    void theAudienceIsTheIssuerAlone() {
        isAccepted(ask(assertion("keys").claim("aud", List.of(server.url())).sign(EC)));
        isRefused("keys", EC, jwt -> jwt.audience(server.url() + "/token"));
        isRefused("keys", EC, jwt -> jwt.audience(server.url() + "/"));
        isRefused("keys", EC, jwt -> jwt.audience("https://other.example"));
        isRefused("keys", EC, jwt -> jwt.audience(server.url(), "https://other.example"));
        isRefused("keys", EC, jwt -> jwt.audience(server.url(), server.url()));
    }

    @Test
    void issuerAndSubjectAreTheClient() {
        isRefused("keys", EC, jwt -> jwt.subject("pinned"));
        isRefused("keys", EC, jwt -> jwt.issuer("pinned"));
        isRefused("keys", EC, jwt -> jwt.issuer("nobody").subject("nobody"));
        isRefused("shared", secret(Algorithm.HS256), jwt -> jwt.subject("keys"));
    }

    @Test
    void timesAreChecked() {
        isRefused("keys", EC, jwt -> jwt.expiresIn(Duration.ofMinutes(11)));
        isRefused("keys", EC, jwt -> jwt.notBefore(server.clock().instant().plusSeconds(60)));
        isRefused(
                "keys",
                EC,
                jwt -> jwt.issuedAt(server.clock().instant().plusSeconds(120))
                        .expiresAt(server.clock().instant().plusSeconds(180)));
        String late = assertion("keys").sign(EC);
        server.clock().turn(Duration.ofSeconds(90));
        isRefused(ask(late));
    }

    @Test
    void itExpiresAndHasAName() {
        isRefused(ask(bare().id("one").neverExpires().sign(EC)));
        isRefused(ask(bare().expiresIn(Duration.ofMinutes(1)).sign(EC)));
    }

    private JwtBuilder bare() {
        return Jwt.create(server.clock()).issuer("keys").subject("keys").audience(server.url());
    }

    @Test
    void keysAreNotMixedUp() {
        isRefused(ask(assertion("keys").sign(Jwk.generate(Algorithm.ES256).withKeyId("ec"))));
        isRefused(ask(assertion("keys").sign(Jwk.generate(Algorithm.ES256).withKeyId("other"))));
        isRefused(ask(assertion("shared").sign(EC)));
        isRefused(ask(assertion("keys").sign(secret(Algorithm.HS256))));
        byte[] publicKey = JwkSet.of(RSA).toJson().getBytes(StandardCharsets.UTF_8);
        isRefused(ask(
                assertion("keys").sign(Jwk.secret(Algorithm.HS256, publicKey).withKeyId("rsa"))));
        isRefused(ask(assertion("shared")
                .sign(Jwk.secret(
                        Algorithm.HS256, "another secret of more than 32 bytes".getBytes(StandardCharsets.UTF_8)))));
        isAccepted(ask(assertion("pinned").sign(ED)));
        isRefused(ask(assertion("pinned").sign(EC)));
    }

    @Test
    void itIsNoProofOfAClientWithAnotherMethod() {
        isRefused(ask(assertion("basic")
                .sign(Jwk.secret(
                        Algorithm.HS256, "basic-secret-basic-secret-basic-00".getBytes(StandardCharsets.UTF_8)))));
        isRefused(ask(assertion("service").sign(EC)));
    }

    @Test
    void aSecretThatIsSentDoesNotProveAClientOfAssertions() {
        isRefused(server.postAs("shared", SECRET, "/token", "grant_type", "client_credentials"));
        isRefused(server.post(
                "/token", "grant_type", "client_credentials", "client_id", "shared", "client_secret", SECRET));
        isRefused(server.post("/token", "grant_type", "client_credentials", "client_id", "keys"));
    }

    @Test
    void theTypeOfTheParameterIsExact() {
        String assertion = assertion("keys").sign(EC);
        isRefused(server.post("/token", "grant_type", "client_credentials", "client_assertion", assertion));
        isRefused(server.post(
                "/token",
                "grant_type",
                "client_credentials",
                "client_assertion",
                assertion,
                "client_assertion_type",
                "urn:ietf:params:oauth:client-assertion-type:saml2-bearer"));
        isRefused(server.post(
                "/token", "grant_type", "client_credentials", "client_assertion_type", ClientAssertions.TYPE));
        isAccepted(ask(assertion));
    }

    @Test
    void oneWayAndOneAssertionInARequest() {
        Answer twoWays = ask(assertion("keys").sign(EC), "client_id", "keys", "client_secret", SECRET);
        assertThat(twoWays.json()).containsEntry("error", "invalid_request"); // RFC 6749 §2.3
        Answer basic = server.postAs(
                "basic",
                "basic-secret-basic-secret-basic-00",
                "/token",
                "grant_type",
                "client_credentials",
                "client_assertion_type",
                ClientAssertions.TYPE,
                "client_assertion",
                assertion("basic").sign(EC));
        assertThat(basic.json()).containsEntry("error", "invalid_request");
        Answer twice = ask(
                assertion("keys").sign(EC),
                "client_assertion",
                assertion("keys").sign(EC));
        assertThat(twice.json()).containsEntry("error", "invalid_request"); // RFC 6749 §3.2
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "x.y.z", "e30.e30.", "eyJhbGciOiJub25lIn0.eyJpc3MiOiJrZXlzIn0."})
    void whatIsNoAssertionIsRefused(String text) {
        isRefused(ask(text));
    }

    @Test
    void anUnsignedAssertionIsRefused() {
        String signed = assertion("keys").sign(EC);
        String payload = signed.substring(signed.indexOf('.'), signed.lastIndexOf('.') + 1);
        isRefused(ask("eyJhbGciOiJub25lIn0" + payload));
        isRefused(ask(signed.substring(0, signed.length() - 4) + "AAAA"));
    }

    @Test
    void itWinsOnceWhereverItIsSent() {
        String assertion = assertion("keys").sign(EC);
        isAccepted(ask(assertion));
        isRefused(ask(assertion));
        isRefused(server.post(
                "/introspect",
                "token",
                "x",
                "client_assertion_type",
                ClientAssertions.TYPE,
                "client_assertion",
                assertion));
    }

    @Test
    void theNameIsTheClientsOwn() {
        isAccepted(ask(assertion("keys").id("one").sign(EC)));
        isAccepted(ask(assertion("pinned").id("one").sign(ED)));
        isRefused(ask(assertion("keys").id("one").sign(RSA)));
    }

    @Test
    void anAssertionThatIsRefusedIsNotUsedUp() {
        isRefused(ask(
                assertion("keys").id("one").audience("https://other.example").sign(EC)));
        isAccepted(ask(assertion("keys").id("one").sign(EC)));
    }

    @Test
    void ofManyAtTheSameTimeOneWins() throws Exception {
        for (int round = 0; round < 5; round++) {
            String assertion = assertion("keys").sign(EC);
            CountDownLatch start = new CountDownLatch(1);
            List<Future<Integer>> answers = new ArrayList<>();
            try (ExecutorService threads = Executors.newFixedThreadPool(32)) {
                Callable<Integer> caller = () -> {
                    start.await();
                    return ask(assertion).status();
                };
                for (int i = 0; i < 32; i++) {
                    answers.add(threads.submit(caller));
                }
                start.countDown();
            }
            List<Integer> statuses = new ArrayList<>();
            for (Future<Integer> answer : answers) {
                statuses.add(answer.get());
            }
            assertThat(statuses).filteredOn(status -> status == 200).hasSize(1);
            assertThat(statuses).filteredOn(status -> status == 401).hasSize(31);
        }
    }

    @Test
    void usedAssertionsAreForgottenWhenNoneOfThemCouldBeAccepted() {
        String assertion = assertion("keys").expiresIn(Duration.ofMinutes(10)).sign(EC);
        isAccepted(ask(assertion));
        UsedTokenStore store = server.server().issuer().stores().usedTokens();
        server.clock().turn(Duration.ofMinutes(10));
        assertThat(swept(store)).isZero();
        isRefused(ask(assertion));
        server.clock().turn(Duration.ofMinutes(11));
        assertThat(swept(store)).isEqualTo(1);
        isRefused(ask(assertion));
    }

    private int swept(UsedTokenStore store) {
        return server.server()
                .issuer()
                .stores()
                .unitOfWork()
                .run(transaction ->
                        store.removeExpiredBefore(transaction, server.clock().instant(), 100));
    }

    @Test
    void revocationAndIntrospectionTakeAssertions() {
        String token = ask(assertion("keys").sign(EC)).text("access_token");
        assertThat(askAt("/introspect", token).json()).containsEntry("active", true);
        assertThat(askAt("/revoke", token).status()).isEqualTo(200);
        assertThat(askAt("/introspect", token).json()).containsEntry("active", false);
    }

    private Answer askAt(String path, String token) {
        return server.post(
                path,
                "token",
                token,
                "client_assertion_type",
                ClientAssertions.TYPE,
                "client_assertion",
                assertion("keys").sign(EC));
    }

    @Test
    void discoveryTellsMethodsAndAlgorithms() {
        assertThat(Json.write(server.get("/.well-known/openid-configuration").json()))
                .contains("\"client_secret_jwt\"", "\"private_key_jwt\"", "token_endpoint_auth_signing_alg_values");
    }
}
