package dev.latchkey.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that a page shows becomes a part of it. */
class PageMarkupTest {
    private static final String MARKUP = "<script>alert('x')</script>\"onfocus=alert(1) autofocus x=' &lt;b&gt;";

    private static final ClientView CLIENT = new ClientView(
            MARKUP,
            Optional.of("https://elsewhere.example/logo.png"),
            Optional.of("javascript:alert(1)"),
            Optional.of("data:text/html,<script>alert(1)</script>"),
            Optional.of("https://photos.example/\"><script>"));

    private static final FormTarget FORM = FormTarget.of("/here?a=\"><b>", Map.of(MARKUP, MARKUP));

    static List<Page> pages() {
        List<ScopeView> scopes = List.of(new ScopeView(MARKUP, "", false), new ScopeView("b", MARKUP, true));
        Instant now = SamplePages.NOW;
        return List.of(
                new Page.Login(FORM, Optional.of(CLIENT), MARKUP, Optional.of(new LoginProblem.Expired()), true),
                new Page.AccountChoice(
                        FORM, CLIENT, List.of(new Account(MARKUP, MARKUP, MARKUP, Optional.of(MARKUP))), true),
                new Page.Consent(FORM, CLIENT, MARKUP, scopes, true),
                new Page.FormPost("https://rp.example/?a='", Map.of(MARKUP, MARKUP)),
                new Page.Logout(FORM, Optional.of(CLIENT), Optional.of(MARKUP)),
                new Page.SignedOut(Optional.of(CLIENT), Optional.of("javascript:alert(1)"), List.of(MARKUP)),
                new Page.SignedOut(Optional.of(CLIENT), Optional.of("https://rp.example/'"), List.of("https://a/'")),
                new Page.Error(MARKUP, MARKUP, Optional.of(CLIENT), MARKUP),
                new Page.Account(new AccountView(
                        FORM,
                        MARKUP,
                        MARKUP,
                        List.of(new AccountView.Session(MARKUP, MARKUP, MARKUP, now, now, false)),
                        List.of(new AccountView.Application(CLIENT, MARKUP, Optional.of(MARKUP), scopes, now, true, 1)),
                        List.of(new Account(MARKUP, MARKUP, MARKUP, Optional.of(MARKUP))),
                        Optional.empty())));
    }

    private static String html(Page page) {
        return new String(
                SamplePages.pages().render(page, SamplePages.request()).body(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyShownTextIsEscaped(Page page) {
        assertThat(html(page))
                .doesNotContain("<script>")
                .doesNotContainPattern("=\"[^\"]*\"onfocus")
                .doesNotContain("<b>")
                .doesNotContain("javascript:")
                .doesNotContain("data:text")
                .doesNotContain("elsewhere.example");
    }

    @Test
    void onlyAddressesOfTheWebAreLinked() {
        assertThat(html(new Page.Login(FORM, Optional.of(SamplePages.PHOTOS), "", Optional.empty(), true)))
                .contains("<a href=\"https://photos.example/privacy\" rel=\"noreferrer noopener\"");
        assertThat(html(new Page.Login(FORM, Optional.of(CLIENT), "", Optional.empty(), true)))
                .doesNotContain("<a ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "JavaScript:alert(1)",
                " https://a.example",
                "java\nscript:alert(1)",
                "https:a.example",
                "//a.example",
                "https://user:word@a.example",
                "vbscript:x",
                "file:///etc/passwd",
                "blob:https://a.example/1",
                ""
            })
    void otherAddressesAreNone(String address) {
        assertThat(Links.web(address)).isEmpty();
        assertThat(Links.back(address)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://login.example/logo.png", "data:image/png;base64,iVBORw0KGgo="})
    void aLogoOfOurOwnOriginOrDataIsShown(String logo) {
        ClientView client =
                new ClientView("Own", Optional.of(logo), Optional.empty(), Optional.empty(), Optional.empty());
        assertThat(html(SamplePages.login(Optional.of(client), "", Optional.empty())))
                .contains("<img class=\"sign\" src=\"" + logo + "\" alt=\"\">");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://login.example.evil.example/logo.png",
                "http://login.example/logo.png",
                "https://login.example:8443/logo.png",
                "data:text/html;base64,AAAA",
                "data:image/png,<script>"
            })
    void anyOtherLogoIsLetters(String logo) {
        ClientView client =
                new ClientView("Other One", Optional.of(logo), Optional.empty(), Optional.empty(), Optional.empty());
        assertThat(html(SamplePages.login(Optional.of(client), "", Optional.empty())))
                .doesNotContain("<img")
                .contains(">OO</span>");
    }
}
