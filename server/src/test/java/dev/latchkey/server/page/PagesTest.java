package dev.latchkey.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.http.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What pages consist of, whatever they show. */
class PagesTest {
    static List<SamplePages.Sample> samples() {
        return SamplePages.all();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everyPageHasATitleAHeadingAndItsLanguage(SamplePages.Sample sample) {
        for (String language : List.of("en", "de")) {
            Response response = SamplePages.pages().render(sample.page(), SamplePages.request("accept-language", language));
            String html = new String(response.body(), StandardCharsets.UTF_8);
            assertThat(html)
                    .startsWith("<!doctype html>\n<html lang=\"" + language + "\">")
                    .containsPattern("<title>[^<]+ · Latchkey</title>")
                    .containsOnlyOnce("<h1>")
                    .containsOnlyOnce("<main");
            assertThat(response.header("Content-Language")).contains(language);
        }
    }
}
