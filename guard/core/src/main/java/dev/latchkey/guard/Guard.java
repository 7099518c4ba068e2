package dev.latchkey.guard;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells who calls an API, and refuses whom it should.
 *
 * <pre>{@code
 * Guard guard = Guard.issuer("https://login.example").audience("https://orders.example").build();
 * Decision decision = guard.check(request, Access.authenticated().scopes("orders:read"));
 * }</pre>
 *
 * <p>The issuer's keys are fetched in the background and kept while it is down; a check waits for nobody but, for a bounded
 * time, for the very first keys or for those of a token whose key is not known yet. Safe for many threads. Close it when the
 * API stops.
 */
public final class Guard implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Guard.class.getName());
    private static final Decision ANONYMOUS = new Decision.Anonymous();

    private final Challenges challenges;
    private final Schemes schemes;
    private final InstantSource clock;
    private final Duration leeway;
    private final Optional<ProtectedResource> metadata;
    private final List<AutoCloseable> opened = new ArrayList<>();

    /** The kinds of credentials that are taken. */
    record Schemes(
            @Nullable Tokens tokens,
            SenderProofs proofs,
            @Nullable ApiKeyScheme apiKey,
            @Nullable BasicScheme basic) {}

    Guard(GuardParts parts) {
        this.challenges = parts.challenges();
        this.schemes = parts.schemes(opened);
        this.clock = parts.clock();
        this.leeway = parts.trust().leeway();
        this.metadata = parts.metadata();
    }

    /** Begins a guard that takes this issuer's access tokens, its keys found by discovery. */
    public static GuardBuilder issuer(String issuer) {
        return issuer(TrustedIssuer.of(issuer));
    }

    /** Begins a guard that takes this issuer's access tokens. */
    public static GuardBuilder issuer(TrustedIssuer issuer) {
        return new GuardBuilder().issuer(issuer);
    }

    /**
     * Begins a guard that takes tokens signed by a shared secret (HS256), whoever made them and whomever they are for, as
     * tutorials have it. Give an audience, or say {@link GuardBuilder#anyAudience()}.
     *
     * @param secret 32 bytes at least (RFC 7518 §3.2)
     */
    public static GuardBuilder sharedSecret(String secret) {
        return issuer(TrustedIssuer.sharedSecret(secret));
    }

    /** Begins a guard that takes no access tokens: give it API keys, or names and passwords. */
    public static GuardBuilder withoutTokens() {
        return new GuardBuilder();
    }

    /** Whether the request may be served, and who calls. */
    public Decision check(GuardRequest request, Access access) {
        Caller caller;
        try {
            caller = authenticate(request);
        } catch (RefusedException e) {
            return refused(e);
        }
        return authorize(Optional.ofNullable(caller), access);
    }

    /**
     * Whether somebody may do this whom {@link #check} has let in before, or nobody: for frameworks that know only later what
     * is asked of the caller. A request is checked once, since the proof that comes with it counts once (RFC 9449 §11.1).
     */
    public Decision authorize(Optional<Caller> caller, Access access) {
        if (caller.isEmpty()) {
            return access.required() ? refused(challenges.notAuthenticated(access)) : ANONYMOUS;
        }
        try {
            require(caller.get(), access);
            return new Decision.Admitted(caller.get());
        } catch (RefusedException e) {
            return refused(e);
        }
    }

    /**
     * The answer to a caller who is known and may not do this, where the framework decided that by a rule of its own: 403,
     * {@code insufficient_scope} (RFC 6750 §3.1).
     *
     * @param missing what the caller lacks, as far as that is known
     */
    public RefusedAnswer deny(Access missing) {
        return challenges.insufficientScope(missing).answer();
    }

    private static Decision refused(RefusedException e) {
        LOG.log(System.Logger.Level.DEBUG, () -> "refused: " + e.answer().status() + " " + e.getMessage());
        return new Decision.Refused(e.answer());
    }

    /** The metadata of the API, for an adapter to serve; empty unless {@link GuardBuilder#resource} was given. */
    public Optional<ProtectedResource> metadata() {
        return metadata;
    }

    private @Nullable Caller authenticate(GuardRequest request) {
        Credentials credentials = Credentials.of(request, challenges);
        ApiKeyScheme apiKey = schemes.apiKey();
        String key = apiKey == null ? null : apiKey.find(request, challenges);
        if (apiKey != null && key != null) {
            if (!(credentials instanceof Credentials.None)) {
                throw challenges.invalidRequest("There are two kinds of credentials");
            }
            return apiKey.caller(key).orElseThrow(challenges::badCredentials);
        }
        if (credentials instanceof Credentials.Token token && schemes.tokens() != null) {
            return bearer(schemes.tokens(), token, request);
        }
        if (credentials instanceof Credentials.Basic basic && schemes.basic() != null) {
            return schemes.basic().caller(basic).orElseThrow(challenges::badCredentials);
        }
        return null;
    }

    private Caller bearer(Tokens tokens, Credentials.Token sent, GuardRequest request) {
        TrustedToken token = tokens.require(sent.text(), challenges);
        schemes.proofs().check(token, sent, request, challenges);
        return token.caller();
    }

    private void require(Caller caller, Access access) {
        for (String scope : access.scopes()) {
            if (!caller.hasScope(scope)) {
                throw challenges.insufficientScope(access);
            }
        }
        if (!access.roles().isEmpty() && Collections.disjoint(access.roles(), caller.roles())) {
            throw challenges.insufficientScope(access);
        }
        if (!access.acrValues().isEmpty()
                && caller.acr().filter(access.acrValues()::contains).isEmpty()) {
            throw challenges.insufficientAuthentication(access);
        }
        Duration maxAge = access.maxAge();
        if (maxAge != null) {
            Instant oldest = clock.instant().minus(maxAge).minus(leeway);
            if (caller.authTime().filter(login -> !login.isBefore(oldest)).isEmpty()) {
                throw challenges.insufficientAuthentication(access);
            }
        }
    }

    /** Ends what goes on in the background. */
    @Override
    public void close() {
        for (AutoCloseable each : opened) {
            try {
                each.close();
            } catch (Exception e) {
                LOG.log(System.Logger.Level.DEBUG, "could not be closed", e);
            }
        }
    }
}
