package dev.latchkey.server.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.server.http.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What pages consist of, whatever they show. */
class PagesTest {
    private static final Pattern NONCE = Pattern.compile("nonce-([A-Za-z0-9_-]{22})'");

    static List<SamplePages.Sample> samples() {
        return SamplePages.all();
    }

    private static Response render(Page page, String... headers) {
        return SamplePages.pages().render(page, SamplePages.request(headers));
    }

    private static String html(Page page, String... headers) {
        return new String(render(page, headers).body(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everyPageHasATitleAHeadingAndItsLanguage(SamplePages.Sample sample) {
        for (String language : List.of("en", "de")) {
            assertThat(html(sample.page(), "accept-language", language))
                    .startsWith("<!doctype html>\n<html lang=\"" + language + "\">")
                    .containsPattern("<title>[^<]+ · Latchkey</title>")
                    .containsOnlyOnce("<h1")
                    .containsOnlyOnce("<main");
            assertThat(render(sample.page(), "accept-language", language).header("Content-Language"))
                    .contains(language);
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void stylesAndScriptsHaveTheNonceOfTheirAnswer(SamplePages.Sample sample) {
        Response response = render(sample.page());
        Matcher nonce = NONCE.matcher(response.header("Content-Security-Policy").orElseThrow());
        assertThat(nonce.find()).isTrue();
        String html = new String(response.body(), StandardCharsets.UTF_8);
        assertThat(html)
                .doesNotContain("style=\"")
                .doesNotContainPattern(" on[a-z]+=")
                .doesNotContainPattern("<(style|script)(?! nonce=\"" + nonce.group(1) + "\")[ >]");
        assertThat(html(sample.page())).doesNotContain(nonce.group(1));
    }

    @Test
    void theHeadersOfTheLoginPage() {
        Response response = render(SamplePages.login(Optional.empty(), "", Optional.empty()));
        assertThat(response.headers().stream().map(field -> field.toString().replaceAll("nonce-[\\w-]+", "nonce-N")))
                .containsExactly(
                        "Content-Type: text/html; charset=utf-8",
                        "X-Content-Type-Options: nosniff",
                        "Referrer-Policy: no-referrer",
                        "Content-Security-Policy: default-src 'none'; style-src 'nonce-N'; img-src 'self' data:;"
                                + " form-action 'self' https://photos.example; base-uri 'none'; frame-ancestors 'none'",
                        "Cache-Control: no-store",
                        "X-Frame-Options: DENY",
                        "Permissions-Policy: camera=(), display-capture=(), geolocation=(), microphone=(), payment=(),"
                                + " usb=()",
                        "Content-Language: en",
                        "Vary: Accept-Language");
    }

    @Test
    void aFormPostMayRunItsScriptAndSendToTheApplicationOnly() {
        assertThat(policy(new Page.FormPost("https://rp.example:8443/cb?x=1", Map.of())))
                .contains("form-action https://rp.example:8443;")
                .contains("script-src 'nonce-");
        assertThatThrownBy(() -> new Page.FormPost("javascript:alert(1)", Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void framesAreThoseOfTheWebAndOnlyTheirOriginsMayBeLoaded() {
        Page page = new Page.SignedOut(
                Optional.empty(),
                Optional.of("com.example.app:/signed-out"),
                List.of("https://a.example/out?sid=1&iss=x", "javascript:alert(1)", "http://[::1]:8080/out"));
        assertThat(policy(page)).contains("frame-src https://a.example http:;").contains("script-src 'nonce-");
        assertThat(html(page))
                .contains("<iframe class=\"unseen\" src=\"https://a.example/out?sid=1&amp;iss=x\"")
                .contains("href=\"com.example.app:/signed-out\"")
                .doesNotContain("javascript:");
        assertThat(render(page).header("Cross-Origin-Opener-Policy")).contains("same-origin");
    }

    private static String policy(Page page) {
        return render(page).header("Content-Security-Policy").orElseThrow() + ";";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://a.example; script-src *", "'unsafe-inline'", "*", "https://a.example/path", "a b:"})
    void aFormMayNotContinueToWhatIsNoOrigin(String source) {
        assertThatThrownBy(() -> new FormTarget("/x", Map.of(), Optional.of(source)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "", "/a b"})
    void aFormGoesToThisServer(String action) {
        assertThatThrownBy(() -> FormTarget.of(action, Map.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void problemsComeUnderTheStatusThatGoesWithThem() {
        Response locked = render(problem(new LoginProblem.TooManyAttempts(Duration.ofSeconds(61))));
        assertThat(locked.status()).isEqualTo(429);
        assertThat(locked.header("Retry-After")).contains("61");
        assertThat(new String(locked.body(), StandardCharsets.UTF_8)).contains("Try again in 61 seconds.");
        assertThat(render(problem(new LoginProblem.Busy(Duration.ofMillis(1)))).header("Retry-After"))
                .contains("1");
        assertThat(render(problem(new LoginProblem.WrongCredentials())).status())
                .isEqualTo(200);
        assertThat(render(new Page.Error("invalid_request", "", Optional.empty(), "id"))
                        .status())
                .isEqualTo(400);
        assertThat(SamplePages.pages()
                        .render(503, SamplePages.consent(), SamplePages.request())
                        .status())
                .isEqualTo(503);
    }

    private static Page.Login problem(LoginProblem problem) {
        return SamplePages.login(Optional.of(SamplePages.PHOTOS), "alice", Optional.of(problem));
    }

    @Test
    void aWrongPasswordIsToldToWhoHearsThePageToo() {
        assertThat(html(problem(new LoginProblem.WrongCredentials())))
                .contains("role=\"alert\" id=\"problem\"")
                .contains("aria-invalid=\"true\" aria-describedby=\"problem\"")
                .contains("value=\"alice\" autocomplete=\"username\"")
                .contains("autocomplete=\"current-password\"")
                .contains("<title>Problem: Sign in");
    }

    @Test
    void uiLocalesComeBeforeTheBrowsersLanguages() { // OpenID Connect Core §3.1.2.1
        Response response = SamplePages.pages()
                .render(SamplePages.consent(), List.of("fr", "de-AT"), SamplePages.request("accept-language", "en"));
        assertThat(response.header("Content-Language")).contains("de");
        assertThat(new String(response.body(), StandardCharsets.UTF_8))
                .contains("Photo Stream bittet um Zugriff")
                .contains("Ihre E-Mail-Adresse sehen")
                .contains("Read your orders");
    }
}
