package dev.latchkey.server.page;

import dev.latchkey.server.http.HeaderField;
import dev.latchkey.server.http.Response;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The header fields of a page: what a browser may load, run, send and tell for it (CSP 3; OWASP ASVS 5.0 V3.4). */
final class PagePolicy {
    private static final HeaderField NO_FRAMES = new HeaderField("X-Frame-Options", "DENY");
    private static final HeaderField OWN_WINDOW = new HeaderField("Cross-Origin-Opener-Policy", "same-origin");
    private static final HeaderField NO_DEVICES = new HeaderField(
            "Permissions-Policy", "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()");
    private static final HeaderField VARIES = new HeaderField("Vary", "Accept-Language");

    private PagePolicy() {}

    static Response apply(Response response, Page page, Language language) {
        Response bounded = mayBeInAPopup(page) ? response : response.withHeader(OWN_WINDOW);
        return bounded.withHeader(Response.NO_STORE)
                .withHeader(NO_FRAMES)
                .withHeader(NO_DEVICES)
                .withHeader("Content-Language", language.tag())
                .withHeader(VARIES);
    }

    /**
     * Applications may open the pages of a login in a window of their own (OpenID Connect Core §3.1.2.1, display=popup) and
     * wait for it; the policy would cut them off from it for good.
     */
    private static boolean mayBeInAPopup(Page page) {
        return switch (page) {
            case Page.Login _, Page.AccountChoice _, Page.Consent _, Page.FormPost _, Page.Error _ -> true;
            case Page.Logout _, Page.SignedOut _, Page.Account _ -> false;
        };
    }

    static String contentSecurity(Page page, String nonce) {
        StringBuilder policy = new StringBuilder("default-src 'none'; style-src 'nonce-")
                .append(nonce)
                .append("'; img-src 'self' data:; form-action ")
                .append(formAction(page))
                .append("; base-uri 'none'; frame-ancestors 'none'");
        if (hasScript(page)) {
            policy.append("; script-src 'nonce-").append(nonce).append('\'');
        }
        if (page instanceof Page.SignedOut signedOut && !frames(signedOut).isEmpty()) {
            policy.append("; frame-src ").append(frameSources(signedOut));
        }
        return policy.toString();
    }

    static boolean hasScript(Page page) {
        return switch (page) {
            case Page.FormPost _ -> true;
            case Page.SignedOut signedOut ->
                signedOut.returnTo().isPresent() && !frames(signedOut).isEmpty();
            default -> false;
        };
    }

    /** The addresses that are loaded in frames: those of the web. */
    static List<String> frames(Page.SignedOut page) {
        return page.frontChannelUris().stream()
                .flatMap(uri -> Links.web(uri).stream())
                .toList();
    }

    private static String frameSources(Page.SignedOut page) {
        return frames(page).stream()
                .flatMap(uri -> Links.origin(uri).stream())
                .map(Sources::of)
                .distinct()
                .collect(Collectors.joining(" "));
    }

    private static String formAction(Page page) {
        return switch (page) {
            case Page.Login login -> own(login.form());
            case Page.AccountChoice choice -> own(choice.form());
            case Page.Consent consent -> own(consent.form());
            case Page.Logout logout -> own(logout.form());
            case Page.Account account -> own(account.view().form());
            case Page.FormPost post ->
                Links.origin(post.redirectUri()).map(Sources::of).orElse("'none'");
            case Page.SignedOut _ -> "'none'";
            case Page.Error _ -> "'none'";
        };
    }

    private static String own(FormTarget form) {
        Set<String> sources = new LinkedHashSet<>(List.of("'self'"));
        form.continuesTo().map(Sources::of).ifPresent(sources::add);
        return String.join(" ", sources);
    }
}
