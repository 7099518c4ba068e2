package dev.latchkey.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JwkTest {
    private static final String RSA_WITHOUT_ALGORITHM = without(Jwk.generate(Algorithm.RS256), "alg");

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void aNewKeyIsNamedByItsThumbprintAndCanSign(Algorithm algorithm) {
        Jwk key = Jwk.generate(algorithm, new SecureRandom());

        assertThat(key.keyId()).isEqualTo(key.thumbprint()).hasSize(43);
        assertThat(key.canSign()).isTrue();
        assertThat(key.algorithm()).isEqualTo(algorithm);
        assertThat(Jwk.generate(algorithm).thumbprint()).isNotEqualTo(key.thumbprint());
        assertThat(Jwk.parse(key.toJson()).toMap()).isEqualTo(key.toMap());
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"HS256", "HS384", "HS512"})
    void thePublicHalfHoldsNothingPrivate(Algorithm algorithm) {
        Jwk key = Jwk.generate(algorithm).withKeyId("first");
        Jwk half = key.toPublic();

        assertThat(half.toMap())
                .doesNotContainKeys("d", "p", "q", "dp", "dq", "qi", "k")
                .containsEntry("use", "sig");
        assertThat(half.keyId()).isEqualTo("first");
        assertThat(half.thumbprint()).isEqualTo(key.thumbprint());
        assertThat(half.canSign()).isFalse();
        assertThatThrownBy(() -> Jwt.create().neverExpires().sign(half)).hasMessage("the key first cannot sign");
    }

    @Test
    void aKeyShowsNoSecret() {
        Jwk key = Forge.SECRET;
        assertThat(key.toString()).isEqualTo("Jwk[HS256, secret, can sign]");
        assertThat(JwkSet.of(key).toString()).doesNotContain(Forge.<String>member(key.toMap(), "k"));
        assertThatThrownBy(key::toPublic).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aSecretIsAsLongAsItsHash() {
        assertThat(Jwk.secret(Algorithm.HS256, new byte[32]).canSign()).isTrue();
        assertThatThrownBy(() -> Jwk.secret(Algorithm.HS256, new byte[31]))
                .hasMessage("a secret for HS256 has at least 32 bytes, this one has 31");
        assertThatThrownBy(() -> Jwk.secret(Algorithm.HS512, new byte[63]))
                .hasMessage("a secret for HS512 has at least 64 bytes, this one has 63");
        assertThatThrownBy(() -> Jwk.secret(Algorithm.ES256, new byte[32]))
                .hasMessage("ES256 signs with a key pair, not with a secret");
    }

    @Test
    void aSecretThatIsChangedAfterwardsChangesNothing() {
        byte[] bytes = new byte[32];
        Jwk key = Jwk.secret(Algorithm.HS256, bytes);
        byte[] before = key.signer().sign(bytes, 32);
        bytes[0] = 1;
        assertThat(key.signer().sign(new byte[32], 32)).isEqualTo(before);
    }

    @Test
    void whatIsNoSoundKeyIsRefused() {
        Map<String, Object> ec = Forge.EC_KEY.toMap();
        refuses(Map.of(), "the key has no kty");
        refuses(Map.of("kty", 1), "the key's kty is not a string");
        refuses(Map.of("kty", "DSA"), "the key's kty is none that signs tokens");
        refuses(changed(ec, "alg", "RS256"), "the key's alg does not fit its kty or crv");
        refuses(changed(ec, "alg", "ES384"), "the key's alg does not fit its kty or crv");
        refuses(changed(ec, "alg", "ECDH-ES"), "the key's alg is none that signs tokens");
        refuses(changed(ec, "crv", "secp256k1"), "the key's crv is not supported");
        refuses(changed(ec, "use", "enc"), "the key's use is not to sign");
        refuses(changed(ec, "key_ops", List.of("deriveKey")), "the key's key_ops neither sign nor verify");
        refuses(
                changed(ec, "key_ops", List.of("sign", "sign")),
                "the key's key_ops is not a list of different strings");
        refuses(changed(ec, "key_ops", "sign"), "the key's key_ops is not a list of different strings");
        refuses(changed(ec, "kid", 7), "the key's kid is not a string");
        refuses(changed(ec, "x", "AAAA"), "the key's x is not 32 bytes long");
        refuses(changed(ec, "x", ec.get("x") + "="), "the key's x is not base64url");
        refuses(changed(ec, "x", Forge.member(ec, "y")), "the key is not on the curve P-256");
        refuses(changed(ec, "d", "A".repeat(43)), "the key is not on the curve P-256");
        refuses(
                changed(ec, "d", Forge.member(Forge.STRANGER.toMap(), "d")),
                "the private and the public half of the key do not belong together");
        refuses(
                changed(Forge.ED_KEY.toMap(), "d", "A".repeat(43)),
                "the private and the public half of the key do not belong together");
        refuses(changed(Forge.ED_KEY.toMap(), "crv", "X25519"), "the key's crv is not supported");
        refuses(changed(Forge.SECRET.toMap(), "k", "AAAA"), "a secret for HS256 has at least 32 bytes, this one has 3");
    }

    @Test
    void anRsaKeyThatIsUnsoundIsRefused() {
        Map<String, Object> rsa = Forge.RSA_KEY.toMap();
        refuses(changed(rsa, "oth", List.of()), "RSA keys of more than two primes are not supported");
        refuses(changed(rsa, "e", "AQAA"), "the modulus or exponent is none of an RSA key");
        refuses(changed(rsa, "e", "AQ"), "the modulus or exponent is none of an RSA key");
        refuses(changed(rsa, "n", "x".repeat(170) + "w"), "an RSA key has 2048 to 16384 bits, this one has 1024");
        refuses(changed(rsa, "p", Forge.member(rsa, "q")), "the primes do not belong to the RSA key");
        Map<String, Object> withoutPrime = new HashMap<>(rsa);
        withoutPrime.remove("p");
        refuses(withoutPrime, "the key has no p");
    }

    @Test
    void operationsAreRespected() {
        Jwk signing = Jwk.of(changed(Forge.EC_KEY.toMap(), "key_ops", List.of("sign")));
        Jwk verifying = Jwk.of(changed(Forge.EC_KEY.toMap(), "key_ops", List.of("verify")));

        assertThat(signing.canSign()).isTrue();
        assertThat(verifying.canSign()).isFalse();
        assertThat(JwkSet.of(signing).find("ec", Algorithm.ES256)).isEmpty();
        assertThat(JwkSet.of(verifying).find("ec", Algorithm.ES256)).containsExactly(verifying);
        assertThat(JwkSet.of(signing.toPublic()).find("ec", Algorithm.ES256)).hasSize(1);
    }

    @Test
    void anRsaKeyThatNamesNoAlgorithmIsForAnyOfThemButOneAtATime() {
        JwkSet keys = JwkSet.parse("{\"keys\":[" + RSA_WITHOUT_ALGORITHM + "]}");

        for (Algorithm algorithm : List.of(Algorithm.RS256, Algorithm.RS512, Algorithm.PS256)) {
            assertThat(keys.find(null, algorithm)).extracting(Jwk::algorithm).containsExactly(algorithm);
        }
        assertThat(keys.find(null, Algorithm.ES256)).isEmpty();
        assertThat(keys.find(null, Algorithm.HS256)).isEmpty();
        assertThat(keys.keys().get(0).toMap()).doesNotContainKey("alg");
        assertThat(JwkSet.of(Forge.RSA_KEY).find(null, Algorithm.PS256)).isEmpty();
    }

    @Test
    void aSecretThatNamesNoAlgorithmIsForThoseItIsLongEnoughFor() {
        JwkSet keys = JwkSet.parse("{\"keys\":[" + without(Jwk.generate(Algorithm.HS384), "alg") + "]}");

        assertThat(keys.find(null, Algorithm.HS256)).hasSize(1);
        assertThat(keys.find(null, Algorithm.HS384)).hasSize(1);
        assertThat(keys.find(null, Algorithm.HS512)).isEmpty();
    }

    @Test
    void aSetFindsKeysByName() {
        Jwk first = Jwk.generate(Algorithm.ES256).withKeyId("1");
        Jwk second = Jwk.generate(Algorithm.ES256).withKeyId("2");
        JwkSet keys = JwkSet.of(first, second);

        assertThat(keys.find("2", Algorithm.ES256)).containsExactly(second);
        assertThat(keys.find(null, Algorithm.ES256)).containsExactly(first, second);
        assertThat(keys.find("3", Algorithm.ES256)).isEmpty();
    }

    @Test
    void aKeyThatWasGivenNoNameMayHaveAny() {
        Jwk unnamed = Jwk.parse(without(Jwk.generate(Algorithm.ES256), "kid"));
        Jwk named = Jwk.generate(Algorithm.ES256).withKeyId("1");
        JwkSet keys = JwkSet.of(unnamed, named);

        assertThat(keys.find("whatever", Algorithm.ES256)).containsExactly(unnamed);
        assertThat(keys.find("1", Algorithm.ES256)).containsExactly(named);
    }

    @Test
    void aSetLeavesOutWhatItCannotUseAndSaysWhy() {
        JwkSet keys = JwkSet.parse("""
            {"keys": [%s, {"kty": "EC", "crv": "X", "x": "", "y": ""}, 5, {"kty": "RSA", "use": "enc"}]}\
            """.formatted(Forge.EC_KEY.toPublic().toJson()));

        assertThat(keys.keys()).hasSize(1);
        assertThat(keys.ignored())
                .containsExactly(
                        "key 2: the key's crv is not supported",
                        "key 3: not a JSON object",
                        "key 4: the key's use is not to sign");
    }

    @Test
    void aSetShowsPublicKeysOnly() {
        JwkSet keys = JwkSet.of(Forge.EC_KEY, Forge.SECRET, Forge.RSA_KEY);

        JwkSet read = JwkSet.parse(keys.toJson());

        assertThat(read.keys()).extracting(Jwk::keyId).containsExactly("ec", "rsa");
        assertThat(read.keys()).noneMatch(Jwk::canSign);
    }

    @Test
    void whatIsNoSetIsRefused() {
        assertThatThrownBy(() -> JwkSet.parse("{}")).hasMessage("a key set has a list of keys");
        assertThatThrownBy(() -> JwkSet.parse("{\"keys\":{}}")).hasMessage("a key set has a list of keys");
        assertThatThrownBy(() -> JwkSet.parse("{\"keys\":[" + "1,".repeat(100) + "1]}"))
                .hasMessage("a key set has at most 100 keys");
        assertThatThrownBy(() -> JwkSet.parse("[]")).isInstanceOf(JsonException.class);
    }

    private static void refuses(Map<String, ?> members, String message) {
        assertThatThrownBy(() -> Jwk.of(members))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private static Map<String, Object> changed(Map<String, Object> members, String name, Object value) {
        Map<String, Object> changed = new HashMap<>(members);
        changed.put(name, value);
        return changed;
    }

    private static String without(Jwk key, String name) {
        Map<String, Object> members = new HashMap<>(key.toMap());
        members.remove(name);
        return Json.write(members);
    }
}
