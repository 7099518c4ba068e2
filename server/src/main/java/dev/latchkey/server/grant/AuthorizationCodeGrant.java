package dev.latchkey.server.grant;

import dev.latchkey.server.audit.AuditEvent;
import dev.latchkey.server.audit.AuditTrail;
import dev.latchkey.server.client.Entitlement;
import dev.latchkey.server.http.Parameters;
import dev.latchkey.server.proof.SenderProof;
import dev.latchkey.server.protocol.GrantType;
import dev.latchkey.server.protocol.KeyThumbprint;
import dev.latchkey.server.protocol.OAuthError;
import dev.latchkey.server.protocol.OAuthException;
import dev.latchkey.server.protocol.UnitOfWork;
import dev.latchkey.server.session.Session;
import dev.latchkey.server.session.SessionStore;
import dev.latchkey.server.token.AuthorizationCode;
import dev.latchkey.server.token.AuthorizationCodeStore;
import dev.latchkey.server.token.AuthorizationCodes;
import dev.latchkey.server.token.TokenIssuer;
import dev.latchkey.server.token.TokenIssuer.Granted;
import dev.latchkey.server.token.TokenResponse;
import dev.latchkey.server.user.User;
import dev.latchkey.server.user.UserStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An authorization code becomes the tokens of a new session, once (RFC 6749 §4.1.3, RFC 7636 §4.6, OpenID Connect Core
 * §3.1.3). A request that does not match the code leaves it as it is, a few times; a second one that does ends what the first
 * one got.
 */
public final class AuthorizationCodeGrant implements Grant {
    private final TokenIssuer tokens;
    private final Stores stores;
    private final InstantSource clock;
    private final AuditTrail audit;

    /** Where codes, sessions and users are kept. */
    public record Stores(AuthorizationCodeStore codes, SessionStore sessions, UserStore users, UnitOfWork unitOfWork) {}

    public AuthorizationCodeGrant(TokenIssuer tokens, Stores stores, InstantSource clock, AuditTrail audit) {
        this.tokens = tokens;
        this.stores = stores;
        this.clock = clock;
        this.audit = audit;
    }

    @Override
    public GrantType type() {
        return GrantType.AUTHORIZATION_CODE;
    }

    @Override
    public Set<String> parameters() {
        return Set.of("code", "redirect_uri", "code_verifier", Entitlement.RESOURCE);
    }

    @Override
    public TokenResponse redeem(GrantRequest request) {
        AuthorizationCode code = AuthorizationCodes.hash(request.parameters().required("code"))
                .flatMap(stores.codes()::find)
                .orElseThrow(() -> refused("unknown_code"));
        if (code.binding().key().isPresent() && request.proof().key().isEmpty()) {
            throw request.proof().missing();
        }
        mismatch(code, request).ifPresent(reason -> {
            stores.unitOfWork().run(transaction -> {
                stores.codes().countFailedTry(transaction, code.hash());
                audit.record(
                        transaction,
                        event(AuditEvent.Type.CODE_TO_TOKEN_ERROR, code).with("reason", reason));
                return true;
            });
            throw refused(reason);
        });
        User user = stores.users()
                .find(code.login().userId())
                .filter(found -> !found.disabled()
                        && found.credentialVersion() == code.login().credentialVersion())
                .orElseThrow(() -> refused("user_has_changed"));
        List<String> audience = audience(code, request.parameters());
        Optional<KeyThumbprint> key = request.proof().key();
        Granted granted = new Granted(request.client(), code.scope(), code.audience(), key);
        Session session = tokens.begin(granted, code);
        begin(code, session, request.proof());
        return tokens.issue(new Granted(request.client(), code.scope(), audience, key), user, session, code);
    }

    /** Why a redemption does not match the code, for the log. */
    private static Optional<String> mismatch(AuthorizationCode code, GrantRequest request) {
        AuthorizationCode.Binding binding = code.binding();
        Parameters parameters = request.parameters();
        if (!binding.clientId().equals(request.client().id())) { // RFC 6749 §4.1.3
            return Optional.of("another_client");
        }
        if (binding.key().isPresent() && !binding.key().equals(request.proof().key())) { // RFC 9449 §10
            return Optional.of("another_key");
        }
        Optional<String> redirectUri = parameters.first("redirect_uri");
        // a client with PKCE may leave it out, as in OAuth 2.1
        if (redirectUri.isEmpty() && binding.codeChallenge().isEmpty()) {
            return Optional.of("no_redirect_uri");
        }
        if (redirectUri.isPresent() && !redirectUri.get().equals(binding.redirectUri())) {
            return Optional.of("another_redirect_uri");
        }
        Optional<String> verifier = parameters.first("code_verifier");
        if (binding.codeChallenge().isPresent() != verifier.isPresent()) { // RFC 9700 §4.8.2: no downgrade
            return Optional.of(verifier.isPresent() ? "code_verifier_without_challenge" : "no_code_verifier");
        }
        return verifier.filter(text ->
                        !AuthorizationCodes.matches(binding.codeChallenge().orElseThrow(), text))
                .map(_ -> "wrong_code_verifier");
    }

    /** What a redemption that matches comes to. */
    private enum Redemption {
        WON,
        REPLAYED,
        DEAD,
        PROOF_USED
    }

    /** One wins the code and begins the session; whoever comes later ends it. */
    private void begin(AuthorizationCode code, Session session, SenderProof proof) {
        Instant now = clock.instant();
        AuditEvent event = event(AuditEvent.Type.CODE_TO_TOKEN, code);
        AuditEvent redeemed = proof.key().map(key -> event.with("jkt", key)).orElse(event);
        Redemption redemption = stores.unitOfWork().run(transaction -> {
            if (!proof.use(transaction)) {
                return Redemption.PROOF_USED;
            }
            if (stores.codes().redeem(transaction, code.hash(), now)) {
                stores.sessions().insert(transaction, session);
                audit.record(transaction, redeemed);
                return Redemption.WON;
            }
            boolean replayed = stores.codes().isRedeemed(transaction, code.hash());
            if (replayed) {
                stores.sessions().revoke(transaction, code.sessionId(), now); // RFC 6749 §4.1.2
                audit.record(transaction, event(AuditEvent.Type.CODE_REPLAY, code));
            }
            return replayed ? Redemption.REPLAYED : Redemption.DEAD;
        });
        switch (redemption) {
            case WON -> {}
            case REPLAYED -> throw refused("replayed");
            case DEAD -> throw refused("expired");
            case PROOF_USED -> throw proof.usedBefore();
        }
    }

    /** The resources that this very token is for, out of those that the code is for (RFC 8707 §2.2). */
    private static List<String> audience(AuthorizationCode code, Parameters parameters) {
        List<String> asked = parameters.all(Entitlement.RESOURCE);
        if (!code.audience().containsAll(asked)) {
            throw new OAuthException(OAuthError.invalidTarget("The code is not for a resource that the request names"));
        }
        return asked.isEmpty() ? code.audience() : asked.stream().distinct().toList();
    }

    private static AuditEvent event(AuditEvent.Type type, AuthorizationCode code) {
        return AuditEvent.of(type)
                .with("sub", code.login().userId())
                .with("client_id", code.binding().clientId())
                .with("sid", code.sessionId());
    }

    /** One answer for unknown, expired, replayed and not matching. */
    private static OAuthException refused(String reason) {
        return new OAuthException(OAuthError.invalidGrant("Invalid authorization code"), reason);
    }
}
