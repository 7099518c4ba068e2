package dev.latchkey.server.authorize;

import dev.latchkey.server.browser.SignedIn;
import dev.latchkey.server.client.Client;
import dev.latchkey.server.consent.Consent;
import dev.latchkey.server.consent.ConsentStore;
import dev.latchkey.server.protocol.OAuthError;
import dev.latchkey.server.protocol.Scope;
import dev.latchkey.server.token.Subjects;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Decides what a user has to be asked before a client gets its answer (OpenID Connect Core §3.1.2.3, §3.1.2.4). With
 * {@code prompt=none} that becomes the error which says what it would have been. Safe for many threads.
 */
final class Interaction {
    private final ConsentStore consents;
    private final Subjects subjects;
    private final InstantSource clock;

    Interaction(ConsentStore consents, Subjects subjects, InstantSource clock) {
        this.consents = consents;
        this.subjects = subjects;
        this.clock = clock;
    }

    /**
     * The next step.
     *
     * @param accounts who is signed in at the browser, whoever was chosen last first
     * @param progress how far the browser has come; empty when the request has just arrived
     */
    Step next(AuthorizationRequest request, List<SignedIn> accounts, Optional<Progress> progress) {
        Step step = wanted(request, accounts, progress);
        return request.conditions().asks(Prompt.NONE) ? withoutUser(step) : step;
    }

    private static Step withoutUser(Step step) {
        return switch (step) {
            case Step.SignIn _ -> new Step.Refuse(OAuthError.needsUser("login", "The user has to sign in"));
            case Step.ChooseAccount _ ->
                new Step.Refuse(OAuthError.needsUser("account_selection", "The user has to choose an account"));
            case Step.AskConsent _ -> new Step.Refuse(OAuthError.needsUser("consent", "The user has to give consent"));
            case Step.Proceed proceed -> proceed;
            case Step.Refuse refuse -> refuse;
        };
    }

    private Step wanted(AuthorizationRequest request, List<SignedIn> accounts, Optional<Progress> progress) {
        String hint = request.parameters().first("login_hint").orElse("");
        Progress.Ask ask = progress.map(Progress::ask).orElse(Progress.Ask.NOTHING);
        if (ask == Progress.Ask.LOGIN) {
            return new Step.SignIn("", false);
        }
        if (ask == Progress.Ask.ACCOUNT && !accounts.isEmpty()) {
            return new Step.ChooseAccount(accounts);
        }
        Optional<SignedIn> account = accountFor(request, accounts, hint);
        if (account.isEmpty()) {
            return new Step.SignIn(hint, !accounts.isEmpty());
        }
        return account.map(active -> forAccount(request, accounts, active, progress))
                .orElseThrow();
    }

    /** Of those who will do, the one whom the client hints at or who was chosen last. */
    private Optional<SignedIn> accountFor(AuthorizationRequest request, List<SignedIn> accounts, String hint) {
        List<SignedIn> fitting = accounts.stream()
                .filter(account -> request.conditions()
                        .subject()
                        .map(wanted -> wanted.equals(subjects.of(account.user(), request.client())))
                        .orElse(true))
                .toList();
        return fitting.stream()
                .filter(account -> account.user().username().equals(hint))
                .findFirst()
                .or(() -> fitting.stream().findFirst());
    }

    private Step forAccount(
            AuthorizationRequest request, List<SignedIn> accounts, SignedIn account, Optional<Progress> progress) {
        AuthorizationRequest.Conditions conditions = request.conditions();
        Instant authTime = account.session().authTime();
        boolean justSignedIn = happened(authTime, progress);
        boolean tooLongAgo = conditions
                .maxAge()
                .map(maxAge -> authTime.plus(maxAge).isBefore(clock.instant()) || maxAge.isZero())
                .orElse(false);
        if (!justSignedIn && (conditions.asks(Prompt.LOGIN) || tooLongAgo)) {
            return new Step.SignIn(account.user().username(), false);
        }
        if (conditions.asks(Prompt.SELECT_ACCOUNT)
                && !happened(account.session().chosenAt(), progress)) {
            return new Step.ChooseAccount(accounts);
        }
        return afterLogin(request, account, progress);
    }

    private Step afterLogin(AuthorizationRequest request, SignedIn account, Optional<Progress> progress) {
        Client client = request.client();
        Optional<Consent> consent = consents.find(account.user().id(), client.id())
                .filter(given -> !given.grantedAt().isBefore(client.createdAt())); // not one to another of this name
        Scope remembered = consent.map(Consent::scope).orElse(Scope.NONE);
        boolean justGiven =
                consent.map(given -> happened(given.grantedAt(), progress)).orElse(false);
        boolean allowed = remembered.containsAll(request.wanted().toBeAllowed());
        boolean asked = request.conditions().asks(Prompt.CONSENT);
        boolean enough = client.metadata().signIn().skipConsent()
                ? !asked || justGiven
                : allowed && (justGiven || (!asked && isKnownByItsAddress(request)));
        return enough ? new Step.Proceed(account) : new Step.AskConsent(account, remembered);
    }

    /** Nobody vouches for a public client on the user's own machine: any program there may pose as it (RFC 8252 §8.6). */
    private static boolean isKnownByItsAddress(AuthorizationRequest request) {
        return request.client().isConfidential()
                || !RedirectUris.isLocal(request.recipient().redirectUri());
    }

    private static boolean happened(Instant instant, Optional<Progress> progress) {
        return progress.map(since -> since.covers(instant)).orElse(false);
    }
}
