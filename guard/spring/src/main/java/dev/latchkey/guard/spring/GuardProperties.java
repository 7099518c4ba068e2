package dev.latchkey.guard.spring;

import dev.latchkey.guard.Guard;
import dev.latchkey.guard.GuardBuilder;
import dev.latchkey.guard.Revocation;
import dev.latchkey.guard.TrustedIssuer;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties {@code latchkey.guard.*}; all but {@code issuer} and {@code audience} have a default. What they do not reach, a
 * {@link GuardCustomizer} does.
 *
 * @param issuer Whose access tokens are taken: an https URL, or an http one of this machine.
 * @param audience By what names issuers know this API; tokens have to be for one of them.
 * @param anyAudience Takes tokens whomever they are for: one that was given to another API opens this one too.
 * @param resource What this API is called as a protected resource, an https URL: its metadata is published (RFC 9728), and it is
 *     the audience unless one is given.
 * @param scopesSupported Scopes that the metadata of the resource names.
 * @param jwksUri Where the issuer's keys are; found by discovery unless given.
 * @param sharedSecret Takes tokens signed with this secret (HS256) instead of an issuer's, as tutorials have it; 32 bytes at least.
 * @param tokenType The typ of access tokens: at+jwt (RFC 9068) unless given, JWT for issuers that do not tell them apart.
 * @param scopesIn The claim with the scopes; scope unless given.
 * @param rolesIn The claim with the roles, realm_access.roles for one in another; roles unless given.
 * @param introspection Asks the issuer about tokens (RFC 7662).
 * @param senderConstrained Takes only tokens that are bound to their sender, by DPoP (RFC 9449) or a certificate (RFC 8705).
 * @param publicOrigin Scheme, host and port by which clients reach this API, where a proxy changes them.
 * @param revocation Whether revoked tokens are refused before they expire: on, strict or off.
 * @param pollEvery How long a revocation may go unseen; one second at least.
 * @param keysEvery How often the issuer's keys are fetched.
 * @param timeout How long the issuer may take for an answer.
 * @param leeway How far the issuer's clock may differ from this one; ten minutes at most.
 * @param cacheSize How many verified tokens are remembered.
 * @param openPaths Patterns of paths that are served to everybody, /health or /docs/**; only where the application defines no
 *     security filter chain of its own.
 * @param requireChain Refuses to start where the application has security filter chains of its own and none has the guard.
 * @param insecureAllowHttp Lets the issuer be asked without TLS even where it is not on this machine.
 */
@ConfigurationProperties("latchkey.guard")
public record GuardProperties(
        @Nullable String issuer,
        @DefaultValue List<String> audience,
        @DefaultValue("false") boolean anyAudience,
        @Nullable String resource,
        @DefaultValue List<String> scopesSupported,
        @Nullable String jwksUri,
        @Nullable String sharedSecret,
        @Nullable String tokenType,
        @Nullable String scopesIn,
        @Nullable String rolesIn,
        @Nullable Introspection introspection,
        @DefaultValue("false") boolean senderConstrained,
        @Nullable String publicOrigin,
        @DefaultValue("on") Revocation revocation,
        @DefaultValue("5s") Duration pollEvery,
        @DefaultValue("1m") Duration keysEvery,
        @DefaultValue("3s") Duration timeout,
        @DefaultValue("0s") Duration leeway,
        @DefaultValue("10000") int cacheSize,
        @DefaultValue List<String> openPaths,
        @DefaultValue("true") boolean requireChain,
        @DefaultValue("false") boolean insecureAllowHttp) {

    /**
     * Whom to ask about tokens, and as whom.
     *
     * @param clientId The client that asks.
     * @param clientSecret Its secret.
     * @param uri Where to ask; found by discovery unless given.
     * @param everyToken Asks about JWTs too, so that revoked ones are refused at once, at the price of a request.
     */
    public record Introspection(
            String clientId,
            String clientSecret,
            @Nullable String uri,
            @DefaultValue("false") boolean everyToken) {
        @Override
        public String toString() {
            return "Introspection[" + clientId + "]";
        }
    }

    /** Begins a guard as they say. */
    GuardBuilder guard() {
        GuardBuilder guard = Guard.withoutTokens()
                .audience(audience.toArray(String[]::new))
                .scopesSupported(scopesSupported.toArray(String[]::new))
                .revocation(revocation)
                .pollEvery(pollEvery)
                .keysEvery(keysEvery)
                .timeout(timeout)
                .leeway(leeway)
                .cacheSize(cacheSize);
        if (issuer != null) {
            guard.issuer(trusted(issuer));
        }
        if (sharedSecret != null) {
            guard.issuer(TrustedIssuer.sharedSecret(sharedSecret));
        }
        if (resource != null) {
            guard.resource(resource);
        }
        if (publicOrigin != null) {
            guard.publicOrigin(publicOrigin);
        }
        if (anyAudience) {
            guard.anyAudience();
        }
        if (senderConstrained) {
            guard.senderConstrained();
        }
        if (insecureAllowHttp) {
            guard.insecureAllowHttp();
        }
        return guard;
    }

    private TrustedIssuer trusted(String name) {
        TrustedIssuer trusted = TrustedIssuer.of(name);
        if (jwksUri != null) {
            trusted = trusted.keysAt(jwksUri);
        }
        if (tokenType != null) {
            trusted = trusted.tokenType(tokenType);
        }
        if (scopesIn != null) {
            trusted = trusted.scopesIn(scopesIn);
        }
        if (rolesIn != null) {
            trusted = trusted.rolesIn(rolesIn);
        }
        return introspection == null ? trusted : asked(trusted, introspection);
    }

    private static TrustedIssuer asked(TrustedIssuer trusted, Introspection by) {
        TrustedIssuer asked = by.everyToken()
                ? trusted.introspection(by.clientId(), by.clientSecret())
                : trusted.opaqueTokens(by.clientId(), by.clientSecret());
        return by.uri() == null ? asked : asked.introspectionAt(by.uri());
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "GuardProperties[" + issuer + "]";
    }
}
