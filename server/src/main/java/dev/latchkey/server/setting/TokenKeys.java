package dev.latchkey.server.setting;

import dev.latchkey.server.browser.BrowserSettings;
import dev.latchkey.server.push.PushSettings;
import dev.latchkey.server.token.TokenSettings;
import dev.latchkey.token.Algorithm;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys under {@code tokens}, {@code pushed-requests} and {@code browser-sessions}, and the rules between them. */
final class TokenKeys {
    static final Key<Duration> ACCESS_LIFETIME = Key.of(
                    "tokens.access-lifetime", Types.duration("1s", "1d"), "How long an access token is good")
            .or("15m");
    static final Key<Duration> REFRESH_LIFETIME = Key.of(
                    "tokens.refresh-lifetime",
                    Types.duration("1s", "3650d"),
                    "How long a session lives without being used: each refresh starts it anew")
            .or("30d");
    static final Key<Duration> SESSION_MAX_LIFETIME = Key.of(
                    "tokens.session-max-lifetime",
                    Types.duration("1s", "3650d"),
                    "How long a session lives at most, however often it is used")
            .or("365d");
    static final Key<Duration> AUTHORIZATION_CODE_LIFETIME = Key.of(
                    "tokens.authorization-code-lifetime",
                    Types.duration("1s", "60s"),
                    "How long an authorization code can be redeemed")
            .or("60s");
    static final Key<Duration> REFRESH_GRACE = Key.of(
                    "tokens.refresh-grace",
                    Types.duration("0s", "5m"),
                    "Within it a repeated refresh gets the same answer again, so that a lost answer does no harm")
            .or("10s");
    static final Key<Algorithm> SIGNING_ALGORITHM = Key.of(
                    "tokens.signing-algorithm",
                    Types.oneOf(algorithms()),
                    "What tokens are signed with, unless a client's metadata says otherwise. HS256 needs"
                            + " tokens.shared-secret")
            .or("ES256");
    static final Key<String> SHARED_SECRET = Key.of(
                    "tokens.shared-secret",
                    Types.text(),
                    "The secret of HS256, at least 32 bytes (RFC 7518 §3.2); whoever can check tokens with it can make"
                            + " them")
            .absent("none")
            .hidden();

    static final Key<Boolean> STATUS_LIST = Key.of(
                    "tokens.status-list",
                    Types.flag(),
                    "Whether access tokens of sessions refer to a status list (IETF Token Status List), by which an API"
                            + " sees within seconds, without a request for each, that a session has ended")
            .or("true");

    static final Key<Duration> PUSH_LIFETIME = Key.of(
                    "pushed-requests.lifetime",
                    Types.duration("5s", "10m"),
                    "How long after a push to /par (RFC 9126) the browser may come with its request_uri; a login that"
                            + " has begun by then may take half an hour")
            .or("60s");
    static final Key<Integer> PUSH_PER_CLIENT = Key.of(
                    "pushed-requests.per-client",
                    Types.whole(1, 1_000_000),
                    "How many pushed requests of a client may wait for a user, of one that registered itself at most"
                            + " 100; past it the answer is 429")
            .or("10000");
    static final Key<Boolean> PUSH_REQUIRED = Key.of(
                    "pushed-requests.required",
                    Types.flag(),
                    "Whether every client has to push its authorization requests; otherwise those whose"
                            + " require_pushed_authorization_requests is true")
            .or("false");
    static final Key<Boolean> DPOP_NONCES = Key.of(
                    "tokens.dpop-nonces",
                    Types.flag(),
                    "Whether a DPoP proof has to have a nonce of the server (RFC 9449 §8): none can be made ahead of"
                            + " time then, and clients need not know the time; it costs them a second request now and"
                            + " then")
            .or("false");

    static final Key<Duration> BROWSER_IDLE_LIFETIME = Key.of(
                    "browser-sessions.idle-lifetime",
                    Types.duration("1m", "365d"),
                    "How long a browser stays signed in without use")
            .or("12h");
    static final Key<Duration> BROWSER_MAX_LIFETIME = Key.of(
                    "browser-sessions.max-lifetime",
                    Types.duration("1m", "365d"),
                    "How long a browser stays signed in at most, from the last login")
            .or("7d");

    static final List<Key<?>> ALL = List.of(
            ACCESS_LIFETIME,
            REFRESH_LIFETIME,
            SESSION_MAX_LIFETIME,
            AUTHORIZATION_CODE_LIFETIME,
            REFRESH_GRACE,
            SIGNING_ALGORITHM,
            SHARED_SECRET,
            STATUS_LIST,
            DPOP_NONCES,
            PUSH_LIFETIME,
            PUSH_PER_CLIENT,
            PUSH_REQUIRED,
            BROWSER_IDLE_LIFETIME,
            BROWSER_MAX_LIFETIME);

    private static final int MIN_SECRET_BYTES = 32;

    private TokenKeys() {}

    private static Map<String, Algorithm> algorithms() {
        Map<String, Algorithm> names = new LinkedHashMap<>();
        for (Algorithm algorithm : List.of(
                Algorithm.ES256, Algorithm.ES384, Algorithm.EdDSA, Algorithm.RS256, Algorithm.PS256, Algorithm.HS256)) {
            names.put(algorithm.name(), algorithm);
        }
        return Collections.unmodifiableMap(names);
    }

    static TokenSettings read(Section section) {
        TokenSettings tokens = new TokenSettings(
                section.get(ACCESS_LIFETIME),
                section.get(REFRESH_LIFETIME),
                section.get(SESSION_MAX_LIFETIME),
                section.get(AUTHORIZATION_CODE_LIFETIME),
                section.get(REFRESH_GRACE),
                section.get(SIGNING_ALGORITHM),
                section.find(SHARED_SECRET),
                section.get(STATUS_LIST),
                section.get(DPOP_NONCES));
        if (tokens.refreshLifetime().compareTo(tokens.sessionMaxLifetime()) > 0) {
            section.refuse(
                    section.isGiven(REFRESH_LIFETIME) ? REFRESH_LIFETIME : SESSION_MAX_LIFETIME,
                    "tokens.refresh-lifetime is longer than tokens.session-max-lifetime");
        }
        if (tokens.accessLifetime().compareTo(tokens.sessionMaxLifetime()) > 0) {
            section.refuse(ACCESS_LIFETIME, "is longer than tokens.session-max-lifetime");
        }
        checkSecret(section, tokens);
        return tokens;
    }

    static PushSettings pushedRequests(Section section) {
        return new PushSettings(section.get(PUSH_LIFETIME), section.get(PUSH_PER_CLIENT), section.get(PUSH_REQUIRED));
    }

    static BrowserSettings browserSessions(Section section) {
        BrowserSettings browsers =
                new BrowserSettings(section.get(BROWSER_IDLE_LIFETIME), section.get(BROWSER_MAX_LIFETIME));
        if (browsers.idleLifetime().compareTo(browsers.maxLifetime()) > 0) {
            section.refuse(
                    section.isGiven(BROWSER_IDLE_LIFETIME) ? BROWSER_IDLE_LIFETIME : BROWSER_MAX_LIFETIME,
                    "browser-sessions.idle-lifetime is longer than browser-sessions.max-lifetime");
        }
        return browsers;
    }

    private static void checkSecret(Section section, TokenSettings tokens) {
        Optional<String> secret = tokens.sharedSecret();
        boolean shared = tokens.signingAlgorithm() == Algorithm.HS256;
        if (shared && !section.isGiven(SHARED_SECRET)) {
            section.refuse(SIGNING_ALGORITHM, "HS256 needs tokens.shared-secret");
        }
        if (!shared && secret.isPresent()) {
            section.refuse(
                    SHARED_SECRET, "is used by HS256 only, tokens.signing-algorithm is " + tokens.signingAlgorithm());
        }
        if (secret.isPresent() && secret.get().getBytes(StandardCharsets.UTF_8).length < MIN_SECRET_BYTES) {
            section.refuse(SHARED_SECRET, "has to have at least 32 bytes (RFC 7518 §3.2)");
        }
    }
}
