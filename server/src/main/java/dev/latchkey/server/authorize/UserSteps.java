package dev.latchkey.server.authorize;

import dev.latchkey.server.audit.AuditEvent;
import dev.latchkey.server.audit.AuditTrail;
import dev.latchkey.server.authorize.Forms.Submitted;
import dev.latchkey.server.browser.SignInOutcome;
import dev.latchkey.server.browser.SignedIn;
import dev.latchkey.server.consent.Consent;
import dev.latchkey.server.consent.ConsentStore;
import dev.latchkey.server.http.Request;
import dev.latchkey.server.http.Response;
import dev.latchkey.server.page.LoginProblem;
import dev.latchkey.server.protocol.OAuthError;
import dev.latchkey.server.protocol.UnitOfWork;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What users answer: they sign in, choose an account, allow or deny. Each step ends by sending the browser back to the
 * request, which is then decided anew, so that no step can be left out and none counts twice.
 */
final class UserSteps {
    private final Forms forms;
    private final Flow flow;
    private final Flow.People people;
    private final Consents consents;
    private final InstantSource clock;

    /** Where consents go, and who hears of them. */
    record Consents(ConsentStore store, UnitOfWork unitOfWork, AuditTrail audit) {}

    UserSteps(Forms forms, Flow flow, Flow.People people, Consents consents, InstantSource clock) {
        this.forms = forms;
        this.flow = flow;
        this.people = people;
        this.consents = consents;
        this.clock = clock;
    }

    Response signIn(Request http) {
        Submitted form = forms.read(AuthorizeEndpoint.SIGN_IN, http);
        if (!form.genuine()) {
            return stale(http, form);
        }
        if (form.form().has("cancel")) {
            return denied(http, form, "The user did not sign in");
        }
        String username = form.form().first("username").orElse("");
        String password = form.form().first("password").orElse("");
        return switch (people.signIns().signIn(form.browser(), username, password, http)) {
            case SignInOutcome.Accepted accepted ->
                people.browsers()
                        .remember(
                                Response.seeOther(forms.resume(
                                        accepted.browser(),
                                        form.request(),
                                        form.progress().asking(Progress.Ask.NOTHING))),
                                accepted.browser());
            case SignInOutcome.Refused refused -> flow.login(at(http, form), username, Optional.of(refused.problem()));
        };
    }

    Response account(Request http) {
        Submitted form = forms.read(AuthorizeEndpoint.ACCOUNT, http);
        if (!form.genuine()) {
            return stale(http, form);
        }
        if (form.form().has("cancel")) {
            return denied(http, form, "The user chose no account");
        }
        Optional<SignedIn> chosen = account(form);
        chosen.ifPresent(people.signIns()::choose);
        return resume(form, chosen.isPresent() ? Progress.Ask.NOTHING : Progress.Ask.LOGIN);
    }

    Response consent(Request http) {
        Submitted form = forms.read(AuthorizeEndpoint.CONSENT, http);
        Optional<SignedIn> account = account(form);
        if (!form.genuine() || account.isEmpty()) {
            return stale(http, form);
        }
        return switch (form.form().first("decision").orElse("")) {
            case "allow" -> {
                allow(form, account.get());
                yield resume(form, Progress.Ask.NOTHING);
            }
            case "switch" -> resume(form, Progress.Ask.ACCOUNT);
            default -> {
                consents.audit().record(event(AuditEvent.Type.DENY_CONSENT, form, account.get()));
                yield denied(http, form, "The user denied the request");
            }
        };
    }

    private void allow(Submitted form, SignedIn account) {
        Consent consent = new Consent(
                account.user().id(),
                form.request().client().id(),
                form.request().wanted().toBeAllowed(),
                clock.instant());
        consents.unitOfWork().run(transaction -> {
            consents.store().grant(transaction, consent);
            consents.audit()
                    .record(
                            transaction,
                            event(AuditEvent.Type.GRANT_CONSENT, form, account).with("scope", consent.scope()));
            return true;
        });
    }

    /** The account that the form names, if it is signed in here still. */
    private Optional<SignedIn> account(Submitted form) {
        String id = form.form().first("account").orElse("");
        return people.signIns().at(form.browser()).stream()
                .filter(account -> account.session().id().value().equals(id))
                .findFirst();
    }

    private static AuditEvent event(AuditEvent.Type type, Submitted form, SignedIn account) {
        return AuditEvent.of(type)
                .with("sub", account.user().id())
                .with("client_id", form.request().client().id());
    }

    private Response denied(Request http, Submitted form, String description) {
        return flow.refuse(form.request(), OAuthError.accessDenied(description), http);
    }

    /** Back to the request: 303, so that a reload of the page sends no form again. */
    private Response resume(Submitted form, Progress.Ask ask) {
        return Response.seeOther(
                forms.resume(form.browser(), form.request(), form.progress().asking(ask)));
    }

    /**
     * A form that this browser was not given does nothing: whoever is signed in starts over, all others sign in. What comes
     * without a cookie starts over too: another site may have sent it, so the browser has one that was left out, and a new
     * one in its place would sign the user out.
     */
    private Response stale(Request http, Submitted form) {
        boolean known = people.browsers().find(http).isPresent();
        return known && people.signIns().at(form.browser()).isEmpty()
                ? flow.login(at(http, form), "", Optional.of(new LoginProblem.Expired()))
                : resume(form, Progress.Ask.NOTHING);
    }

    private static Flow.At at(Request http, Submitted form) {
        return new Flow.At(http, form.browser(), form.request(), form.progress());
    }
}
