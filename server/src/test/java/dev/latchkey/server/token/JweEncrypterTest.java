package dev.latchkey.server.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.crypto.ECDHDecrypter;
import com.nimbusds.jose.crypto.RSADecrypter;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.latchkey.server.client.AuthenticationMethod;
import dev.latchkey.server.client.Client;
import dev.latchkey.server.client.ClientKeySource;
import dev.latchkey.server.client.ClientMetadata.Encryption;
import dev.latchkey.server.client.Credential;
import dev.latchkey.server.client.MetadataMap;
import dev.latchkey.server.outbound.Outbound;
import dev.latchkey.server.outbound.OutboundSettings;
import dev.latchkey.server.outbound.Resolver;
import dev.latchkey.server.protocol.ClientId;
import dev.latchkey.server.protocol.Origin;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwe.JsonWebEncryption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 7516 to keys of a client, decrypted by Nimbus and by jose4j. */
class JweEncrypterTest {
    private static final String JWS = "header.payload.signature";
    private static final RSAKey RSA =
            generated(() -> new RSAKeyGenerator(2048).keyID("rsa").generate());
    private static final RSAKey OTHER_RSA =
            generated(() -> new RSAKeyGenerator(2048).keyID("other").generate());
    private static final ECKey EC =
            generated(() -> new ECKeyGenerator(Curve.P_384).keyID("ec").generate());
    private static final Encryption OAEP = new Encryption("RSA-OAEP", "A128GCM");

    private final Outbound outbound = new Outbound(
            new OutboundSettings(Duration.ofSeconds(1), 1000, List.of(), false),
            Resolver.system(),
            InstantSource.system());
    private final JweEncrypter encrypter = new JweEncrypter(new ClientKeySource(outbound), new SecureRandom());

    private interface Generation<T> {
        T run() throws Exception;
    }

    private static <T> T generated(Generation<T> generation) {
        try {
            return generation.run();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void close() {
        outbound.close();
    }

    private static Client client(List<Map<String, Object>> keys) {
        return new Client(
                new ClientId("rp"),
                new Credential.None(),
                MetadataMap.read(Map.of(
                        "token_endpoint_auth_method",
                        AuthenticationMethod.NONE.toString(),
                        "grant_types",
                        List.of(),
                        "jwks",
                        Map.of("keys", keys))),
                false,
                Origin.COMMAND,
                Instant.EPOCH);
    }

    private static Map<String, Object> members(JWK key, String... more) {
        Map<String, Object> members = new LinkedHashMap<>(key.toPublicJWK().toJSONObject());
        for (int i = 0; i < more.length; i += 2) {
            members.put(more[i], more[i + 1]);
        }
        return members;
    }

    static Stream<Arguments> everyEncryption() {
        return Encryption.ALGORITHMS.stream()
                .flatMap(algorithm -> Encryption.CONTENTS.stream().map(content -> Arguments.of(algorithm, content)));
    }

    @ParameterizedTest
    @MethodSource("everyEncryption")
    void othersDecryptIt(String algorithm, String content) throws Exception {
        boolean rsa = algorithm.startsWith("RSA");
        String jwe =
                encrypter.encrypt(JWS, client(List.of(members(RSA), members(EC))), new Encryption(algorithm, content));

        JWEObject nimbus = JWEObject.parse(jwe);
        nimbus.decrypt(rsa ? new RSADecrypter(RSA) : new ECDHDecrypter(EC));
        assertThat(nimbus.getPayload()).hasToString(JWS);

        PrivateKey key = rsa ? RSA.toPrivateKey() : EC.toPrivateKey();
        JsonWebEncryption jose4j = new JsonWebEncryption();
        jose4j.setAlgorithmConstraints(new AlgorithmConstraints(ConstraintType.PERMIT, algorithm));
        jose4j.setContentEncryptionAlgorithmConstraints(new AlgorithmConstraints(ConstraintType.PERMIT, content));
        jose4j.setCompactSerialization(jwe);
        jose4j.setKey(key);
        assertThat(jose4j.getPayload()).isEqualTo(JWS);
        assertThat(jose4j.getHeader("cty")).isEqualTo("JWT"); // RFC 7519 §5.2
        assertThat(jose4j.getKeyIdHeaderValue()).isEqualTo(rsa ? "rsa" : "ec");
    }

    private String recipient(Map<String, Object> first, Map<String, Object> second) throws Exception {
        return JWEObject.parse(encrypter.encrypt(JWS, client(List.of(first, second)), OAEP))
                .getHeader()
                .getKeyID();
    }

    @Test
    void theKeyThatSaysItIsForThisIsChosen() throws Exception {
        assertThat(recipient(members(RSA), members(OTHER_RSA, "use", "enc"))).isEqualTo("other");
        assertThat(recipient(members(RSA, "use", "enc"), members(OTHER_RSA, "alg", "RSA-OAEP")))
                .isEqualTo("other");
        assertThat(recipient(members(RSA, "use", "sig"), members(OTHER_RSA))).isEqualTo("other");
        assertThat(recipient(members(RSA, "alg", "RS256"), members(OTHER_RSA))).isEqualTo("other");
        assertThat(recipient(members(RSA, "alg", "RSA-OAEP-256"), members(OTHER_RSA)))
                .isEqualTo("other");
    }

    @Test
    void keysThatAreUnsoundArePassedOver() throws Exception {
        Map<String, Object> weak = members(RSA, "n", "AQAB");
        assertThat(recipient(weak, members(OTHER_RSA))).isEqualTo("other");
        assertThat(recipient(Map.of("kty", "RSA"), members(OTHER_RSA))).isEqualTo("other");
        assertThat(recipient(members(RSA, "e", "AQ"), members(OTHER_RSA))).isEqualTo("other");
        Map<String, Object> odd = new LinkedHashMap<>(members(RSA));
        odd.put("key_ops", Arrays.asList(null, 7, "verify"));
        assertThat(recipient(odd, members(OTHER_RSA))).isEqualTo("other");
        Map<String, Object> offCurve =
                members(EC, "y", String.valueOf(members(EC).get("x")));
        assertThatThrownBy(
                        () -> encrypter.encrypt(JWS, client(List.of(offCurve)), new Encryption("ECDH-ES", "A128GCM")))
                .isInstanceOf(NoEncryptionKeyException.class);
    }

    @Test
    void withoutAFittingKeyItSaysSo() {
        for (List<Map<String, Object>> keys :
                List.of(List.<Map<String, Object>>of(), List.of(members(EC)), List.of(members(RSA, "use", "sig")))) {
            assertThatThrownBy(() -> encrypter.encrypt(JWS, client(keys), OAEP))
                    .isInstanceOf(NoEncryptionKeyException.class)
                    .hasMessage("client rp has no key for RSA-OAEP");
        }
    }
}
