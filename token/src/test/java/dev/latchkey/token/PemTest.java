package dev.latchkey.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys as OpenSSL writes them. */
class PemTest {
    static String pem(String name) {
        try (InputStream in = PemTest.class.getResourceAsStream("pem/" + name + ".pem")) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ES256, es256-sec1, es256-public",
        "ES256, es256-pkcs8, es256-public",
        "ES384, es384-sec1, es384-public",
        "ES384, es384-pkcs8, es384-public",
        "ES512, es512-sec1, es512-public",
        "ES512, es512-pkcs8, es512-public",
        "RS256, rsa-pkcs1, rsa-public",
        "PS512, rsa-pkcs8, rsa-public",
        "EdDSA, ed25519-pkcs8, ed25519-public",
    })
    void aPrivateKeyIsReadAndBelongsToItsPublicOne(Algorithm algorithm, String privateName, String publicName) {
        Jwk privateKey = Jwk.ofPem(algorithm, pem(privateName));
        Jwk publicKey = Jwk.ofPem(algorithm, pem(publicName));

        assertThat(privateKey.canSign()).isTrue();
        assertThat(publicKey.canSign()).isFalse();
        assertThat(privateKey.toPublic().toMap()).isEqualTo(publicKey.toMap());
        assertThat(privateKey.algorithm()).isEqualTo(algorithm);
        byte[] text = {1, 2, 3};
        assertThat(publicKey.signer().verify(text, 3, privateKey.signer().sign(text, 3)))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        ES256 | es384-sec1        | not on the curve P-256
        ES256 | es384-pkcs8       | not on the curve P-256
        ES384 | es256-public      | not on the curve P-384
        ES256 | secp256k1-sec1    | not on the curve P-256
        ES256 | secp256k1-pkcs8   | not on the curve P-256
        ES256 | rsa-pkcs8         | the PEM text holds no sound key for ES256
        ES256 | rsa-pkcs1         | the PEM text holds no key for ES256
        RS256 | es256-sec1        | the PEM text holds no key for RS256
        RS256 | es256-pkcs8       | the PEM text holds no sound key for RS256
        RS256 | rsa-1024          | an RSA key has 2048 to 16384 bits, this one has 1024
        EdDSA | es256-pkcs8       | the PEM text holds no sound key for EdDSA
        EdDSA | ed448-pkcs8       | the PEM text holds no sound key for EdDSA
        EdDSA | x25519-pkcs8      | the PEM text holds no sound key for EdDSA
        ES256 | encrypted-pkcs8   | the PEM text is encrypted; decrypt it first
        RS256 | encrypted-pkcs1   | the PEM text is encrypted
        ES256 | certificate       | the PEM text holds no key
        RS256 | rsa-pkcs1-public  | the PEM text holds no key
        HS256 | es256-pkcs8       | PEM holds key pairs, and HS256 signs with a secret
        """)
    void whatIsNoSuchKeyIsRefused(Algorithm algorithm, String name, String message) {
        assertThatThrownBy(() -> Jwk.ofPem(algorithm, pem(name)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void textWithoutOneKeyIsRefused() {
        String key = pem("es256-pkcs8");
        assertThatThrownBy(() -> Jwk.ofPem(Algorithm.ES256, "")).hasMessage("the PEM text holds 0 keys, not one");
        assertThatThrownBy(() -> Jwk.ofPem(Algorithm.ES256, key + key))
                .hasMessage("the PEM text holds 2 keys, not one");
        assertThatThrownBy(() -> Jwk.ofPem(Algorithm.ES256, key.replace("END PRIVATE", "END PUBLIC")))
                .hasMessage("the PEM text holds 0 keys, not one");
        assertThatThrownBy(() -> Jwk.ofPem(Algorithm.ES256, key.substring(0, 60) + "!" + key.substring(60)))
                .hasMessageContaining("not base64");
        assertThatThrownBy(() -> Jwk.ofPem(Algorithm.ES256, "x".repeat(100_000)))
                .hasMessageContaining("longer than");
    }

    @Test
    void surroundingTextAndWindowsLineEndsAreNoHindrance() {
        String key = "A key for tests:\n\n" + pem("es256-pkcs8").replace("\n", "\r\n") + "\nThe end.";
        assertThat(Jwk.ofPem(Algorithm.ES256, key).canSign()).isTrue();
    }
}
