package dev.latchkey.server.logout;

import dev.latchkey.server.audit.AuditEvent;
import dev.latchkey.server.audit.AuditTrail;
import dev.latchkey.server.browser.Browser;
import dev.latchkey.server.browser.Browsers;
import dev.latchkey.server.browser.FormSeal;
import dev.latchkey.server.browser.SignIns;
import dev.latchkey.server.browser.SignedIn;
import dev.latchkey.server.client.ClientStore;
import dev.latchkey.server.http.Handler;
import dev.latchkey.server.http.Parameters;
import dev.latchkey.server.http.Request;
import dev.latchkey.server.http.Response;
import dev.latchkey.server.http.Route;
import dev.latchkey.server.page.FormTarget;
import dev.latchkey.server.page.Page;
import dev.latchkey.server.page.Pages;
import dev.latchkey.server.protocol.OAuthError;
import dev.latchkey.server.protocol.OAuthException;
import dev.latchkey.server.session.SessionStore;
import dev.latchkey.server.signout.SignOut;
import dev.latchkey.server.signout.Wish;
import dev.latchkey.server.token.IdTokenHints;
import dev.latchkey.server.token.Subjects;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code /logout}: signs the user out of this browser and of the applications that were signed in at from it (RP-Initiated
 * Logout §2). Asks first unless an ID token proves whose session is meant. The browser is sent on only to an address that the
 * client has registered for that.
 */
public final class LogoutEndpoint {
    private static final String PATH = "/logout";
    private static final String CONFIRM = PATH + "/confirm";
    private static final String REQUEST = "continue";

    /** What fits into a request line beside the rest of a header. */
    private static final int MAX_QUERY_LENGTH = 12 * 1024;

    private final String path;
    private final LogoutRequests requests;
    private final Departures departures;
    private final SignOut signOut;
    private final People people;
    private final AuditTrail audit;

    /** Whose sessions there are, and what tells them apart. */
    public record Sources(ClientStore clients, SessionStore sessions, IdTokenHints hints, Subjects subjects) {}

    /** Who is there, and how they are talked to. */
    public record People(SignIns signIns, Browsers browsers, Pages pages) {}

    public LogoutEndpoint(String issuer, Sources sources, SignOut signOut, People people, AuditTrail audit) {
        this.path = URI.create(issuer).getPath();
        this.requests = new LogoutRequests(sources.clients(), sources.hints());
        this.departures = new Departures(sources.sessions(), sources.subjects());
        this.signOut = signOut;
        this.people = people;
        this.audit = audit;
    }

    /** The endpoint, and the step that its page leads to. */
    public List<Route> routes() {
        return List.of(
                Route.get(PATH, page(this::get)),
                Route.post(PATH, page(this::post)),
                Route.post(CONFIRM, page(this::confirm)));
    }

    private Response get(Request http) {
        LogoutRequest request = requests.read(http.queryParameters());
        Browser browser = people.browsers().of(http);
        return switch (departures.of(request, people.signIns().at(browser))) {
            case Departure.Nobody _ -> alreadyGone(http, request);
            case Departure.Proven proven -> leave(http, browser, request, List.of(proven.account()));
            case Departure.Asked asked -> ask(http, browser, request, asked.accounts());
        };
    }

    /** Sends the browser on with a GET: what another site posted comes without the browser's cookie (SameSite=Lax). */
    private Response post(Request http) {
        String query = http.form().toForm();
        if (query.length() > MAX_QUERY_LENGTH) {
            throw new OAuthException(OAuthError.invalidRequest("The request is too long"));
        }
        return Response.seeOther(path + PATH + (query.isEmpty() ? "" : "?" + query));
    }

    /** What the user answers. A form that this browser was not given asks once more. */
    private Response confirm(Request http) {
        Parameters form = http.form();
        String query = form.first(REQUEST).orElse("");
        LogoutRequest request = requests.read(Parameters.parse(query));
        Browser browser = people.browsers().of(http);
        if (!new FormSeal(browser, CONFIRM, query).isOn(form, http)) {
            return Response.seeOther(path + PATH + (query.isEmpty() ? "" : "?" + query));
        }
        if (!form.first("logout").equals(Optional.of("yes"))) {
            return Response.seeOther(path + "/account");
        }
        return switch (departures.of(request, people.signIns().at(browser))) {
            case Departure.Nobody _ -> alreadyGone(http, request);
            case Departure.Proven proven -> leave(http, browser, request, List.of(proven.account()));
            case Departure.Asked asked -> leave(http, browser, request, asked.accounts());
        };
    }

    private Response ask(Request http, Browser browser, LogoutRequest request, List<SignedIn> accounts) {
        String query = request.parameters().toForm();
        Map<String, String> hidden = new LinkedHashMap<>();
        hidden.put(REQUEST, query);
        hidden.put(FormSeal.FIELD, new FormSeal(browser, CONFIRM, query).token());
        FormTarget form = request.redirectUri()
                .map(uri -> FormTarget.leadingTo(uri, path + CONFIRM, hidden))
                .orElseGet(() -> FormTarget.of(path + CONFIRM, hidden));
        Optional<String> username =
                accounts.size() == 1 ? Optional.of(accounts.getFirst().user().username()) : Optional.empty();
        Page page = new Page.Logout(form, request.clientView(), username);
        return people.pages().render(page, request.uiLocales(), http);
    }

    /** Nobody is signed in here any more: what is left is the client's own session, which it says has ended. */
    private Response alreadyGone(Request http, LogoutRequest request) {
        people.browsers().find(http).ifPresent(signOut::confirmEnds);
        departures
                .sessionOf(request)
                .filter(session -> !session.scope().contains("offline_access"))
                .ifPresent(session -> signOut.endSession(session, Wish.of(request.clientId(), http)));
        return gone(http, request, List.of());
    }

    private Response leave(Request http, Browser browser, LogoutRequest request, List<SignedIn> leaving) {
        List<String> frames = signOut.endBrowserSessions(
                leaving.stream().map(SignedIn::session).toList(), Wish.of(request.clientId(), http));
        Response response = gone(http, request, frames);
        return people.signIns().at(browser).isEmpty() ? people.browsers().forget(response) : response;
    }

    /** On to the client; by way of a page where browsers have to tell others first (Front-Channel Logout §3). */
    private Response gone(Request http, LogoutRequest request, List<String> frames) {
        Optional<String> returnTo = request.returnTo();
        return returnTo.isPresent() && frames.isEmpty()
                ? Response.seeOther(returnTo.get())
                : people.pages()
                        .render(new Page.SignedOut(request.clientView(), returnTo, frames), request.uiLocales(), http);
    }

    /** Errors become pages: nobody is proven to be the one to tell. */
    private Handler page(Handler handler) {
        return request -> {
            try {
                return handler.handle(request);
            } catch (OAuthException refused) {
                audit.record(AuditEvent.of(AuditEvent.Type.LOGOUT_ERROR)
                        .with("reason", refused.reason())
                        .with("address", request.remoteAddress().getHostAddress()));
                return people.pages().error(refused.error(), request);
            }
        };
    }
}
