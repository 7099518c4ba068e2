package dev.latchkey.server.authorize;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * What authorization has to know of its issuer.
 *
 * @param issuer the issuer identifier
 * @param scopes all that there are
 * @param scopeDescriptions what the operator's own allow, in words
 * @param codeLifetime of an authorization code
 * @param requirePush whether every client has to push its requests (RFC 9126 §5)
 */
public record AuthorizationSettings(
        String issuer,
        Set<String> scopes,
        Map<String, String> scopeDescriptions,
        Duration codeLifetime,
        boolean requirePush) {
    public AuthorizationSettings {
        scopes = Set.copyOf(scopes);
        scopeDescriptions = Map.copyOf(scopeDescriptions);
    }

    /** The path that the issuer's endpoints are under, without a slash at its end. */
    String path() {
        return URI.create(issuer).getPath();
    }
}
