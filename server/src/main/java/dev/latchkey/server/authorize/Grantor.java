package dev.latchkey.server.authorize;

import dev.latchkey.server.browser.SignIns;
import dev.latchkey.server.browser.SignedIn;
import dev.latchkey.server.client.Client;
import dev.latchkey.server.client.ClientUse;
import dev.latchkey.server.consent.ConsentStore;
import dev.latchkey.server.protocol.ResponseType;
import dev.latchkey.server.protocol.Scope;
import dev.latchkey.server.protocol.SessionId;
import dev.latchkey.server.protocol.Transaction;
import dev.latchkey.server.protocol.UnitOfWork;
import dev.latchkey.server.push.PushedRequests;
import dev.latchkey.server.session.Session;
import dev.latchkey.server.session.SessionStore;
import dev.latchkey.server.token.AuthorizationCode;
import dev.latchkey.server.token.AuthorizationCodeStore;
import dev.latchkey.server.token.AuthorizationCodes;
import dev.latchkey.server.token.IdTokens;
import dev.latchkey.server.token.TokenIssuer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Makes what a client asked for: a code, an ID token, or both (OpenID Connect Core §3.1.2.5, §3.2.2.5, §3.3.2.5). What has to
 * be known later is stored before it returns.
 */
final class Grantor {
    private final Stores stores;
    private final Tokens tokens;
    private final SignIns signIns;
    private final InstantSource clock;
    private final SecureRandom random;

    /** Where codes and sessions are kept, and that a client is in use. */
    record Stores(
            AuthorizationCodeStore codes,
            PushedRequests pushedRequests,
            SessionStore sessions,
            ConsentStore consents,
            ClientUse clientUse,
            UnitOfWork unitOfWork) {}

    /** What makes tokens, and how long a code lives. */
    record Tokens(TokenIssuer tokenIssuer, IdTokens idTokens, Duration codeLifetime) {}

    /** What came of a request. */
    sealed interface Outcome {
        /** The parameters of the answer. */
        record Granted(Map<String, String> parameters) implements Outcome {}

        /** The user has withdrawn the consent since it was looked at. */
        record Withdrawn() implements Outcome {}

        /** Another answer has ended the pushed request: nothing was made. */
        record Ended() implements Outcome {}
    }

    private enum Decision {
        GRANTED,
        WITHDRAWN,
        ENDED
    }

    Grantor(Stores stores, Tokens tokens, SignIns signIns, InstantSource clock, SecureRandom random) {
        this.stores = stores;
        this.tokens = tokens;
        this.signIns = signIns;
        this.clock = clock;
        this.random = random;
    }

    Outcome grant(AuthorizationRequest request, SignedIn account) {
        ResponseType type = request.responseType();
        String code = AuthorizationCodes.generate(random);
        AuthorizationCode stored = stored(request, account, code);
        // without a code nothing else would begin the session that a logout has to end
        Optional<Session> session =
                Optional.of(type).filter(asked -> !asked.hasCode()).map(_ -> session(request, stored));
        Decision decision = stores.unitOfWork().run(transaction -> {
            if (!use(transaction, request)) {
                return Decision.ENDED;
            }
            if (!isAllowed(transaction, request, account)) {
                return Decision.WITHDRAWN;
            }
            if (type.hasCode()) {
                stores.codes().insert(transaction, stored);
            }
            session.ifPresent(begun -> stores.sessions().insert(transaction, begun));
            signIns.use(transaction, account);
            return Decision.GRANTED;
        });
        return switch (decision) {
            case GRANTED -> new Outcome.Granted(answer(request, account, stored, code));
            case WITHDRAWN -> new Outcome.Withdrawn();
            case ENDED -> new Outcome.Ended();
        };
    }

    /** Of all answers to a pushed request this is the one (RFC 9126 §7.3). */
    private boolean use(Transaction transaction, AuthorizationRequest request) {
        return request.arrival()
                .pushed()
                .map(pushed -> stores.pushedRequests().use(transaction, pushed))
                .orElse(true);
    }

    private Map<String, String> answer(
            AuthorizationRequest request, SignedIn account, AuthorizationCode stored, String code) {
        ResponseType type = request.responseType();
        stores.clientUse().note(request.client());
        Map<String, String> answer = new LinkedHashMap<>();
        if (type.hasCode()) {
            answer.put("code", code);
        }
        if (type.hasIdToken()) {
            Optional<String> beside = type.hasCode() ? Optional.of(code) : Optional.empty();
            answer.put("id_token", idToken(request, account, stored.sessionId(), beside));
        }
        return answer;
    }

    /** Whoever withdraws the consent at this moment finds the code, and discards it. */
    private boolean isAllowed(Transaction transaction, AuthorizationRequest request, SignedIn account) {
        Client client = request.client();
        Scope needed = request.wanted().toBeAllowed();
        return client.metadata().signIn().skipConsent()
                || Scope.NONE.containsAll(needed)
                || stores.consents()
                        .find(transaction, account.user().id(), client.id())
                        .filter(consent -> consent.scope().containsAll(needed))
                        .isPresent();
    }

    private AuthorizationCode stored(AuthorizationRequest request, SignedIn account, String code) {
        return new AuthorizationCode(
                AuthorizationCodes.hash(code).orElseThrow(),
                new AuthorizationCode.Binding(
                        request.client().id(),
                        request.recipient().redirectUri(),
                        request.codeChallenge(),
                        request.nonce(),
                        request.key()),
                new AuthorizationCode.Login(
                        account.session().id(),
                        account.user().id(),
                        account.session().credentialVersion(),
                        account.session().authTime()),
                SessionId.random(random),
                request.wanted().scope(),
                request.wanted().audience(),
                request.wanted().claims(),
                clock.instant().plus(tokens.codeLifetime()),
                Optional.empty());
    }

    private Session session(AuthorizationRequest request, AuthorizationCode stored) {
        TokenIssuer.Granted granted = new TokenIssuer.Granted(
                request.client(), request.wanted().scope(), request.wanted().audience());
        return tokens.tokenIssuer().begin(granted, stored);
    }

    private String idToken(AuthorizationRequest request, SignedIn account, SessionId sessionId, Optional<String> code) {
        return tokens.idTokens()
                .issue(new IdTokens.Content(
                        request.client(),
                        new IdTokens.Login(
                                account.user(), sessionId, account.session().authTime()),
                        request.nonce(),
                        Optional.empty(),
                        code,
                        code.isPresent() ? Scope.NONE : request.wanted().scope(),
                        request.wanted().claims().idTokenNames()));
    }
}
