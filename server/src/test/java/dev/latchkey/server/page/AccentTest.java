package dev.latchkey.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Whatever colour an operator names, everything in it can be read (WCAG 2.2 §1.4.3). */
class AccentTest {
    @Property
    void everyColourCanBeRead(@ForAll @IntRange(min = 0, max = 0xffffff) int colour) {
        readable(Accent.parse(String.format(Locale.ROOT, "#%06x", colour)).orElseThrow());
    }

    @Test
    void ourOwnAndTheHardOnesCanBeRead() {
        readable(Accent.LATCHKEY);
        Stream.of("#ffffff", "#000000", "#ffff00", "#767676", "#808080", "#ff0000")
                .forEach(colour -> readable(Accent.parse(colour).orElseThrow()));
    }

    private static void readable(Accent accent) {
        assertThat(Accent.contrast(accent.light(), Accent.LIGHT_CARD)).isGreaterThanOrEqualTo(4.5);
        assertThat(Accent.contrast(accent.dark(), Accent.DARK_CARD)).isGreaterThanOrEqualTo(4.5);
        assertThat(Accent.contrast(accent.light(), Accent.textOn(accent.light())))
                .isGreaterThanOrEqualTo(4.5);
        assertThat(Accent.contrast(accent.dark(), Accent.textOn(accent.dark()))).isGreaterThanOrEqualTo(4.5);
    }

    @Test
    void aReadableColourStaysAsItIs() {
        assertThat(Accent.parse("#0F766E").orElseThrow().light()).isEqualTo("#0f766e");
        assertThat(Accent.parse("teal")).isEmpty();
        assertThat(Accent.parse("#fff")).isEmpty();
        assertThat(Accent.parse("#0f766e;}")).isEmpty();
    }
}
