package dev.latchkey.client;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Gives a service the access tokens that it sends to others.
 *
 * <pre>{@code
 * TokenSource source = TokenSource.clientCredentials("https://login.example")
 *         .client("stock", secret)
 *         .scope("orders:read")
 *         .resource("https://orders.example")
 *         .build();
 * String token = source.token();
 * }</pre>
 *
 * <p>A token is kept until it expires. From four fifths of its life on, whoever asks for it has the next one got in the
 * background and takes the old one; if the server is down, the old one is given as long as it counts. However many threads
 * ask, there is one request at a time. After a failure the server is left alone for a second, twice as long after each more,
 * a minute at most, or as long as it says by {@code Retry-After}; who asks meanwhile is told at once what went wrong.
 *
 * <p>Safe for many threads. No token and no secret is in a message, a log or a {@code toString()}.
 */
public final class TokenSource {
    /** So many users at once have tokens kept by one exchanging source. */
    private static final int MAX_SUBJECTS = 1000;

    private final TokenEndpoint endpoint;
    private final Grant grant;
    private final List<String> scope;
    private final List<String> resources;
    private final InstantSource clock;
    private final Executor executor;
    private final Duration patience;
    /** Where all tokens are for the same subject; null for an exchange. */
    private final @Nullable TokenSlot only;

    private final Map<String, TokenSlot> slots = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, TokenSlot> eldest) {
            return size() > MAX_SUBJECTS;
        }
    };

    TokenSource(TokenEndpoint endpoint, Grant grant, TokenSourceBuilder.Wanted wanted, TokenSourceBuilder.Pace pace) {
        this.endpoint = endpoint;
        this.grant = grant;
        this.scope = wanted.scope();
        this.resources = wanted.resources();
        this.clock = pace.clock();
        this.executor = pace.executor();
        this.patience = pace.patience();
        this.only = grant instanceof Grant.Exchange ? null : slot("");
    }

    /** Begins a source of the client's own tokens at this issuer (RFC 6749 §4.4). */
    public static TokenSourceBuilder clientCredentials(String issuer) {
        return new TokenSourceBuilder(issuer, TokenSourceBuilder.Kind.CLIENT_CREDENTIALS);
    }

    /**
     * Begins a source of a user's tokens by a refresh token (RFC 6749 §6). If the server gives another one with an access
     * token, that is used from then on; {@link TokenSourceBuilder#whenRotated} hears of it. When the server says that it
     * counts no more, every call ends in a {@link LoginEndedException}; when the server is down or an answer is lost, the
     * refresh token is kept and tried again.
     */
    public static TokenSourceBuilder refreshToken(String issuer, String refreshToken) {
        return new TokenSourceBuilder(issuer, TokenSourceBuilder.Kind.REFRESH).refreshToken(refreshToken);
    }

    /**
     * Begins a source of tokens that are exchanged for those of whoever asked this service (RFC 8693).
     *
     * @param subjectToken the access token of the request that is being served; asked on the thread that asks for a token.
     *     What was got is kept for each of them apart, for the last thousand.
     */
    public static TokenSourceBuilder exchange(String issuer, Supplier<String> subjectToken) {
        return new TokenSourceBuilder(issuer, TokenSourceBuilder.Kind.EXCHANGE).subjectToken(subjectToken);
    }

    /**
     * An access token that counts now.
     *
     * @throws TokenDeniedException if the server gives none
     * @throws TokenUnavailableException if the server cannot be asked now
     */
    public String token() {
        return (only != null ? only : slot(grant.subject())).token();
    }

    /**
     * Forgets a token that was refused where it was sent ({@code invalid_token}, RFC 6750 §3.1): the next call gets another
     * one. Does nothing if it is not the one that is held, or if one was forgotten within the last five seconds, so that an
     * API that refuses every token does not become a flood of token requests.
     */
    public void invalidate(String token) {
        List<TokenSlot> all;
        synchronized (slots) {
            all = new ArrayList<>(slots.values());
        }
        all.forEach(slot -> slot.invalidate(token));
    }

    private TokenSlot slot(String subject) {
        synchronized (slots) {
            return slots.computeIfAbsent(subject, key -> new TokenSlot(() -> fetch(key), clock, executor, patience));
        }
    }

    private AccessToken fetch(String subject) {
        Form form = new Form();
        grant.apply(form, subject);
        if (!scope.isEmpty()) {
            form.add("scope", String.join(" ", scope));
        }
        resources.forEach(resource -> form.add("resource", resource)); // RFC 8707 §2
        Instant askedAt = clock.instant();
        try {
            TokenAnswer answer = endpoint.ask(form);
            grant.received(answer);
            return AccessToken.of(answer.accessToken(), askedAt, answer.lifetimeSeconds());
        } catch (TokenDeniedException e) {
            throw grant.denied(e);
        }
    }

    @Override
    public String toString() {
        return "TokenSource[" + endpoint + "]";
    }
}
