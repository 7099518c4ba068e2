package dev.latchkey.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.token.Algorithm;
import dev.latchkey.token.Jwk;
import dev.latchkey.token.JwkSet;
import dev.latchkey.token.Jwt;
import dev.latchkey.token.Verifier;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Token Status List §4: where the bits are, and what is no list. */
class StatusListTest {
    private static final String URI = "https://login.example/status-lists/0";

    private final Jwk key = Jwk.generate(Algorithm.ES256);
    private final TestIssuer issuer = new TestIssuer(key);
    private final Verifier verifier = Verifier.with(JwkSet.of(key.toPublic()))
            .algorithms(Algorithm.ES256)
            .type("statuslist+jwt")
            .anyIssuer()
            .anyAudience()
            .neverExpiring()
            .clock(issuer)
            .maxLength(StatusList.MAX_TEXT)
            .build();

    private StatusList list(int bits, int... statuses) {
        byte[] bytes = new byte[statuses.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) statuses[i];
        }
        return StatusList.parse(new StatusListToken(URI, bits, bytes).sign(key, issuer), URI, verifier);
    }

    @Test
    void readsTheExampleOfTheSpecification() {
        // §4.1: status[0] = 1, [1] = 0, [2] = 0, [3] = 1, [4] = 1, [5] = 1, [6] = 0, [7] = 1, then 1 1 0 0 0 1 0 1
        StatusList list = list(1, 0xB9, 0xA3);
        int[] expected = {1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1};

        for (int index = 0; index < expected.length; index++) {
            assertThat(list.isValid(index)).as("index %d", index).isEqualTo(expected[index] == 0);
        }
    }

    @Test
    void unpacksTheExampleOfTheSpecification() {
        String token = Jwt.create(issuer)
                .type("statuslist+jwt")
                .subject(URI)
                .neverExpires()
                .claim("status_list", Map.of("bits", 1, "lst", "eNrbuRgAAhcBXQ"))
                .sign(key);

        StatusList list = StatusList.parse(token, URI, verifier);

        assertThat(list.isValid(0)).isFalse();
        assertThat(list.isValid(1)).isTrue();
        assertThat(list.isValid(15)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"1, 8", "2, 4", "4, 2", "8, 1"})
    void readsSeveralBits(int bits, int perByte) {
        StatusList list = list(bits, 0, 1 << (8 - bits), 0);

        for (int index = 0; index < perByte * 3; index++) {
            assertThat(list.isValid(index)).isEqualTo(index != 2 * perByte - 1);
        }
    }

    @Test
    void takesNoIndexBeyondItsEnd() {
        StatusList list = list(1, 0);

        assertThat(list.isValid(7)).isTrue();
        assertThat(list.isValid(8)).isFalse();
        assertThat(list.isValid(-1)).isFalse();
        assertThat(list.isValid(Long.MAX_VALUE)).isFalse();
    }

    @Test
    void takesNoOtherList() {
        String other = new StatusListToken(URI + "1", 1, new byte[1]).sign(key, issuer);

        assertThatThrownBy(() -> StatusList.parse(other, URI, verifier)).hasMessageContaining("another one");
    }

    @Test
    void takesNoListOfAnotherKeyOrTypeOrTime() {
        StatusListToken good = new StatusListToken(URI, 1, new byte[1]);
        String forged = good.sign(Jwk.generate(Algorithm.ES256), issuer);
        String old = good.sign(key, issuer);
        issuer.turn(Duration.ofMinutes(10));

        assertThatThrownBy(() -> StatusList.parse(forged, URI, verifier)).hasMessageContaining("refused");
        assertThatThrownBy(() -> StatusList.parse(old, URI, verifier)).hasMessageContaining("expired");
        assertThatThrownBy(() -> StatusList.parse(issuer.signed(), URI, verifier))
                .hasMessageContaining("type");
    }

    @Test
    void unpacksNoMoreThanItHasRoomFor() {
        String bomb = new StatusListToken(URI, 1, new byte[64 << 20]).sign(key, issuer);
        StatusList full = StatusList.parse(
                new StatusListToken(URI, 1, new byte[StatusList.MAX_BYTES]).sign(key, issuer), URI, verifier);

        assertThatThrownBy(() -> StatusList.parse(bomb, URI, verifier)).hasMessageContaining("longer than");
        assertThat(full.isValid(8L * StatusList.MAX_BYTES - 1)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"3, eNrbuRgAAhcBXQ", "0, eNrbuRgAAhcBXQ", "1, AAAA", "1, eNrb", "1, ''", "1, !!!!"})
    void takesNoDamagedList(int bits, String packed) {
        String token = Jwt.create(issuer)
                .type("statuslist+jwt")
                .subject(URI)
                .neverExpires()
                .claim("status_list", Map.of("bits", bits, "lst", packed))
                .sign(key);

        assertThatThrownBy(() -> StatusList.parse(token, URI, verifier)).isInstanceOf(IllegalArgumentException.class);
    }
}
