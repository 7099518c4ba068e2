package dev.latchkey.server.client;

import dev.latchkey.server.http.Parameters;
import dev.latchkey.server.protocol.OAuthError;
import dev.latchkey.server.protocol.OAuthException;
import dev.latchkey.server.protocol.Scope;
import java.util.List;
import java.util.Optional;

/**
 * What a request asks for, held against what is there to be had: by the client's metadata for a new login, by the session
 * for a refresh.
 *
 * @param scope all that may be granted
 * @param audience all resources that may be granted; none stands for the issuer's own
 * @param issuer the resource that every client may ask for
 */
public record Entitlement(Scope scope, List<String> audience, String issuer) {
    /** The parameter that names a resource; it may be repeated (RFC 8707 §2). */
    public static final String RESOURCE = "resource";

    public Entitlement {
        audience = List.copyOf(audience);
    }

    public static Entitlement of(Client client, String issuer) {
        return new Entitlement(client.metadata().scope(), client.metadata().audience(), issuer);
    }

    /**
     * What is left of this for a session that was granted less, or granted something that the client has lost since.
     *
     * @throws OAuthException {@code invalid_grant} when no resource is left
     */
    public Entitlement within(Scope sessionScope, List<String> sessionAudience) {
        List<String> left = sessionAudience.stream().filter(audience::contains).toList();
        if (left.isEmpty() && !sessionAudience.isEmpty()) {
            throw new OAuthException(OAuthError.invalidGrant("The client may no longer have what the session was for"));
        }
        return new Entitlement(sessionScope.intersect(scope), left, issuer);
    }

    /**
     * The scope to grant: what is asked for, or all where nothing is (RFC 6749 §3.3).
     *
     * @throws OAuthException {@code invalid_scope} when more is asked for than may be granted
     */
    public Scope grantedScope(Parameters parameters) {
        Optional<String> requested = parameters.first("scope");
        if (requested.isEmpty()) {
            return scope;
        }
        return Scope.parse(requested.get())
                .filter(asked -> !asked.isEmpty()) // blanks alone are no scope (RFC 6749 §3.3)
                .filter(scope::containsAll)
                .orElseThrow(() -> new OAuthException(
                        OAuthError.invalidScope("The client may not have a scope that the request asks for")));
    }

    /**
     * The audience to grant: the resources asked for, or all where none is; at least one.
     *
     * @throws OAuthException {@code invalid_target} when a resource is asked for that may not be granted (RFC 8707 §2)
     */
    public List<String> grantedAudience(Parameters parameters) {
        List<String> all = audience.isEmpty() ? List.of(issuer) : audience;
        List<String> requested = parameters.all(RESOURCE);
        if (requested.isEmpty()) {
            return all;
        }
        if (!requested.stream().allMatch(resource -> all.contains(resource) || resource.equals(issuer))) {
            throw new OAuthException(
                    OAuthError.invalidTarget("The client may not have a token for a resource that the request names"));
        }
        return requested.stream().distinct().toList();
    }
}
