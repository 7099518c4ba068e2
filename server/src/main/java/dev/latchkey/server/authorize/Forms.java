package dev.latchkey.server.authorize;

import dev.latchkey.server.browser.Browser;
import dev.latchkey.server.browser.Browsers;
import dev.latchkey.server.browser.FormSeal;
import dev.latchkey.server.client.Entitlement;
import dev.latchkey.server.http.Parameters;
import dev.latchkey.server.http.Request;
import dev.latchkey.server.page.FormTarget;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The forms of the pages between a request and its answer: each carries the request, how far the browser has come, and a
 * token that only this browser was given, for this step of this request.
 */
final class Forms {
    private static final String REQUEST = "continue";

    private final String path;
    private final Browsers browsers;
    private final Arrivals arrivals;
    private final InstantSource clock;

    /**
     * A form that came back.
     *
     * @param genuine whether this browser was given it; nothing may be done where it was not
     */
    record Submitted(
            Browser browser, AuthorizationRequest request, Progress progress, Parameters form, boolean genuine) {}

    /**
     * Makes and reads forms.
     *
     * @param path that the issuer's endpoints are under, without a slash at its end
     */
    Forms(String path, Browsers browsers, Arrivals arrivals, InstantSource clock) {
        this.path = path;
        this.browsers = browsers;
        this.arrivals = arrivals;
        this.clock = clock;
    }

    /** A form that goes to a step of the request. */
    FormTarget target(
            String action, Browser browser, AuthorizationRequest request, Progress progress, Map<String, String> more) {
        Parameters carried = request.arrival().carried();
        String query = carried.toForm();
        Map<String, String> hidden = new LinkedHashMap<>();
        hidden.put(REQUEST, query);
        hidden.put(Progress.PARAMETER, progress.seal(browser, carried));
        hidden.put(FormSeal.FIELD, new FormSeal(browser, action, query).token());
        hidden.putAll(more);
        return FormTarget.leadingTo(request.recipient().redirectUri(), path + action, hidden);
    }

    /** What a form says; the request in it is checked like any other. */
    Submitted read(String action, Request request) {
        Parameters form = request.form();
        String query = form.required(REQUEST);
        AuthorizationRequest authorization = arrivals.check(Parameters.parse(query, Entitlement.RESOURCE));
        Browser browser = browsers.of(request);
        Optional<Progress> progress = progress(form, browser, authorization);
        boolean genuine = progress.isPresent() && new FormSeal(browser, action, query).isOn(form, request);
        return new Submitted(browser, authorization, progress.orElseGet(this::begin), form, genuine);
    }

    /** How far the browser has come by what it sends along. */
    Optional<Progress> progress(Parameters sent, Browser browser, AuthorizationRequest request) {
        Parameters carried = request.arrival().carried();
        return sent.first(Progress.PARAMETER).flatMap(text -> Progress.read(text, browser, carried, clock.instant()));
    }

    Progress begin() {
        return new Progress(Instant.ofEpochMilli(clock.instant().toEpochMilli()), Progress.Ask.NOTHING);
    }

    /** Where the browser goes on with a request. */
    String resume(Browser browser, AuthorizationRequest request, Progress progress) {
        Parameters carried = request.arrival().carried();
        return path + AuthorizeEndpoint.PATH + "?" + carried.toForm() + "&" + Progress.PARAMETER + "="
                + progress.seal(browser, carried);
    }
}
