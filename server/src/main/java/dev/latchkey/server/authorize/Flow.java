package dev.latchkey.server.authorize;

import dev.latchkey.server.browser.Browser;
import dev.latchkey.server.browser.Browsers;
import dev.latchkey.server.browser.SignIns;
import dev.latchkey.server.browser.SignedIn;
import dev.latchkey.server.http.Request;
import dev.latchkey.server.http.Response;
import dev.latchkey.server.page.Account;
import dev.latchkey.server.page.ClientView;
import dev.latchkey.server.page.FormTarget;
import dev.latchkey.server.page.Language;
import dev.latchkey.server.page.LoginProblem;
import dev.latchkey.server.page.Page;
import dev.latchkey.server.page.Pages;
import dev.latchkey.server.page.ScopeView;
import dev.latchkey.server.page.ScopeWords;
import dev.latchkey.server.protocol.OAuthError;
import dev.latchkey.server.protocol.Scope;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes a request on by one step: shows the page for it, or sends the answer. Safe for many threads. */
final class Flow {
    private static final OAuthError WITHDRAWN = OAuthError.accessDenied("The user has just withdrawn the consent");

    private final Interaction interaction;
    private final Grantor grantor;
    private final Arrivals arrivals;
    private final Answers answers;
    private final Forms forms;
    private final People people;
    private final Map<String, String> scopeDescriptions;

    /** Who is there, and how they are talked to. */
    record People(SignIns signIns, Browsers browsers, Pages pages) {}

    /** A request at a browser. */
    record At(Request http, Browser browser, AuthorizationRequest request, Progress progress) {}

    Flow(
            Interaction interaction,
            Grantor grantor,
            Arrivals arrivals,
            Forms forms,
            People people,
            AuthorizationSettings settings) {
        this.interaction = interaction;
        this.grantor = grantor;
        this.arrivals = arrivals;
        this.answers = new Answers(settings.issuer(), people.pages());
        this.forms = forms;
        this.people = people;
        this.scopeDescriptions = settings.scopeDescriptions();
    }

    /** Tells the client no, which ends a request that was pushed. */
    Response refuse(AuthorizationRequest request, OAuthError error, Request http) {
        return refuse(request.recipient(), request.arrival(), error, http);
    }

    Response refuse(Recipient recipient, Arrival arrival, OAuthError error, Request http) {
        arrivals.end(arrival);
        return answers.error(recipient, error, http);
    }

    /**
     * The next page, or the answer.
     *
     * @param brought how far the browser has come by what it sent; empty at the first sight of a request
     */
    Response next(Request http, Browser browser, AuthorizationRequest request, Optional<Progress> brought) {
        List<SignedIn> accounts = people.signIns().at(browser);
        At at = new At(http, browser, request, brought.orElseGet(forms::begin));
        return switch (interaction.next(request, accounts, brought)) {
            case Step.SignIn signIn ->
                login(
                        at,
                        signIn.username(),
                        signIn.otherUserNeeded() ? Optional.of(new LoginProblem.OtherUserNeeded()) : Optional.empty());
            case Step.ChooseAccount choice -> accountChoice(at, choice.accounts());
            case Step.AskConsent ask -> consent(at, ask.account(), ask.remembered());
            case Step.Proceed proceed ->
                switch (grantor.grant(request, proceed.account())) {
                    case Grantor.Outcome.Granted granted ->
                        answers.send(request.recipient(), granted.parameters(), http);
                    case Grantor.Outcome.Withdrawn _ -> answers.error(request.recipient(), WITHDRAWN, http);
                    case Grantor.Outcome.Ended _ -> throw Arrivals.gone();
                };
            case Step.Refuse refuse -> refuse(request, refuse.error(), http);
        };
    }

    Response login(At at, String username, Optional<LoginProblem> problem) {
        FormTarget form = form(at, AuthorizeEndpoint.SIGN_IN, Map.of());
        return page(
                at, new Page.Login(form, Optional.of(ClientView.of(at.request().client())), username, problem, true));
    }

    private Response accountChoice(At at, List<SignedIn> accounts) {
        List<Account> shown = accounts.stream()
                .map(account -> new Account(
                        account.session().id().value(),
                        name(account),
                        account.user().username(),
                        Optional.empty()))
                .toList();
        FormTarget form = form(at, AuthorizeEndpoint.ACCOUNT, Map.of());
        return page(at, new Page.AccountChoice(form, ClientView.of(at.request().client()), shown, true));
    }

    private Response consent(At at, SignedIn account, Scope remembered) {
        Language language = people.pages().language(at.request().uiLocales(), at.http());
        List<ScopeView> scopes = at.request().wanted().toBeAllowed().tokens().stream()
                .filter(scope -> !scope.equals("offline_access"))
                .map(scope -> new ScopeView(
                        scope, ScopeWords.describe(scope, scopeDescriptions, language), remembered.contains(scope)))
                .toList();
        FormTarget form = form(
                at,
                AuthorizeEndpoint.CONSENT,
                Map.of("account", account.session().id().value()));
        boolean offline = at.request().wanted().scope().contains("offline_access");
        return page(
                at,
                new Page.Consent(
                        form,
                        ClientView.of(at.request().client()),
                        account.user().username(),
                        scopes,
                        offline));
    }

    private FormTarget form(At at, String action, Map<String, String> more) {
        return forms.target(action, at.browser(), at.request(), at.progress(), more);
    }

    /** A page, and the cookie that its form needs. */
    private Response page(At at, Page page) {
        arrivals.begin(at.request());
        Response response = people.pages().render(page, at.request().uiLocales(), at.http());
        return people.browsers().introduce(response, at.browser(), at.http());
    }

    private static String name(SignedIn account) {
        return account.user().claims().get("name") instanceof String name
                ? name
                : account.user().username();
    }
}
