package dev.latchkey.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples of RFC 7515 appendix A, RFC 7519 §3.1, RFC 7520 §4.1–4.4, RFC 7638 §3.1 and RFC 8037 appendix A. */
class RfcExamplesTest {
    record Example(String source, Map<String, Object> key, String token, boolean deterministic) {
        @Override
        public String toString() {
            return source;
        }
    }

    static Stream<Example> examples() throws IOException {
        try (InputStream in = RfcExamplesTest.class.getResourceAsStream("rfc-examples.json")) {
            byte[] bytes = Objects.requireNonNull(in).readAllBytes();
            List<Map<String, Object>> all = Forge.member(Json.parseObject(bytes), "examples");
            return all.stream()
                    .map(each -> new Example(
                            Forge.member(each, "source"),
                            Forge.member(each, "key"),
                            Forge.member(each, "token"),
                            Forge.member(each, "deterministic")));
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void theSignatureIsVerified(Example example) {
        CompactToken token = CompactToken.parse(example.token(), 16_384);
        Jwk key = keyFor(example, token);

        assertThat(key.signer().verify(token.characters(), token.signedLength(), token.signature()))
                .isTrue();
        token.characters()[token.signedLength() - 1] ^= 1;
        assertThat(key.signer().verify(token.characters(), token.signedLength(), token.signature()))
                .isFalse();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void theSignatureIsMade(Example example) {
        CompactToken token = CompactToken.parse(example.token(), 16_384);
        Jwk key = keyFor(example, token);

        byte[] signature = key.signer().sign(token.characters(), token.signedLength());

        if (example.deterministic()) {
            assertThat(signature).isEqualTo(token.signature());
        } else {
            assertThat(key.signer().verify(token.characters(), token.signedLength(), signature))
                    .isTrue();
        }
    }

    private static Jwk keyFor(Example example, CompactToken token) {
        Algorithm algorithm = Algorithm.named(token.algorithmName()).orElseThrow();
        List<Jwk> keys = JwkSet.of(Jwk.of(example.key())).find(null, algorithm);
        assertThat(keys).hasSize(1);
        return keys.get(0);
    }

    @Test
    void theTokenOfRfc7519IsVerified() throws IOException {
        Example example = examples().findFirst().orElseThrow();

        VerifiedToken token = Verifier.with(Jwk.of(example.key()))
                .issuer("joe")
                .anyAudience()
                .algorithms(Algorithm.HS256)
                .type("JWT")
                .clock(InstantSource.fixed(Instant.ofEpochSecond(1_300_819_379)))
                .build()
                .verify(example.token());

        assertThat(token.claims())
                .isEqualTo(Map.of("iss", "joe", "exp", 1_300_819_380L, "http://example.com/is_root", true));
    }

    /** RFC 7515 §A.5, RFC 7519 §6.1. */
    @Test
    void theUnsecuredTokenIsRefused() throws IOException {
        Example example = examples().findFirst().orElseThrow();
        String unsecured = "eyJhbGciOiJub25lIn0"
                + ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.";

        Verification verification = Verifier.with(Jwk.of(example.key()))
                .issuer("joe")
                .anyAudience()
                .algorithms(Algorithm.HS256)
                .anyType()
                .clock(InstantSource.fixed(Instant.ofEpochSecond(1_300_819_379)))
                .build()
                .check(unsecured);

        assertThat(verification)
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.reason()).isEqualTo(RefusalReason.UNSUPPORTED_ALGORITHM));
    }

    /** RFC 7638 §3.1. */
    @Test
    void theThumbprintIsThatOfTheExample() {
        Jwk key = Jwk.parse("""
            {"kty": "RSA", "e": "AQAB", "alg": "RS256", "kid": "2011-04-29", "n": "%s"}\
            """.formatted(
                        "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXj"
                            + "BZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMic"
                            + "AtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcR"
                            + "wr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw"));

        assertThat(key.thumbprint()).isEqualTo("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
        assertThat(key.keyId()).isEqualTo("2011-04-29");
    }

    /** RFC 8037 §A.3. */
    @Test
    void theThumbprintOfAnEd25519KeyIsThatOfTheExample() {
        Jwk key = Jwk.parse("""
            {"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}\
            """);

        assertThat(key.thumbprint()).isEqualTo("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
    }

    /** RFC 7515 §C: base64url of bytes that base64 would write with + and /. */
    @Test
    void base64urlIsThatOfTheExample() {
        assertThat(Base64Url.encode(new byte[] {3, (byte) 236, (byte) 255, (byte) 224, (byte) 193}))
                .isEqualTo("A-z_4ME");
        assertThat(Base64Url.decode("UGF5bG9hZA")).isEqualTo("Payload".getBytes(StandardCharsets.UTF_8));
    }
}
