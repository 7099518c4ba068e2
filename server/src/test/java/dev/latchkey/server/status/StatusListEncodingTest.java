package dev.latchkey.server.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class StatusListEncodingTest {
    /** Token Status List §4.1: 16 tokens, the first of them in the lowest bit of the first byte. */
    @Test
    void isThatOfTheSpecification() {
        int[] statuses = {1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1};
        BitSet revoked = new BitSet();
        for (int i = 0; i < statuses.length; i++) {
            revoked.set(i, statuses[i] == 1);
        }

        assertThat(revoked.toByteArray()).isEqualTo(new byte[] {(byte) 0xb9, (byte) 0xa3});
        assertThat(StatusReader.inflate("eNrbuRgAAhcBXQ")).isEqualTo(revoked.toByteArray());
        assertThat(StatusList.lst(revoked.toByteArray()))
                .as("the same but for the level of compression that its header tells")
                .isEqualTo("eJzbuRgAAhcBXQ");
    }

    @Property(tries = 50)
    void tellsOfWhatWasRevokedAndOfNothingElse(
            @ForAll @Size(max = 50) Set<@IntRange(max = (1 << 20) - 1) Integer> places) {
        BitSet revoked = new BitSet();
        places.forEach(revoked::set);

        Map<String, Object> claim = StatusList.claim(revoked);

        byte[] list = StatusReader.inflate(claim);
        assertThat(list).hasSize(128 * 1024);
        assertThat(BitSet.valueOf(list)).isEqualTo(revoked);
        assertThat(claim).containsEntry("bits", 1);
    }
}
