package dev.latchkey.server.authorize;

import dev.latchkey.server.client.Entitlement;

/** Takes resources that the client may have tokens for (RFC 8707 §2.1). */
final class CheckResource implements AuthorizationCheck {
    private final String issuer;

    CheckResource(String issuer) {
        this.issuer = issuer;
    }

    @Override
    public void check(Draft draft) {
        draft.audience = Entitlement.of(draft.client(), issuer).grantedAudience(draft.parameters);
    }
}
