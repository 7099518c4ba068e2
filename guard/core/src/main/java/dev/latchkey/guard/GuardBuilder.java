package dev.latchkey.guard;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Collects what a {@link Guard} has to know. For one thread. */
public final class GuardBuilder {
    private final Map<String, TrustedIssuer> issuers = new LinkedHashMap<>();
    private final Set<String> audience = new LinkedHashSet<>();
    private final List<String> scopesSupported = new ArrayList<>();
    private boolean anyAudience;
    private @Nullable URI resource;
    private boolean senderConstrained;
    private @Nullable String publicOrigin;
    private Revocation revocation = Revocation.ON;
    private Duration pollEvery = Duration.ofSeconds(5);
    private Duration keysEvery = Duration.ofMinutes(1);
    private Duration unknownKeyCooldown = Duration.ofSeconds(5);
    private Duration introspectionCached = Duration.ofSeconds(5);
    private Duration timeout = Duration.ofSeconds(3);
    private Duration leeway = Duration.ZERO;
    private InstantSource clock = InstantSource.system();
    private int cacheSize = 10_000;
    private @Nullable HttpClient httpClient;
    private boolean insecureAllowHttp;
    private @Nullable ApiKeyScheme apiKey;
    private @Nullable BasicScheme basic;

    GuardBuilder() {}

    /** Takes the access tokens of this issuer too, its keys found by discovery. */
    public GuardBuilder issuer(String issuer) {
        return issuer(TrustedIssuer.of(issuer));
    }

    /** Takes the access tokens of this issuer too. */
    public GuardBuilder issuer(TrustedIssuer issuer) {
        if (issuers.putIfAbsent(issuer.name(), issuer) != null) {
            throw new IllegalArgumentException("the issuer is given twice: " + issuer.name());
        }
        return this;
    }

    /** Takes tokens for one of these only ({@code aud}): by what name, or URL, issuers know this API (RFC 9068 §4). */
    public GuardBuilder audience(String... names) {
        audience.addAll(List.of(names));
        return this;
    }

    /** Takes tokens whomever they are for: one that was given to another API opens this one too (RFC 9700 §2.3). */
    public GuardBuilder anyAudience() {
        anyAudience = true;
        return this;
    }

    /**
     * What this API is called as a protected resource, an https URL: its metadata is published, challenges name it (RFC
     * 9728), and it is the audience unless one is given.
     */
    public GuardBuilder resource(String url) {
        URI uri = URI.create(url);
        if (uri.getScheme() == null || uri.getHost() == null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("a resource is a URL without a fragment: " + url); // RFC 9728 §1.2
        }
        resource = uri;
        return this;
    }

    /** Scopes that the metadata names (RFC 9728 §2, {@code scopes_supported}). */
    public GuardBuilder scopesSupported(String... scopes) {
        scopesSupported.addAll(List.of(scopes));
        return this;
    }

    /** Takes only tokens that are bound to their sender, by DPoP (RFC 9449) or a certificate (RFC 8705). */
    public GuardBuilder senderConstrained() {
        senderConstrained = true;
        return this;
    }

    /**
     * Scheme, host and port by which clients reach this API, {@code https://orders.example}: what DPoP proofs name. Those of
     * {@link #resource} unless given; without either they are the request's own, whose {@code Host} is whatever was sent.
     */
    public GuardBuilder publicOrigin(String origin) {
        URI uri = URI.create(origin);
        if (uri.getScheme() == null || uri.getHost() == null) {
            throw new IllegalArgumentException("an origin has a scheme and a host: " + origin);
        }
        publicOrigin = origin;
        return this;
    }

    /** Whether and how revocation is looked at; {@link Revocation#ON} unless given. */
    public GuardBuilder revocation(Revocation mode) {
        revocation = mode;
        return this;
    }

    /** How long a revocation may go unseen: how often status lists are polled; 5 s unless given, 1 s at least. */
    public GuardBuilder pollEvery(Duration duration) {
        if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("status lists are polled every second at most");
        }
        pollEvery = duration;
        return this;
    }

    /** How often an issuer's keys are fetched, whether or not a token asks for a new one; every minute unless given. */
    public GuardBuilder keysEvery(Duration duration) {
        keysEvery = duration;
        return this;
    }

    /** The least time between two fetches because a token names an unknown key; 5 s unless given. */
    public GuardBuilder unknownKeyCooldown(Duration duration) {
        unknownKeyCooldown = duration;
        return this;
    }

    /** How long the answer to a question about a token counts (RFC 7662 §4); 5 s unless given. */
    public GuardBuilder introspectionCached(Duration duration) {
        introspectionCached = duration;
        return this;
    }

    /** How long an issuer may take for an answer, its whole body included; 3 s unless given. */
    public GuardBuilder timeout(Duration duration) {
        timeout = duration;
        return this;
    }

    /** How far an issuer's clock may differ from this one; none unless given, ten minutes at most. */
    public GuardBuilder leeway(Duration duration) {
        leeway = duration;
        return this;
    }

    /** The clock that decides what has expired; the system's unless given. */
    public GuardBuilder clock(InstantSource source) {
        clock = source;
        return this;
    }

    /** How many verified tokens are remembered; 10 000 unless given, of at most 16 KiB each and seldom more than 1. */
    public GuardBuilder cacheSize(int tokens) {
        cacheSize = tokens;
        return this;
    }

    /** The client that asks issuers, with a proxy or a trust store of one's own. It must not follow redirects. */
    public GuardBuilder httpClient(HttpClient client) {
        httpClient = client;
        return this;
    }

    /** Lets issuers be asked without TLS even where they are not on this machine: whoever is on the way makes the keys. */
    public GuardBuilder insecureAllowHttp() {
        insecureAllowHttp = true;
        return this;
    }

    /**
     * Takes API keys too.
     *
     * @param header where they are sent: {@code X-API-Key}
     * @param lookup whose a key is, {@link ApiKeys} for instance; empty if nobody's
     */
    public GuardBuilder apiKey(String header, Function<String, Optional<Caller>> lookup) {
        apiKey = new ApiKeyScheme(header, lookup);
        return this;
    }

    /**
     * Takes names and passwords too, sent with each request (RFC 7617).
     *
     * @param realm shown to people by browsers
     * @param check whose the name and the password are; empty if they do not belong together
     */
    public GuardBuilder basic(String realm, BiFunction<String, String, Optional<Caller>> check) {
        if (!realm.chars().allMatch(c -> c >= 0x20 && c <= 0x7e && c != '"' && c != '\\')) {
            throw new IllegalArgumentException("a realm is of ASCII without quotes: " + realm);
        }
        basic = new BasicScheme(realm, check);
        return this;
    }

    /**
     * The guard; it begins to fetch keys and returns at once, whether or not the issuer is there.
     *
     * @throws IllegalStateException if something is missing or contradicts something else
     */
    public Guard build() {
        URI named = resource;
        Set<String> forWhom = new LinkedHashSet<>(audience);
        if (forWhom.isEmpty() && named != null && !anyAudience) {
            forWhom.add(named.toString());
        }
        if (!issuers.isEmpty() && forWhom.isEmpty() == !anyAudience) {
            throw new IllegalStateException(
                    anyAudience
                            ? "audience(…) and anyAudience() contradict each other"
                            : "say for whom tokens have to be: audience(…), resource(…), or anyAudience()");
        }
        if (issuers.isEmpty() && apiKey == null && basic == null) {
            throw new IllegalStateException("say who is let in: issuer(…), apiKey(…) or basic(…)");
        }
        return new Guard(new GuardParts(
                new GuardParts.Trust(List.copyOf(issuers.values()), forWhom, leeway, cacheSize),
                new GuardParts.Asking(http(), keysEvery, unknownKeyCooldown, introspectionCached),
                new GuardParts.Watching(revocation, pollEvery),
                new GuardParts.Sender(
                        senderConstrained, publicOrigin == null && named != null ? origin(named) : publicOrigin),
                new GuardParts.Beside(apiKey, basic, named, List.copyOf(scopesSupported)),
                clock));
    }

    private static String origin(URI uri) {
        return uri.getScheme() + "://" + uri.getRawAuthority();
    }

    private Http http() {
        HttpClient client = httpClient == null
                ? HttpClient.newBuilder().connectTimeout(timeout).build()
                : httpClient;
        return new Http(client, timeout, insecureAllowHttp);
    }
}
