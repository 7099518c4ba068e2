package dev.latchkey.server.authorize;

import dev.latchkey.server.audit.AuditEvent;
import dev.latchkey.server.audit.AuditTrail;
import dev.latchkey.server.browser.Browser;
import dev.latchkey.server.browser.Browsers;
import dev.latchkey.server.browser.SignIns;
import dev.latchkey.server.client.ClientAuthenticator;
import dev.latchkey.server.client.ClientStore;
import dev.latchkey.server.client.ClientUse;
import dev.latchkey.server.client.Entitlement;
import dev.latchkey.server.consent.ConsentStore;
import dev.latchkey.server.http.Handler;
import dev.latchkey.server.http.Parameters;
import dev.latchkey.server.http.Request;
import dev.latchkey.server.http.Response;
import dev.latchkey.server.http.Route;
import dev.latchkey.server.page.Pages;
import dev.latchkey.server.proof.DpopProofs;
import dev.latchkey.server.protocol.OAuthError;
import dev.latchkey.server.protocol.OAuthException;
import dev.latchkey.server.protocol.UnitOfWork;
import dev.latchkey.server.push.PushedRequests;
import dev.latchkey.server.session.SessionStore;
import dev.latchkey.server.token.AuthorizationCodeStore;
import dev.latchkey.server.token.IdTokenHints;
import dev.latchkey.server.token.IdTokens;
import dev.latchkey.server.token.Subjects;
import dev.latchkey.server.token.TokenIssuer;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * {@code /authorize}: checks a request, asks the user what has to be asked, and sends the client its answer (RFC 6749 §3.1,
 * OpenID Connect Core §3.1.2).
 *
 * <p>An error goes to the client only where the redirect URI is proven to be its own; else to a page of ours (RFC 6749
 * §4.1.2.1, RFC 9700 §4.11).
 */
public final class AuthorizeEndpoint {
    static final String PATH = "/authorize";
    static final String SIGN_IN = PATH + "/sign-in";
    static final String ACCOUNT = PATH + "/account";
    static final String CONSENT = PATH + "/consent";

    /** What fits into a request line beside the rest of a header. */
    private static final int MAX_QUERY_LENGTH = 12 * 1024;

    private final String path;
    private final Arrivals arrivals;
    private final Forms forms;
    private final Flow flow;
    private final UserSteps steps;
    private final PushEndpoint push;
    private final Surroundings surroundings;

    /** Where everything is kept. */
    public record Stores(
            ClientStore clients,
            ConsentStore consents,
            AuthorizationCodeStore codes,
            PushedRequests pushedRequests,
            SessionStore sessions,
            ClientUse clientUse,
            UnitOfWork unitOfWork) {}

    /** What makes and reads tokens. */
    public record Tokens(TokenIssuer tokenIssuer, IdTokens idTokens, IdTokenHints hints, Subjects subjects) {}

    /** Who is there, how they are talked to, and who hears of it. */
    public record Surroundings(
            ClientAuthenticator authenticator,
            DpopProofs proofs,
            SignIns signIns,
            Browsers browsers,
            Pages pages,
            AuditTrail audit,
            InstantSource clock,
            SecureRandom random) {}

    public AuthorizeEndpoint(AuthorizationSettings settings, Stores stores, Tokens tokens, Surroundings surroundings) {
        this.path = settings.path();
        this.surroundings = surroundings;
        AuthorizationChecks checks = new AuthorizationChecks(settings, stores.clients(), tokens.hints());
        this.arrivals = new Arrivals(checks, stores.pushedRequests());
        this.push = new PushEndpoint(
                new PushEndpoint.Senders(surroundings.authenticator(), surroundings.proofs()),
                checks,
                stores.pushedRequests(),
                surroundings.audit());
        this.forms = new Forms(path, surroundings.browsers(), arrivals, surroundings.clock());
        Flow.People people = new Flow.People(surroundings.signIns(), surroundings.browsers(), surroundings.pages());
        Grantor grantor = new Grantor(
                new Grantor.Stores(
                        stores.codes(),
                        stores.pushedRequests(),
                        stores.sessions(),
                        stores.consents(),
                        stores.clientUse(),
                        stores.unitOfWork()),
                new Grantor.Tokens(tokens.tokenIssuer(), tokens.idTokens(), settings.codeLifetime()),
                surroundings.signIns(),
                surroundings.clock(),
                surroundings.random());
        Interaction interaction = new Interaction(stores.consents(), tokens.subjects(), surroundings.clock());
        this.flow = new Flow(interaction, grantor, arrivals, forms, people, settings);
        this.steps = new UserSteps(
                forms,
                flow,
                people,
                new UserSteps.Consents(stores.consents(), stores.unitOfWork(), surroundings.audit()),
                surroundings.clock());
    }

    /** The endpoint, the steps that its pages lead to, and where clients push requests for it. */
    public List<Route> routes() {
        return List.of(
                Route.get(PATH, page(this::get)),
                Route.post(PATH, page(this::post)),
                Route.post(SIGN_IN, page(steps::signIn)),
                Route.post(ACCOUNT, page(steps::account)),
                Route.post(CONSENT, page(steps::consent)),
                Route.post(PushEndpoint.PATH, surroundings.proofs().taking(push))
                        .withCrossOrigin());
    }

    private Response get(Request request) {
        Parameters sent = request.queryParameters(Entitlement.RESOURCE);
        AuthorizationRequest authorization = arrivals.check(sent);
        Browser browser = surroundings.browsers().of(request);
        Optional<Progress> progress = forms.progress(sent, browser, authorization);
        return flow.next(request, browser, authorization, progress);
    }

    /**
     * Sends the browser on with a GET: what another site posted comes without the browser's cookie, since that is
     * {@code SameSite=Lax}, and a user who is signed in would not be known.
     */
    private Response post(Request request) {
        String query =
                request.form(Entitlement.RESOURCE).without(Progress.PARAMETER).toForm();
        if (query.length() > MAX_QUERY_LENGTH) {
            throw new OAuthException(OAuthError.invalidRequest("The request is too long"));
        }
        return Response.seeOther(path + PATH + "?" + query);
    }

    /** Errors become answers: to the client where it is proven, else a page. */
    private Handler page(Handler handler) {
        return request -> {
            try {
                return answered(handler, request);
            } catch (OAuthException refused) {
                surroundings.audit().record(event(request, refused.reason()));
                return surroundings.pages().error(refused.error(), request);
            }
        };
    }

    private Response answered(Handler handler, Request request) {
        try {
            return handler.handle(request);
        } catch (RefusedRequestException refused) {
            surroundings
                    .audit()
                    .record(event(request, refused.error().code())
                            .with("client_id", refused.recipient().client().id()));
            return flow.refuse(refused.recipient(), refused.arrival(), refused.error(), request);
        }
    }

    private static AuditEvent event(Request request, String reason) {
        return AuditEvent.of(AuditEvent.Type.AUTHORIZE_ERROR)
                .with("reason", reason)
                .with("address", request.remoteAddress().getHostAddress());
    }
}
