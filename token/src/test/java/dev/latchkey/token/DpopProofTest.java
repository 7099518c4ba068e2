package dev.latchkey.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The checks of RFC 9449 §4.3, each with a proof that fails it alone. */
class DpopProofTest {
    private static final String URL = "https://login.example/token";
    private static final DpopRequest REQUEST = DpopRequest.forTokens("POST", URL);
    private static final String ATH = "fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo"; // of RFC 9449 §4.3's example
    private static final String TOKEN = "Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU";

    private static Map<String, Object> header(Jwk key) {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("typ", "dpop+jwt");
        header.put("alg", key.algorithm().name());
        Map<String, Object> jwk = new LinkedHashMap<>(key.toPublic().toMap());
        jwk.remove("kid");
        header.put("jwk", jwk);
        return header;
    }

    private static Map<String, Object> claims() {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("jti", "proof-1");
        claims.put("htm", "POST");
        claims.put("htu", URL);
        claims.put("iat", Forge.NOW.getEpochSecond());
        return claims;
    }

    private static String proof(Map<String, Object> header, Map<String, Object> claims, Jwk key) {
        return Forge.token(
                Json.write(header).getBytes(StandardCharsets.UTF_8),
                Json.write(claims).getBytes(StandardCharsets.UTF_8),
                key);
    }

    private static String proof(Map<String, Object> claims) {
        return proof(header(Forge.EC_KEY), claims, Forge.EC_KEY);
    }

    private static String withHeader(String name, @Nullable Object value) {
        Map<String, Object> header = header(Forge.EC_KEY);
        if (value == null) {
            header.remove(name);
        } else {
            header.put(name, value);
        }
        return proof(header, claims(), Forge.EC_KEY);
    }

    private static String withClaim(String name, @Nullable Object value) {
        Map<String, Object> claims = claims();
        if (value == null) {
            claims.remove(name);
        } else {
            claims.put(name, value);
        }
        return proof(claims);
    }

    private static DpopProof verify(String proof) {
        return DpopProof.verify(List.of(proof), REQUEST);
    }

    private static DpopRefusal refusal(DpopRequest request, String... proofs) {
        DpopRefusedException refused =
                catchThrowableOfType(DpopRefusedException.class, () -> DpopProof.verify(List.of(proofs), request));
        assertThat(refused).as("was accepted").isNotNull();
        return refused.refusal();
    }

    @Test
    void takesAProof() {
        DpopProof proof = verify(proof(claims()));

        assertThat(proof.keyThumbprint()).isEqualTo(Forge.EC_KEY.thumbprint());
        assertThat(proof.issuedAt()).isEqualTo(Forge.NOW);
        assertThat(proof.nonce()).isNull();
        assertThat(proof.digest()).hasSize(32);
        assertThat(verify(withClaim("nonce", "n-1")).nonce()).isEqualTo("n-1");
    }

    @ParameterizedTest
    @EnumSource(names = {"ES256", "ES384", "ES512", "EdDSA", "RS256", "PS256"})
    void takesEveryAlgorithmThatItNames(Algorithm algorithm) {
        Jwk key = Jwk.generate(algorithm);

        assertThat(verify(proof(header(key), claims(), key)).keyThumbprint()).isEqualTo(key.thumbprint());
        assertThat(DpopProof.ALGORITHMS).contains(algorithm);
    }

    @Test
    void takesAKeyWithOrWithoutItsName() {
        assertThat(verify(withHeader("kid", "another name")).keyThumbprint()).isEqualTo(Forge.EC_KEY.thumbprint());
    }

    @Test
    void wantsExactlyOne() {
        String proof = proof(claims());

        assertThat(refusal(REQUEST)).isEqualTo(DpopRefusal.MISSING);
        assertThat(refusal(REQUEST, proof, proof)).isEqualTo(DpopRefusal.SEVERAL);
        assertThat(refusal(REQUEST, proof + ", " + proof)).isEqualTo(DpopRefusal.MALFORMED);
    }

    static Stream<Arguments> malformed() {
        Map<String, Object> privateKey = Forge.EC_KEY.toMap();
        return Stream.of(
                arguments("empty", ""),
                arguments("text", "proof"),
                arguments("another type", withHeader("typ", "jwt")),
                arguments("an access token", withHeader("typ", "at+jwt")),
                arguments("no type", withHeader("typ", null)),
                arguments("no key", withHeader("jwk", null)),
                arguments("a text for a key", withHeader("jwk", "key")),
                arguments("an empty key", withHeader("jwk", Map.of())),
                arguments("a private key", withHeader("jwk", privateKey)),
                arguments("a shared key", withHeader("jwk", Forge.SECRET.toMap())),
                arguments(
                        "a key of another kind",
                        withHeader("jwk", Forge.RSA_KEY.toPublic().toMap())),
                arguments("crit", withHeader("crit", List.of("exp"))),
                arguments("no jti", withClaim("jti", null)),
                arguments("an empty jti", withClaim("jti", "")),
                arguments("a number for a jti", withClaim("jti", 7)),
                arguments("no htm", withClaim("htm", null)),
                arguments("a list of htm", withClaim("htm", List.of("POST"))),
                arguments("no htu", withClaim("htu", null)),
                arguments("no iat", withClaim("iat", null)),
                arguments("a text for iat", withClaim("iat", "now")),
                arguments("a number for a nonce", withClaim("nonce", 1)),
                arguments("a number for ath", withClaim("ath", 1)),
                arguments("too long", withClaim("jti", "x".repeat(9_000))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void malformed(String _what, String proof) {
        assertThat(refusal(REQUEST, proof)).isEqualTo(DpopRefusal.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "HS256", "RS384", "ES256K", ""})
    void refusesOtherAlgorithms(String algorithm) {
        assertThat(refusal(REQUEST, withHeader("alg", algorithm)))
                .isIn(DpopRefusal.UNSUPPORTED_ALGORITHM, DpopRefusal.MALFORMED);
    }

    @Test
    void refusesTheSignatureOfAnother() {
        String proof = proof(header(Forge.STRANGER), claims(), Forge.EC_KEY);

        assertThat(refusal(REQUEST, proof)).isEqualTo(DpopRefusal.BAD_SIGNATURE);
    }

    @Test
    void refusesKeysThatAreLargerThanAnybodyNeeds() {
        String modulus = "AQAB" + "x".repeat(1400);
        String proof = withHeader("jwk", Map.of("kty", "RSA", "n", modulus, "e", "AQAB"));

        assertThat(refusal(REQUEST, proof)).isEqualTo(DpopRefusal.MALFORMED);
    }

    @Test
    void isForOneMethod() {
        assertThat(refusal(REQUEST, withClaim("htm", "GET"))).isEqualTo(DpopRefusal.OTHER_METHOD);
        assertThat(refusal(REQUEST, withClaim("htm", "post"))).isEqualTo(DpopRefusal.OTHER_METHOD);
    }

    @ParameterizedTest
    @CsvSource({
        "https://login.example/token, https://login.example/token",
        "https://LOGIN.example:443/token, https://login.example/token",
        "HTTPS://login.example/token, https://login.example/token",
        "https://login.example/token?a=b#c, https://login.example/token",
        "https://login.example/token, https://login.example/token?filter={a|b}",
        "https://login.example, https://login.example/",
        "https://login.example/%74oken, https://login.example/token",
        "https://login.example/a%2fb, https://login.example/a%2Fb",
        "http://127.0.0.1:9000/token, http://127.0.0.1:9000/token",
        "http://[::1]:80/token, http://[::1]/token",
    })
    void comparesAddresses(String named, String asked) {
        Map<String, Object> claims = claims();
        claims.put("htu", named);

        DpopProof proof = DpopProof.verify(List.of(proof(claims)), DpopRequest.forTokens("POST", asked));

        assertThat(proof.keyThumbprint()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://login.example/TOKEN",
                "https://login.example/token/",
                "https://login.example/",
                "http://login.example/token",
                "https://login.example:8443/token",
                "https://login.example:80/token",
                "https://login.example.evil.example/token",
                "https://user@login.example/token",
                "https:/token",
                "https:login.example/token",
                "/token",
                "//login.example/token",
                "https://login.example/to%2Fken",
                "https://login.example/token%",
                " ",
            })
    void isForOneAddress(String named) {
        assertThat(refusal(REQUEST, withClaim("htu", named))).isEqualTo(DpopRefusal.OTHER_ADDRESS);
    }

    @Test
    void isForOneAccessTokenOfItsKey() {
        DpopRequest request = REQUEST.with(TOKEN, Forge.EC_KEY.thumbprint());

        assertThat(DpopProof.verify(List.of(withClaim("ath", ATH)), request).keyThumbprint())
                .isNotEmpty();
        assertThat(refusal(request, proof(claims()))).isEqualTo(DpopRefusal.OTHER_TOKEN);
        assertThat(refusal(REQUEST.with(TOKEN + "x", Forge.EC_KEY.thumbprint()), withClaim("ath", ATH)))
                .isEqualTo(DpopRefusal.OTHER_TOKEN);
        assertThat(refusal(REQUEST.with(TOKEN, Forge.STRANGER.thumbprint()), withClaim("ath", ATH)))
                .isEqualTo(DpopRefusal.OTHER_KEY);
    }

    @Test
    void isFreshForAWhile() {
        Duration life = Duration.ofSeconds(60);
        Duration ahead = Duration.ofSeconds(10);
        DpopProof proof = verify(proof(claims()));

        assertThat(proof.isFresh(Forge.NOW.plusSeconds(60), life, ahead)).isTrue();
        assertThat(proof.isFresh(Forge.NOW.plusSeconds(61), life, ahead)).isFalse();
        assertThat(proof.isFresh(Forge.NOW.minusSeconds(10), life, ahead)).isTrue();
        assertThat(proof.isFresh(Forge.NOW.minusSeconds(11), life, ahead)).isFalse();
        DpopProof expiring = verify(withClaim("exp", Forge.at(5)));
        assertThat(expiring.isFresh(Forge.NOW.plusSeconds(4), life, ahead)).isTrue();
        assertThat(expiring.isFresh(Forge.NOW.plusSeconds(5), life, ahead)).isFalse();
    }

    /** What costs most comes last, so that whoever takes proofs can judge their time before it. */
    @Test
    void checksItsSignatureAfterWhatItSays() {
        Map<String, Object> stranger = header(Forge.STRANGER);
        Map<String, Object> claims = claims();
        assertThat(refusal(REQUEST.with(TOKEN, Forge.STRANGER.thumbprint()), proof(stranger, claims, Forge.EC_KEY)))
                .isEqualTo(DpopRefusal.OTHER_TOKEN);
        claims.put("htu", URL + "/other");
        assertThat(refusal(REQUEST, proof(stranger, claims, Forge.EC_KEY))).isEqualTo(DpopRefusal.OTHER_ADDRESS);
        claims.put("htm", "GET");
        assertThat(refusal(REQUEST, proof(stranger, claims, Forge.EC_KEY))).isEqualTo(DpopRefusal.OTHER_METHOD);
        claims.remove("jti");
        assertThat(refusal(REQUEST, proof(stranger, claims, Forge.EC_KEY))).isEqualTo(DpopRefusal.MALFORMED);
    }

    @Test
    void tellsItsTimeBeforeItsSignatureIsChecked() {
        Map<String, Object> claims = claims();
        claims.put("nonce", "n-1");

        UnverifiedDpopProof read =
                UnverifiedDpopProof.read(List.of(proof(header(Forge.STRANGER), claims, Forge.EC_KEY)), REQUEST);

        assertThat(read.nonce()).isEqualTo("n-1");
        assertThat(read.issuedAt()).isEqualTo(Forge.NOW);
        assertThat(read.isFresh(Forge.NOW, Duration.ofSeconds(1), Duration.ZERO))
                .isTrue();
        assertThat(catchThrowableOfType(DpopRefusedException.class, read::verify)
                        .refusal())
                .isEqualTo(DpopRefusal.BAD_SIGNATURE);
    }

    @Test
    void isRememberedByItsKeyAndItsName() {
        Map<String, Object> header = header(Forge.STRANGER);

        assertThat(verify(proof(claims())).digest())
                .isEqualTo(verify(withClaim("iat", Forge.at(1))).digest())
                .isNotEqualTo(verify(withClaim("jti", "proof-2")).digest())
                .isNotEqualTo(verify(proof(header, claims(), Forge.STRANGER)).digest());
    }

    @Test
    void saysNothingThatCannotBeAnErrorDescription() {
        assertThat(DpopRefusal.values())
                .allSatisfy(refusal -> assertThat(refusal.sentence()).matches("[A-Za-z ,]+"));
    }
}
