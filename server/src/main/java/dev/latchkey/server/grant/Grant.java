package dev.latchkey.server.grant;

import dev.latchkey.server.protocol.GrantType;
import dev.latchkey.server.token.TokenResponse;
import java.util.Set;

/**
 * One grant: the rule by which something that a client presents becomes tokens. Everything that grants have in common has
 * been done when it is asked: the client is authenticated and may use this grant.
 */
public interface Grant {
    GrantType type();

    /** The parameters it reads, beside those of client authentication. It sees no others. */
    Set<String> parameters();

    /** Whether a request that names no client is one of the built-in first-party client. */
    default boolean servesUnnamedClient() {
        return false;
    }

    /**
     * Redeems what the client presents, in one unit of work, and issues.
     *
     * @throws dev.latchkey.server.protocol.OAuthException when it is refused
     */
    TokenResponse redeem(GrantRequest request);
}
