package dev.latchkey.server.authorize;

import dev.latchkey.server.protocol.OAuthError;
import dev.latchkey.server.protocol.OAuthException;

/** Refuses a request that was not pushed where the server or the client wants that (RFC 9126 §5, §6). */
final class RequirePush implements AuthorizationCheck {
    private final boolean ofEveryClient;

    RequirePush(boolean ofEveryClient) {
        this.ofEveryClient = ofEveryClient;
    }

    @Override
    public void check(Draft draft) {
        boolean required = ofEveryClient || draft.client().metadata().signIn().requirePushedRequests();
        if (required && draft.arrival.pushed().isEmpty()) {
            throw new OAuthException(OAuthError.invalidRequest("The client has to push its authorization requests"));
        }
    }
}
