package dev.latchkey.server.page;

import dev.latchkey.server.http.Request;
import dev.latchkey.server.http.Response;
import dev.latchkey.server.protocol.OAuthError;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the pages for people: HTML in the reader's language and the operator's theme. Safe for many threads. */
public final class Pages {
    private static final int NONCE_BYTES = 16;
    private static final String ACCEPT_LANGUAGE = "accept-language";

    private final Look look;
    private final Origins origins;
    private final Stylesheet stylesheet;
    private final InstantSource clock;
    private final SecureRandom random;

    /** How the pages look and speak. */
    record Look(Theme theme, Languages languages, Templates templates) {}

    Pages(Look look, String issuer, InstantSource clock, SecureRandom random) {
        this.look = look;
        this.origins = new Origins(issuer);
        this.stylesheet = new Stylesheet(look.theme());
        this.clock = clock;
        this.random = random;
    }

    /**
     * The pages of an issuer.
     *
     * @throws PageSettingsException when the operator's templates or words are not what they should be
     */
    public static Pages of(PageSettings settings, String issuer, InstantSource clock, SecureRandom random) {
        Look look = new Look(
                settings.theme(),
                settings.templates().map(Languages::with).orElseGet(Languages::own),
                settings.templates().map(TemplateFolder::compile).orElseGet(Templates::own));
        return new Pages(look, issuer, clock, random);
    }

    /** The language that a request gets (OpenID Connect Core §3.1.2.1, RFC 9110 §12.5.4). */
    public Language language(List<String> uiLocales, Request request) {
        return look.languages().choose(uiLocales, request.headers().first(ACCEPT_LANGUAGE));
    }

    /** The page under the status that goes with it. */
    public Response render(Page page, Request request) {
        return render(page, List.of(), request);
    }

    /** The page in the first of the ui_locales that there is, else as the browser wants it. */
    public Response render(Page page, List<String> uiLocales, Request request) {
        return render(status(page), page, uiLocales, request);
    }

    public Response render(int status, Page page, Request request) {
        return render(status, page, List.of(), request);
    }

    public Response render(int status, Page page, List<String> uiLocales, Request request) {
        Language language = language(uiLocales, request);
        String nonce = nonce();
        Frame frame = new Frame(language, look.theme(), nonce, clock.instant(), stylesheet, origins);
        String html = look.templates().render(template(page), Map.of("frame", frame, "page", page));
        Response response =
                PagePolicy.apply(Response.html(status, html, PagePolicy.contentSecurity(page, nonce)), page, language);
        return retryAfter(page)
                .map(wait -> response.withHeader(
                        "Retry-After",
                        Long.toString(Math.max(1, wait.plusMillis(999).toSeconds()))))
                .orElse(response);
    }

    /** The page that tells users of an error which nobody else can be told, under its status. */
    public Response error(OAuthError error, Request request) {
        Page page = new Page.Error(error.code(), error.description(), Optional.empty(), request.id());
        return render(error.status(), page, request);
    }

    private String nonce() {
        byte[] bytes = new byte[NONCE_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String template(Page page) {
        return switch (page) {
            case Page.Login _ -> "login";
            case Page.AccountChoice _ -> "accounts";
            case Page.Consent _ -> "consent";
            case Page.FormPost _ -> "formPost";
            case Page.Logout _ -> "logout";
            case Page.SignedOut _ -> "signedOut";
            case Page.Error _ -> "error";
            case Page.Account _ -> "account";
        };
    }

    /** A wrong password is no 401, which would have to name a scheme that a form is not (RFC 9110 §15.5.2). */
    private static int status(Page page) {
        return switch (page) {
            case Page.Error _ -> 400;
            case Page.Login login -> login.problem().map(Pages::status).orElse(200);
            default -> 200;
        };
    }

    private static int status(LoginProblem problem) {
        return switch (problem) {
            case LoginProblem.TooManyAttempts _ -> 429;
            case LoginProblem.Busy _ -> 503;
            case LoginProblem.WrongCredentials _, LoginProblem.Expired _, LoginProblem.OtherUserNeeded _ -> 200;
        };
    }

    private static Optional<Duration> retryAfter(Page page) {
        return page instanceof Page.Login login
                ? login.problem().flatMap(problem -> switch (problem) {
                    case LoginProblem.TooManyAttempts locked -> Optional.of(locked.retryAfter());
                    case LoginProblem.Busy busy -> Optional.of(busy.retryAfter());
                    case LoginProblem.WrongCredentials _, LoginProblem.Expired _, LoginProblem.OtherUserNeeded _ ->
                        Optional.empty();
                })
                : Optional.empty();
    }
}
