package dev.latchkey.server.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.latchkey.token.Algorithm;
import dev.latchkey.token.Json;
import dev.latchkey.token.Jwk;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** RFC 7517 §5: keys that are not understood are passed over, one by one. */
class ClientKeySetTest {
    private static final Jwk EC = Jwk.generate(Algorithm.ES256).toPublic();
    private static final Jwk RSA = Jwk.generate(Algorithm.RS256).toPublic();

    private static Map<String, Object> with(Jwk key, Map<String, Object> changes) {
        Map<String, Object> members = new LinkedHashMap<>(key.toMap());
        changes.forEach((name, value) -> {
            if (value.equals("")) {
                members.remove(name);
            } else {
                members.put(name, value);
            }
        });
        return members;
    }

    private static ClientKeySet set(Object... keys) {
        return ClientKeySet.parse(Json.write(Map.of("keys", List.of(keys))));
    }

    @Test
    void keysThatAreNotUnderstoodArePassedOver() {
        ClientKeySet keys = set(
                Map.of("kty", "AKP", "alg", "ML-DSA-44", "pub", "AA"),
                Map.of("kty", "OKP", "crv", "X25519", "x", "AA"),
                Map.of("kty", 7),
                "no key",
                EC.toMap());
        assertThat(keys.verifying(null, Algorithm.ES256)).hasSize(1);
    }

    @Test
    void keysForEncryptionDoNotVerify() {
        assertThat(set(with(EC, Map.of("use", "enc"))).verifying(null, Algorithm.ES256))
                .isEmpty();
        assertThat(set(with(EC, Map.of("use", "", "key_ops", List.of("deriveKey"))))
                        .verifying(null, Algorithm.ES256))
                .isEmpty();
        assertThat(set(with(RSA, Map.of("alg", "RSA-OAEP", "use", ""))).verifying(null, Algorithm.RS256))
                .isEmpty();
    }

    @Test
    void aKeyWithoutAlgorithmIsForEveryOneThatFits() {
        ClientKeySet keys = set(with(RSA, Map.of("alg", "")));
        assertThat(keys.verifying(null, Algorithm.RS256)).hasSize(1);
        assertThat(keys.verifying(null, Algorithm.PS512)).hasSize(1);
        assertThat(keys.verifying(null, Algorithm.ES256)).isEmpty();
        assertThat(set(RSA.toMap()).verifying(null, Algorithm.PS256)).isEmpty();
    }

    @Test
    void aSecretInASetVerifiesNothing() {
        ClientKeySet keys = set(Jwk.generate(Algorithm.HS256).toMap());
        assertThat(keys.verifying(null, Algorithm.HS256)).isEmpty();
    }

    @Test
    void aSetIsBounded() {
        List<Object> many = new ArrayList<>();
        for (int i = 0; i < 101; i++) {
            many.add(Map.of("kty", "x"));
        }
        assertThatThrownBy(() -> set(many.toArray())).isInstanceOf(IllegalArgumentException.class);
    }

    @FuzzTest(maxDuration = "2m")
    void readsOrRefuses(FuzzedDataProvider data) {
        try {
            ClientKeySet keys = ClientKeySet.parse(data.consumeRemainingAsString());
            assertThat(keys.verifying(null, Algorithm.RS256).size()).isLessThanOrEqualTo(100);
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageNotContaining("\n");
        }
    }
}
