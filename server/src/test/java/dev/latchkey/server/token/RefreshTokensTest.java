package dev.latchkey.server.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.latchkey.server.protocol.SessionId;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** A refresh token is read only where every letter of it was written by the same issuer. */
class RefreshTokensTest {
    private static final byte[] SECRET =
            "thirty-two bytes of a test secret".substring(0, 32).getBytes(StandardCharsets.US_ASCII);

    private final RefreshTokens tokens = new RefreshTokens(SECRET);

    @Property
    void whatWasWrittenIsRead(@ForAll @Size(16) byte[] id, @ForAll @LongRange(min = 1) long generation) {
        RefreshToken token = new RefreshToken(SessionId.of(id), generation);
        String text = tokens.encode(token);
        assertThat(text).hasSize(76).matches("[A-Za-z0-9_-]+");
        assertThat(tokens.decode(text)).contains(token);
        assertThat(tokens.encode(token)).as("the same successor again").isEqualTo(text);
    }

    @Property(tries = 300)
    void anyOtherLetterIsRefused(
            @ForAll @Size(16) byte[] id, @ForAll @IntRange(max = 75) int position, @ForAll char other) {
        String text = tokens.encode(new RefreshToken(SessionId.of(id), 7));
        String changed = text.substring(0, position) + other + text.substring(position + 1);
        assertThat(tokens.decode(changed).isPresent()).isEqualTo(changed.equals(text));
    }

    @Test
    void anotherIssuersTokenIsRefused() {
        RefreshToken token = new RefreshToken(SessionId.of(new byte[16]), 1);
        byte[] otherSecret = SECRET.clone();
        otherSecret[31] ^= 1;
        assertThat(tokens.decode(new RefreshTokens(otherSecret).encode(token))).isEmpty();
    }

    @Test
    void paddingSpaceAndOtherLengthsAreRefused() {
        String text = tokens.encode(new RefreshToken(SessionId.of(new byte[16]), 1));
        for (String changed : new String[] {"", text + "=", " " + text, text + "\n", text.substring(1), text + text}) {
            assertThat(tokens.decode(changed)).isEmpty();
        }
    }

    @FuzzTest
    void anythingElseIsRefused(byte[] input) {
        String text = new String(input, StandardCharsets.ISO_8859_1);
        assertThat(tokens.decode(text).map(tokens::encode).orElse(text)).isEqualTo(text);
    }
}
