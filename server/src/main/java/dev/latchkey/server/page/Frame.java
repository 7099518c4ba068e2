package dev.latchkey.server.page;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What every template is given beside its page: language, theme, nonce, and how to show what they all show. Templates of
 * operators use it too, so its methods stay.
 *
 * @param nonce of the styles and scripts of this one answer (CSP 3 §7.1)
 * @param now the time of the answer
 */
public record Frame(Language language, Theme theme, String nonce, Instant now, Stylesheet stylesheet, Origins origins) {
    /** Words of the page's language. */
    public String text(String key, Object... arguments) {
        return language.text(key, arguments);
    }

    /** The style sheet with the colours of the theme. Made of our own text only, so it is not escaped. */
    public String css() {
        return stylesheet.css();
    }

    public Monogram monogram(String name) {
        return Monogram.of(name);
    }

    /** An address that may be linked, else nothing. */
    public @Nullable String link(Optional<String> address) {
        return address.flatMap(Links::web).orElse(null);
    }

    /** An address to go back to an application, else nothing. */
    public @Nullable String back(Optional<String> address) {
        return address.flatMap(Links::back).orElse(null);
    }

    /** The logo of an application, if it is data or from the issuer's own origin. */
    public @Nullable String logo(ClientView client) {
        return client.logoUri().filter(origins::isOurOwnPicture).orElse(null);
    }

    /** What a scope allows. */
    public String scope(ScopeView scope) {
        return ScopeWords.describe(scope.name(), Map.of(scope.name(), scope.description()), language);
    }

    /** Whether an application says where to read about it. */
    public boolean hasLinks(ClientView client) {
        return Stream.of(client.clientUri(), client.policyUri(), client.tosUri())
                .anyMatch(uri -> link(uri) != null);
    }

    /** Why the login page comes again, in words. */
    public String problem(LoginProblem problem) {
        return switch (problem) {
            case LoginProblem.WrongCredentials _ -> text("login.wrong");
            case LoginProblem.TooManyAttempts locked -> text("login.locked", language.wait(locked.retryAfter()));
            case LoginProblem.Busy busy -> text("login.busy", language.wait(busy.retryAfter()));
            case LoginProblem.Expired _ -> text("login.expired");
            case LoginProblem.OtherUserNeeded _ -> text("login.other");
        };
    }

    /** Whether it is what stands in the fields that is wrong. */
    public boolean isAboutTheFields(Optional<LoginProblem> problem) {
        return problem.filter(LoginProblem.WrongCredentials.class::isInstance).isPresent();
    }

    /** What somebody can do about an error. */
    public String advice(Page.Error error) {
        String key = "error.advice." + error.error();
        return text(language.has(key) ? key : "error.advice");
    }

    public String notice(AccountView.Notice notice) {
        return text("account.notice." + notice.name().toLowerCase(Locale.ROOT));
    }

    /** The addresses that the page loads in frames. */
    public List<String> frames(Page.SignedOut page) {
        return PagePolicy.frames(page);
    }

    /** The small picture of the tab. */
    public String icon() {
        return stylesheet.icon();
    }

    public String device(AccountView.Session session) {
        return Device.of(session.userAgent()).in(language);
    }

    public String ago(Instant instant) {
        return language.ago(instant, now);
    }

    public String date(Instant instant) {
        return language.date(instant);
    }

    /** The name of the person or, where there is none, of the account. */
    public String called(String name, String username) {
        return name.isBlank() ? username : name;
    }
}
