package dev.latchkey.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whatever is read by the library is either refused in the agreed way or written back as the same thing. */
class TokenFuzzTest {
    private static final Verifier VERIFIER = Verifier.with(
                    JwkSet.of(Forge.EC_KEY.toPublic(), Forge.RSA_KEY.toPublic(), Forge.ED_KEY.toPublic(), Forge.SECRET))
            .anyIssuer()
            .anyAudience()
            .anyType()
            .neverExpiring()
            .algorithms(Algorithm.values())
            .clock(InstantSource.fixed(Forge.NOW))
            .build();

    @FuzzTest
    void json(byte[] bytes) {
        @Nullable Object value;
        try {
            value = Json.parse(new String(bytes, StandardCharsets.UTF_8));
        } catch (JsonException e) {
            return;
        }
        assertThat(Json.parse(Json.write(value))).isEqualTo(value);
        try {
            assertThat(Json.parseObject(bytes)).isEqualTo(value);
        } catch (JsonException e) {
            // not UTF-8, or not an object
        }
    }

    /** Nobody who has no key makes a token that is accepted. */
    @FuzzTest
    void token(byte[] bytes) {
        String token = new String(bytes, StandardCharsets.UTF_8);
        assertThat(VERIFIER.check(token)).isInstanceOf(Refusal.class);
        try {
            UnverifiedToken.parse(token);
        } catch (TokenRefusedException e) {
            assertThat(e.reason()).isEqualTo(RefusalReason.MALFORMED);
        }
    }

    /** Nor a proof: all that comes is refused in the agreed way. */
    @FuzzTest
    void proof(byte[] bytes) {
        String proof = new String(bytes, StandardCharsets.ISO_8859_1);
        DpopRequest request = DpopRequest.forTokens("POST", "https://login.example/token");
        assertThatThrownBy(() -> DpopProof.verify(List.of(proof), request)).isInstanceOf(DpopRefusedException.class);
    }

    @FuzzTest
    void address(byte[] bytes) {
        String address = new String(bytes, StandardCharsets.ISO_8859_1);
        if (TargetUri.same(address, "https://orders.example/-")) {
            assertThat(address)
                    .startsWithIgnoringCase("https://orders.example")
                    .containsPattern("/(-|%2[Dd])([?#].*)?$");
        }
    }

    @FuzzTest
    void key(byte[] bytes) {
        Jwk key;
        try {
            key = Jwk.parse(new String(bytes, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return;
        }
        assertThat(Jwk.parse(key.toJson()).toMap()).isEqualTo(key.toMap());
    }

    @FuzzTest
    void keySet(byte[] bytes) {
        JwkSet keys;
        try {
            keys = JwkSet.parse(new String(bytes, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return;
        }
        assertThat(JwkSet.parse(keys.toJson()).ignored()).isEmpty();
    }

    @FuzzTest
    void pem(FuzzedDataProvider data) {
        Algorithm algorithm = data.pickValue(Algorithm.values());
        try {
            Jwk key = Jwk.ofPem(algorithm, data.consumeRemainingAsString());
            assertThat(Jwk.parse(key.toJson()).toMap()).isEqualTo(key.toMap());
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageNotContaining("BEGIN");
        }
    }
}
