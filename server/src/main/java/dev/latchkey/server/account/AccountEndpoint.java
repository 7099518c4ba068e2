package dev.latchkey.server.account;

import dev.latchkey.server.browser.Browser;
import dev.latchkey.server.browser.BrowserSession;
import dev.latchkey.server.browser.BrowserSessionStore;
import dev.latchkey.server.browser.Browsers;
import dev.latchkey.server.browser.FormSeal;
import dev.latchkey.server.browser.SignInOutcome;
import dev.latchkey.server.browser.SignIns;
import dev.latchkey.server.browser.SignedIn;
import dev.latchkey.server.client.ClientStore;
import dev.latchkey.server.consent.ConsentStore;
import dev.latchkey.server.http.Handler;
import dev.latchkey.server.http.Parameters;
import dev.latchkey.server.http.Request;
import dev.latchkey.server.http.Response;
import dev.latchkey.server.http.Route;
import dev.latchkey.server.page.AccountView.Notice;
import dev.latchkey.server.page.FormTarget;
import dev.latchkey.server.page.LoginProblem;
import dev.latchkey.server.page.Page;
import dev.latchkey.server.page.Pages;
import dev.latchkey.server.protocol.BrowserSessionId;
import dev.latchkey.server.protocol.ClientId;
import dev.latchkey.server.protocol.OAuthException;
import dev.latchkey.server.session.SessionStore;
import dev.latchkey.server.signout.SignOut;
import dev.latchkey.server.signout.Wish;
import java.net.URI;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * {@code /account}: shows users their own sessions and applications, and ends what they want ended. Whatever a form names is
 * looked for among what the user has: what is another's is as good as not there.
 */
public final class AccountEndpoint {
    private static final String PATH = "/account";
    private static final String SIGN_IN = PATH + "/sign-in";
    private static final String ACCOUNT = "account";
    private static final String NOTICE = "notice";
    /** Asks for the login page although somebody is signed in, and is what the form sends for that. */
    private static final String ANOTHER = "another";

    private final String path;
    private final Stores stores;
    private final AccountViews views;
    private final SignOut signOut;
    private final People people;

    /** Where users have what is shown. */
    public record Stores(
            BrowserSessionStore browserSessions, SessionStore sessions, ConsentStore consents, ClientStore clients) {}

    /** Who is there, and how they are talked to. */
    public record People(SignIns signIns, Browsers browsers, Pages pages, InstantSource clock) {}

    /**
     * The page of an issuer.
     *
     * @param scopeDescriptions what the operator's own scopes allow, in words
     */
    public AccountEndpoint(
            String issuer, Map<String, String> scopeDescriptions, Stores stores, SignOut signOut, People people) {
        this.path = URI.create(issuer).getPath();
        this.stores = stores;
        this.views = new AccountViews(issuer, stores, scopeDescriptions, people.clock());
        this.signOut = signOut;
        this.people = people;
    }

    /** The page, its buttons and its login form. */
    public List<Route> routes() {
        return List.of(
                Route.get(PATH, page(this::show)),
                Route.post(PATH, page(this::act)),
                Route.post(SIGN_IN, page(this::signIn)));
    }

    private Response show(Request http) {
        Parameters query = http.queryParameters();
        Browser browser = people.browsers().of(http);
        List<SignedIn> accounts = people.signIns().at(browser);
        if (accounts.isEmpty() || query.has(ANOTHER)) {
            return login(http, browser, "", Optional.empty());
        }
        String account = accounts.getFirst().session().id().value();
        FormTarget form = FormTarget.of(
                path + PATH, Map.of(ACCOUNT, account, FormSeal.FIELD, new FormSeal(browser, PATH, account).token()));
        Optional<Notice> notice = query.first(NOTICE).flatMap(AccountEndpoint::notice);
        return people.pages().render(new Page.Account(views.of(accounts, form, notice)), http);
    }

    private static Optional<Notice> notice(String text) {
        return Arrays.stream(Notice.values())
                .filter(notice -> word(notice).equals(text))
                .findFirst();
    }

    private static String word(Notice notice) {
        return notice.name().toLowerCase(Locale.ROOT);
    }

    private Response login(Request http, Browser browser, String username, Optional<LoginProblem> problem) {
        FormTarget form =
                FormTarget.of(path + SIGN_IN, Map.of(FormSeal.FIELD, new FormSeal(browser, SIGN_IN, "").token()));
        Page page = new Page.Login(form, Optional.empty(), username, problem, false);
        return people.browsers().introduce(people.pages().render(page, http), browser, http);
    }

    private Response signIn(Request http) {
        Parameters form = http.form();
        Browser browser = people.browsers().of(http);
        if (people.browsers().find(http).isEmpty()) {
            // another site may have sent it, and a new cookie in place of the one left out would sign the user out
            return Response.seeOther(path + PATH);
        }
        if (!new FormSeal(browser, SIGN_IN, "").isOn(form, http)) {
            return login(http, browser, "", Optional.of(new LoginProblem.Expired()));
        }
        String username = form.first("username").orElse("");
        String password = form.first("password").orElse("");
        return switch (people.signIns().signIn(browser, username, password, http)) {
            case SignInOutcome.Accepted accepted ->
                people.browsers().remember(Response.seeOther(path + PATH), accepted.browser());
            case SignInOutcome.Refused refused -> login(http, browser, username, Optional.of(refused.problem()));
        };
    }

    private Response act(Request http) {
        Parameters form = http.form();
        Browser browser = people.browsers().of(http);
        String account = form.first(ACCOUNT).orElse("");
        List<SignedIn> accounts = people.signIns().at(browser);
        Optional<SignedIn> current = find(accounts, account);
        if (current.isEmpty() && form.has("sign-out")) {
            people.browsers().find(http).ifPresent(signOut::confirmEnds);
        }
        if (current.isEmpty() || !new FormSeal(browser, PATH, account).isOn(form, http)) {
            return Response.seeOther(path + PATH);
        }
        if (form.has("switch")) {
            return switchTo(form.required("switch"), accounts);
        }
        Act act = new Act(http, browser, current.get(), Wish.ofUser(http));
        if (form.has("sign-out")) {
            return leave(act);
        }
        if (form.has("end-session")) {
            return endSession(act, form.required("end-session"));
        }
        if (form.has("withdraw")) {
            return withdraw(act, form.required("withdraw"));
        }
        if (form.has("end-all")) {
            signOut.endAllBut(current.get().session(), act.wish());
            return back(Notice.SIGNED_OUT_EVERYWHERE);
        }
        return Response.seeOther(path + PATH);
    }

    /** Something that a user does. */
    private record Act(Request http, Browser browser, SignedIn account, Wish wish) {}

    private static Optional<SignedIn> find(List<SignedIn> accounts, String id) {
        return accounts.stream()
                .filter(account -> account.session().id().value().equals(id))
                .findFirst();
    }

    private Response switchTo(String key, List<SignedIn> accounts) {
        if (key.equals(ANOTHER)) {
            return Response.seeOther(path + PATH + "?" + ANOTHER + "=1");
        }
        find(accounts, key).ifPresent(people.signIns()::choose);
        return Response.seeOther(path + PATH);
    }

    /** Signs the account out of this browser; another one that is signed in here stays. */
    private Response leave(Act act) {
        List<String> frames = signOut.endBrowserSessions(List.of(act.account().session()), act.wish());
        Response response =
                people.pages().render(new Page.SignedOut(Optional.empty(), Optional.empty(), frames), act.http());
        return people.signIns().at(act.browser()).isEmpty() ? people.browsers().forget(response) : response;
    }

    private Response endSession(Act act, String id) {
        if (act.account().session().id().value().equals(id)) {
            return leave(act);
        }
        Optional<BrowserSession> session = Optional.of(id)
                .filter(BrowserSessionId::isValid)
                .flatMap(valid -> stores.browserSessions().find(new BrowserSessionId(valid)))
                .filter(found -> found.userId().equals(act.account().user().id()));
        session.ifPresent(found -> signOut.endBrowserSessions(List.of(found), act.wish()));
        return back(
                session.filter(found -> found.isLive(people.clock().instant())).isPresent()
                        ? Notice.SESSION_ENDED
                        : Notice.ALREADY_DONE);
    }

    private Response withdraw(Act act, String clientId) {
        boolean withdrawn = ClientId.isValid(clientId)
                && signOut.withdraw(act.account().user().id(), new ClientId(clientId), act.wish());
        return back(withdrawn ? Notice.CONSENT_WITHDRAWN : Notice.ALREADY_DONE);
    }

    /** 303, so that a reload of the page sends no form again. */
    private Response back(Notice notice) {
        return Response.seeOther(path + PATH + "?" + NOTICE + "=" + word(notice));
    }

    private Handler page(Handler handler) {
        return request -> {
            try {
                return handler.handle(request);
            } catch (OAuthException refused) {
                return people.pages().error(refused.error(), request);
            }
        };
    }
}
