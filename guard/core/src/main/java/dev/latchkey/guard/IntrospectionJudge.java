package dev.latchkey.guard;

import dev.latchkey.token.Json;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Judges tokens by asking their issuer about each (RFC 7662). What it says counts for a few seconds; that a token is not active
 * is not remembered here. Few ask at once, others are told to come again: a slow issuer cannot use up the threads of an API.
 */
final class IntrospectionJudge implements TokenJudge {
    private static final int MAX_BYTES = 64 * 1024;
    private static final int MAX_ASKING = 64;
    /** RFC 6750, RFC 9449 §8.1. */
    private static final Set<String> TYPES = Set.of("bearer", "dpop");

    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Asking asking;
    private final CallerClaims callers;
    private final InstantSource clock;
    private final Semaphore permits = new Semaphore(MAX_ASKING);
    private volatile @Nullable URI endpoint;

    /**
     * Whom to ask, and what the answer has to say.
     *
     * @param issuer held against {@code iss} where the answer has one
     * @param find finds the endpoint
     * @param audience one of which {@code aud} has to name; empty if any will do
     * @param cached for how long an answer counts
     */
    record Asking(
            String issuer,
            Http http,
            Supplier<CompletableFuture<URI>> find,
            TrustedIssuer.Introspection as,
            Set<String> audience,
            Duration cached) {}

    IntrospectionJudge(Asking asking, CallerClaims callers, InstantSource clock) {
        this.asking = asking;
        this.callers = callers;
        this.clock = clock;
    }

    @Override
    public TrustedToken judge(String text, Challenges challenges) {
        Map<String, Object> claims = ask(text);
        if (!Boolean.TRUE.equals(claims.get("active"))) {
            throw challenges.invalidToken("The access token expired or was revoked");
        }
        Instant now = clock.instant();
        Optional<Instant> expiry = CallerClaims.time(claims.get("exp"));
        if (claims.get("token_type") instanceof String type && !TYPES.contains(type.toLowerCase(Locale.ROOT))) {
            throw challenges.invalidToken(
                    "The token is not an access token"); // of a refresh token an issuer may tell too
        }
        if (expiry.isPresent() && !now.isBefore(expiry.get())) {
            throw challenges.invalidToken("The access token expired");
        }
        if (claims.containsKey("iss") && !asking.issuer().equals(claims.get("iss"))) {
            throw challenges.invalidToken("The access token was issued by somebody else");
        }
        Object subject = claims.get("sub") == null ? claims.get("client_id") : claims.get("sub");
        if (!(subject instanceof String sub)) {
            throw challenges.invalidToken("The access token lacks a claim that it needs");
        }
        Caller caller = callers.caller(sub, claims, expiry);
        // RFC 9700 §2.3: a token for another API is not for this one
        if (!asking.audience().isEmpty() && Collections.disjoint(asking.audience(), caller.strings("aud"))) {
            throw challenges.invalidToken("The access token is meant for somebody else");
        }
        try {
            Instant until = now.plus(asking.cached());
            Instant end = expiry.filter(until::isAfter).orElse(until);
            return new TrustedToken(caller, TrustedToken.Confirmation.of(claims), null, end, this, this);
        } catch (IllegalArgumentException e) {
            throw challenges.invalidToken("The access token is bound in a way that is not known here");
        }
    }

    private Map<String, Object> ask(String token) {
        if (!permits.tryAcquire()) {
            throw Challenges.unavailable("Too many access tokens are being asked about", RETRY);
        }
        try {
            return send(token).get(asking.http().timeout().multipliedBy(3).toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            endpoint = null; // it may have moved
            throw Challenges.unavailable("The issuer cannot be asked about the access token", RETRY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Challenges.unavailable("The API is being stopped", RETRY);
        } finally {
            permits.release();
        }
    }

    private CompletableFuture<Map<String, Object>> send(String token) {
        try {
            URI known = endpoint;
            CompletableFuture<URI> found =
                    known == null ? asking.find().get() : CompletableFuture.completedFuture(known);
            return found.thenCompose(uri -> {
                endpoint = uri;
                return asking.http().send(request(uri, token), MAX_BYTES).thenApply(answer -> {
                    return Json.parseObject(Http.body(answer, uri));
                });
            });
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private HttpRequest.Builder request(URI uri, String token) {
        String pair = encode(asking.as().clientId()) + ":" + encode(asking.as().clientSecret()); // RFC 6749 §2.3.1
        String credentials = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII));
        return HttpRequest.newBuilder(uri)
                .header("Authorization", "Basic " + credentials)
                .header("Accept", "application/json")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("token=" + encode(token) + "&token_type_hint=access_token"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public boolean stands(TrustedToken token) {
        return true;
    }

    @Override
    public void close() {}
}
