package dev.latchkey.server.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The grammar of RFC 6749 §3.3. */
class ScopeTest {
    @Test
    void tokensKeepTheirOrderAndComeOnce() {
        assertThat(Scope.parse("b a  b ")).contains(Scope.of("b", "a"));
        assertThat(Scope.parse("").orElseThrow().isEmpty()).isTrue();
        assertThat(Scope.of("b", "a")).hasToString("b a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\tb", "a\nb", "\"a\"", "a\\b", "ä", "a\u0000", "a\u007f"})
    void otherCharactersAreRefused(String text) {
        assertThat(Scope.parse(text)).isEmpty();
    }

    @Test
    void aVeryLongScopeIsRefused() {
        assertThat(Scope.parse("a ".repeat(500_000))).isEmpty();
    }

    @FuzzTest
    void whatIsReadIsWrittenBack(byte[] input) {
        Scope.parse(new String(input, StandardCharsets.UTF_8))
                .ifPresent(scope -> assertThat(Scope.stored(scope.toString())).isEqualTo(scope));
    }
}
