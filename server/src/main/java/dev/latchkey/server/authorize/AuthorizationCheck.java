package dev.latchkey.server.authorize;

/** One check of an authorization request. */
interface AuthorizationCheck {
    /**
     * Looks at some parameters and writes down in the draft what they come to.
     *
     * @throws dev.latchkey.server.protocol.OAuthException what the client is told where they will not do
     */
    void check(Draft draft);
}
