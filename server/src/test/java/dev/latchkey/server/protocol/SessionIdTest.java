package dev.latchkey.server.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SessionIdTest {
    private static final int MANY = 4_000;

    @Test
    void aNewOneIsNoOptionOfACommandAndNoOther() {
        SecureRandom random = new SecureRandom();
        Set<SessionId> ids = new HashSet<>();
        for (int i = 0; i < MANY; i++) {
            SessionId id = SessionId.random(random);
            // one in 64 would, if nothing kept it from it
            assertThat(id.value()).doesNotStartWith("-");
            ids.add(id);
        }
        assertThat(ids).hasSize(MANY);
    }

    @Test
    void theBytesGiveItBack() {
        SessionId id = SessionId.random(new SecureRandom());

        assertThat(id.bytes()).hasSize(SessionId.BYTES);
        assertThat(SessionId.of(id.bytes())).isEqualTo(id);
    }

    @Test
    void aTextOfAnotherLengthIsNone() {
        assertThat(SessionId.isValid("x".repeat(21))).isFalse();
        assertThatThrownBy(() -> new SessionId("x".repeat(23))).isInstanceOf(IllegalArgumentException.class);
    }
}
