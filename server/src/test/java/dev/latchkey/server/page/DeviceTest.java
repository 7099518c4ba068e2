package dev.latchkey.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** People know their own browsers again. */
class DeviceTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Mozilla/5.0 (X11; Linux x86_64; rv:147.0) Gecko/20100101 Firefox/147.0 | Firefox on Linux",
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/144.0.0.0"
                        + " Safari/537.36 Edg/144.0 | Edge on Windows",
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.3"
                        + " Safari/605.1.15 | Safari on macOS",
                "Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/144.0.0.0"
                        + " Mobile Safari/537.36 | Chrome on Android",
                "Mozilla/5.0 (iPhone; CPU iPhone OS 19_3 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
                        + " CriOS/144.0 Mobile/15E148 Safari/604.1 | Chrome on iPhone",
                "curl/8.14.1 | curl",
                "'' | Unknown browser",
                "<script> | Unknown browser"
            })
    void theUserAgentInWords(String userAgent, String words) {
        Language english = Languages.own().choose(List.of(), Optional.empty());
        assertThat(Device.of(userAgent).in(english)).isEqualTo(words);
    }
}
