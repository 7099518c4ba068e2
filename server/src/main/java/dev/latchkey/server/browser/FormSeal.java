package dev.latchkey.server.browser;

import dev.latchkey.server.http.Parameters;
import dev.latchkey.server.http.Request;

/**
 * What a form carries to prove that this very browser was given it, for this step and this content; nothing may be done by a
 * form without (OWASP ASVS 5.0 V3.5.1). Immutable.
 *
 * @param action the step that the form goes to
 * @param content what else it must not be used for otherwise
 */
public record FormSeal(Browser browser, String action, String content) {
    /** The hidden field for the token. */
    public static final String FIELD = "token";

    public String token() {
        return browser.token(purpose());
    }

    /** Whether the form that came with the request has it, and was not sent from elsewhere. */
    public boolean isOn(Parameters form, Request request) {
        return isFromHere(request) && browser.proves(form.first(FIELD).orElse(""), purpose());
    }

    private String purpose() {
        return "form\n" + action + "\n" + content;
    }

    /** What browsers say of where a form was sent from (Fetch Metadata); those that do not say it have the token only. */
    private static boolean isFromHere(Request request) {
        return request.headers()
                .first("sec-fetch-site")
                .map(site -> site.equals("same-origin"))
                .orElse(true);
    }
}
