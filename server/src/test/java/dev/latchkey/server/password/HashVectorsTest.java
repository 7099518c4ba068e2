package dev.latchkey.server.password;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every format that is read: the right password matches, another does not, with both ways to compute Argon2. */
class HashVectorsTest {
    static Stream<Arguments> vectorsAndEngines() {
        List<Argon2> engines = List.of(NativeArgon2.load().orElseThrow(), new JavaArgon2());
        return HashVectors.all().stream()
                .flatMap(vector -> engines.stream()
                        .filter(engine -> vector.format().equals("argon2") || engine instanceof JavaArgon2)
                        .map(engine -> Arguments.of(vector, engine)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("vectorsAndEngines")
    void matchesTheRightPasswordOnly(HashVectors.Vector vector, Argon2 engine) {
        StoredHash hash = StoredHash.parse(vector.hash());
        assertThat(hash.matches(bytes(vector.password()), engine)).isTrue();
        assertThat(hash.matches(bytes("another " + vector.password()), engine)).isFalse();
    }

    @Test
    void noVectorIsAsStrongAsOurOwnHashes() {
        Argon2Parameters ours = Argon2Settings.RECOMMENDED.parameters();
        assertThat(HashVectors.all())
                .allSatisfy(vector -> assertThat(StoredHash.parse(vector.hash()).weakerThan(ours))
                        .isTrue());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
