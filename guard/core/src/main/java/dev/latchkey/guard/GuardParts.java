package dev.latchkey.guard;

import dev.latchkey.token.Algorithm;
import dev.latchkey.token.Json;
import dev.latchkey.token.Verifier;
import dev.latchkey.token.VerifierBuilder;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** Puts a guard together from what its builder collected. */
record GuardParts(Trust trust, Asking asking, Watching watching, Sender sender, Beside beside, InstantSource clock) {
    /** RFC 9728 §3. */
    private static final String WELL_KNOWN = "/.well-known/oauth-protected-resource";

    /**
     * Whose tokens are taken.
     *
     * @param audience empty if they may be for anybody
     */
    record Trust(List<TrustedIssuer> issuers, Set<String> audience, Duration leeway, int cacheSize) {}

    /** How issuers are asked. */
    record Asking(Http http, Duration keysEvery, Duration cooldown, Duration introspectionCached) {}

    /** How revocation is looked at. */
    record Watching(Revocation mode, Duration every) {}

    /** What senders have to show. */
    record Sender(boolean constrained, @Nullable String publicOrigin) {}

    /** What there is beside the tokens. */
    record Beside(
            @Nullable ApiKeyScheme apiKey,
            @Nullable BasicScheme basic,
            @Nullable URI resource,
            List<String> scopesSupported) {}

    Challenges challenges() {
        return new Challenges(
                takesTokens(),
                takesTokens() ? DpopProofs.algorithms() : null,
                beside.basic() == null ? null : beside.basic().realm(),
                beside.apiKey() != null,
                metadata().map(ProtectedResource::url).orElse(null));
    }

    private boolean takesTokens() {
        return !trust.issuers().isEmpty();
    }

    /** The kinds of credentials that are taken; whatever has to be closed is added to the list. */
    Guard.Schemes schemes(List<AutoCloseable> opened) {
        SenderProofs proofs = new SenderProofs(new DpopProofs(clock, sender.publicOrigin()), sender.constrained());
        Tokens tokens = takesTokens() ? new Tokens(judges(opened), trust.cacheSize(), clock) : null;
        return new Guard.Schemes(tokens, proofs, beside.apiKey(), beside.basic());
    }

    private Tokens.Judges judges(List<AutoCloseable> opened) {
        ScheduledExecutorService background = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "latchkey-guard");
            thread.setDaemon(true);
            return thread;
        });
        Map<String, TokenJudge> byIssuer = new LinkedHashMap<>();
        TokenJudge ofOpaque = null;
        for (TrustedIssuer issuer : trust.issuers()) {
            TokenJudge asks =
                    issuer.introspection().map(as -> introspection(issuer, as)).orElse(null);
            boolean always = issuer.introspection()
                    .map(TrustedIssuer.Introspection::evenJwts)
                    .orElse(false);
            TokenJudge ofJwts = asks != null && always ? asks : jwts(issuer, background);
            byIssuer.put(issuer.name(), ofJwts);
            opened.add(ofJwts);
            if (asks != null && ofOpaque != null) {
                throw new IllegalStateException(
                        "only one issuer can be asked about tokens that do not say whose they are");
            }
            ofOpaque = asks == null ? ofOpaque : asks;
        }
        opened.add(background::shutdownNow);
        return new Tokens.Judges(byIssuer, ofOpaque);
    }

    private TokenJudge introspection(TrustedIssuer issuer, TrustedIssuer.Introspection as) {
        Discovery discovery = as.endpoint().isPresent() ? null : new Discovery(issuer.name(), asking.http());
        IntrospectionJudge.Asking whom = new IntrospectionJudge.Asking(
                issuer.name(),
                asking.http(),
                () -> RemoteKeys.address(as.endpoint(), discovery, "introspection_endpoint"),
                as,
                trust.audience(),
                asking.introspectionCached());
        return new IntrospectionJudge(whom, issuer.callers(), clock);
    }

    private TokenJudge jwts(TrustedIssuer issuer, ScheduledExecutorService background) {
        Keys keys = issuer.fixedKeys().map(Keys::fixed).orElseGet(() -> remote(issuer, background));
        StatusLists lists = issuer.name().isEmpty() || watching.mode() == Revocation.OFF
                ? null
                : new StatusLists(
                        new StatusLists.Polling(
                                issuer.name(),
                                asking.http(),
                                statusListVerifier(issuer, keys),
                                watching.mode() == Revocation.STRICT,
                                watching.every()),
                        background,
                        clock);
        return new JwtJudge(verifier(issuer, keys), keys, issuer.callers(), lists, trust.leeway());
    }

    private Keys remote(TrustedIssuer issuer, ScheduledExecutorService background) {
        Discovery discovery = issuer.keySetUri().isPresent() ? null : new Discovery(issuer.name(), asking.http());
        RemoteKeys.Fetching fetching = new RemoteKeys.Fetching(
                issuer.name(),
                asking.http(),
                () -> RemoteKeys.address(issuer.keySetUri(), discovery, "jwks_uri"),
                asking.keysEvery(),
                asking.cooldown());
        return new RemoteKeys(fetching, background, clock);
    }

    private Verifier verifier(TrustedIssuer issuer, Keys keys) {
        VerifierBuilder verifier = Verifier.with(keys)
                .algorithms(issuer.algorithms().toArray(Algorithm[]::new))
                .require(issuer.required().toArray(String[]::new))
                .strings(issuer.strings().toArray(String[]::new))
                .leeway(trust.leeway())
                .clock(clock)
                .maxLength(Tokens.MAX_LENGTH);
        issuer.type().ifPresentOrElse(verifier::type, verifier::anyType);
        if (trust.audience().isEmpty()) {
            verifier.anyAudience();
        } else {
            verifier.audience(trust.audience().toArray(String[]::new));
        }
        return issuer.name().isEmpty()
                ? verifier.anyIssuer().build()
                : verifier.issuer(issuer.name()).build();
    }

    /** A status list says by its own address whose it is (Token Status List §5.1). */
    private Verifier statusListVerifier(TrustedIssuer issuer, Keys keys) {
        return Verifier.with(keys)
                .algorithms(issuer.algorithms().toArray(Algorithm[]::new))
                .type("statuslist+jwt")
                .anyIssuer()
                .anyAudience()
                .neverExpiring()
                .require("sub", "iat")
                .leeway(trust.leeway())
                .clock(clock)
                .maxLength(StatusList.MAX_TEXT)
                .build();
    }

    Optional<ProtectedResource> metadata() {
        URI resource = beside.resource();
        if (resource == null) {
            return Optional.empty();
        }
        String path = WELL_KNOWN + (resource.getRawPath().equals("/") ? "" : resource.getRawPath());
        String url = resource.getScheme() + "://" + resource.getRawAuthority() + path;
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("resource", resource.toString());
        List<String> servers = trust.issuers().stream()
                .map(TrustedIssuer::name)
                .filter(name -> !name.isEmpty())
                .toList();
        if (!servers.isEmpty()) {
            members.put("authorization_servers", servers);
        }
        if (!beside.scopesSupported().isEmpty()) {
            members.put("scopes_supported", new ArrayList<>(beside.scopesSupported()));
        }
        members.put("bearer_methods_supported", List.of("header"));
        members.put(
                "dpop_signing_alg_values_supported",
                List.of(DpopProofs.algorithms().split(" ", -1)));
        if (sender.constrained()) {
            members.put("tls_client_certificate_bound_access_tokens", true);
        }
        return Optional.of(new ProtectedResource(path, url, Json.write(members)));
    }
}
