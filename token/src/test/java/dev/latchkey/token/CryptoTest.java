package dev.latchkey.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.PrivateKey;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Says which cryptography the other tests ran on: the build runs them all twice. */
class CryptoTest {
    private final boolean jdkWanted =
            System.getProperty(Crypto.PROPERTY, "auto").equals("jdk");

    @Test
    void theWishIsFulfilled() {
        if (jdkWanted) {
            assertThat(Jwt.cryptoProvider()).isEqualTo("JDK");
        } else if (System.getProperty("os.name").equals("Linux")) {
            assertThat(Jwt.cryptoProvider()).startsWith("AmazonCorrettoCryptoProvider ");
        }
    }

    /** No algorithm silently takes the slow way. */
    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"HS256", "HS384", "HS512"})
    void everyAlgorithmIsDoneByTheSameProvider(Algorithm algorithm) throws Exception {
        KeyMaterial material = switch (algorithm.family()) {
            case RSA -> RsaMaterial.generate(null);
            case EC -> EcMaterial.generate(algorithm.curve(), null);
            case OKP -> OkpMaterial.generate(null);
            case SECRET -> throw new IllegalArgumentException();
        };
        String signer = Crypto.chosen()
                .signer(algorithm, (PrivateKey) Objects.requireNonNull(material.privateKey()))
                .getProvider()
                .getName();
        String verifier = Crypto.chosen()
                .verifier(algorithm, Objects.requireNonNull(material.publicKey()))
                .getProvider()
                .getName();

        assertThat(signer.equals("AmazonCorrettoCryptoProvider"))
                .isEqualTo(Crypto.chosen().isNative());
        assertThat(verifier.equals("AmazonCorrettoCryptoProvider"))
                .isEqualTo(Crypto.chosen().isNative());
    }
}
