package dev.latchkey.server.grant;

import dev.latchkey.server.audit.AuditEvent;
import dev.latchkey.server.audit.AuditTrail;
import dev.latchkey.server.client.Entitlement;
import dev.latchkey.server.protocol.GrantType;
import dev.latchkey.server.protocol.OAuthError;
import dev.latchkey.server.protocol.OAuthException;
import dev.latchkey.server.protocol.UnitOfWork;
import dev.latchkey.server.token.TokenIssuer;
import dev.latchkey.server.token.TokenIssuer.Granted;
import dev.latchkey.server.token.TokenResponse;
import java.util.Set;

/** A confidential client gets a token of its own (RFC 6749 §4.4). Nothing is stored but that its proof was used. */
public final class ClientCredentialsGrant implements Grant {
    private final String issuer;
    private final TokenIssuer tokens;
    private final UnitOfWork unitOfWork;
    private final AuditTrail audit;

    public ClientCredentialsGrant(String issuer, TokenIssuer tokens, UnitOfWork unitOfWork, AuditTrail audit) {
        this.issuer = issuer;
        this.tokens = tokens;
        this.unitOfWork = unitOfWork;
        this.audit = audit;
    }

    @Override
    public GrantType type() {
        return GrantType.CLIENT_CREDENTIALS;
    }

    @Override
    public Set<String> parameters() {
        return Set.of("scope", Entitlement.RESOURCE);
    }

    @Override
    public TokenResponse redeem(GrantRequest request) {
        if (!request.client().isConfidential()) { // RFC 6749 §4.4: MUST only be used by confidential clients
            throw new OAuthException(OAuthError.unauthorizedClient("A public client has no credentials"));
        }
        Entitlement entitlement = Entitlement.of(request.client(), issuer);
        Granted granted = new Granted(
                request.client(),
                entitlement.grantedScope(request.parameters()),
                entitlement.grantedAudience(request.parameters()),
                request.proof().key());
        if (granted.key().isPresent() && !unitOfWork.run(request.proof()::use)) {
            throw request.proof().usedBefore();
        }
        TokenResponse issued = tokens.issue(granted);
        AuditEvent event = AuditEvent.of(AuditEvent.Type.CLIENT_LOGIN)
                .with("client_id", request.client().id());
        audit.record(granted.key().map(key -> event.with("jkt", key)).orElse(event));
        return issued;
    }
}
