package dev.latchkey.server.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Nonces as text: none is taken but those that an instance of the issuer gave out just now. */
class DpopNonceFuzzTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final byte[] SECRET = "a secret of an issuer, 32 bytes.".getBytes(StandardCharsets.US_ASCII);
    private static final DpopNonces NONCES = nonces(NOW);

    private static DpopNonces nonces(Instant now) {
        return new DpopNonces(SECRET, InstantSource.fixed(now));
    }

    @FuzzTest
    void nobodyElseMakesOne(byte[] bytes) {
        assertThat(NONCES.givenOutAt(new String(bytes, StandardCharsets.ISO_8859_1)))
                .isEmpty();
    }

    @Property(tries = 300)
    void whatOneInstanceGivesOutAnotherTakesForAWhile(@ForAll @IntRange(min = -300, max = 300) int seconds) {
        Instant then = NOW.plusSeconds(seconds);
        boolean young = seconds >= -DpopNonces.LIFE.toSeconds()
                && seconds <= Duration.ofSeconds(10).toSeconds();

        assertThat(NONCES.givenOutAt(nonces(then).current()).isPresent()).isEqualTo(young);
    }

    @Property(tries = 300)
    void noLetterOfOneCanBeChanged(@ForAll @IntRange(min = 0, max = 31) int at, @ForAll char letter) {
        String good = NONCES.current();
        String changed = good.substring(0, at) + letter + good.substring(at + 1);

        assertThat(NONCES.givenOutAt(changed).isPresent()).isEqualTo(changed.equals(good));
    }
}
