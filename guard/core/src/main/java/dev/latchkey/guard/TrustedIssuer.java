package dev.latchkey.guard;

import dev.latchkey.token.Algorithm;
import dev.latchkey.token.Jwk;
import dev.latchkey.token.JwkSet;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Somebody whose access tokens a {@link Guard} takes. Immutable; each method gives a new one.
 *
 * <p>Unless told otherwise its keys are found by discovery (RFC 8414, OpenID Connect Discovery), and its tokens are JWTs as
 * RFC 9068 has them: of the type {@code at+jwt}, with {@code iss}, {@code exp}, {@code aud}, {@code sub}, {@code client_id},
 * {@code iat} and {@code jti}.
 */
public final class TrustedIssuer {
    private static final String ACCESS_TOKEN = "at+jwt";
    private static final List<String> CLAIMS_OF_RFC_9068 = List.of("sub", "client_id", "iat", "jti");
    /** Every one by which only the issuer can sign; a key set that holds secrets does not make one of them count. */
    private static final Set<Algorithm> ASYMMETRIC = asymmetric();

    /** Whom to ask about tokens, and as whom (RFC 7662). */
    record Introspection(Optional<URI> endpoint, String clientId, String clientSecret, boolean evenJwts) {
        @Override
        public String toString() {
            return "Introspection[" + clientId + "]";
        }
    }

    private final String name;
    private final Optional<JwkSet> keys;
    private final Optional<URI> keysAt;
    private final Set<Algorithm> algorithms;
    private final Optional<String> type;
    private final List<String> required;
    private final CallerClaims callers;
    private final Optional<Introspection> introspection;

    private TrustedIssuer(
            String name,
            Optional<JwkSet> keys,
            Optional<URI> keysAt,
            Set<Algorithm> algorithms,
            TokenShape shape,
            CallerClaims callers,
            Optional<Introspection> introspection) {
        this.name = name;
        this.keys = keys;
        this.keysAt = keysAt;
        this.algorithms = algorithms;
        this.type = shape.type();
        this.required = shape.required();
        this.callers = callers;
        this.introspection = introspection;
    }

    private record TokenShape(Optional<String> type, List<String> required) {}

    /** The issuer of this name, {@code iss}: an https URL, or an http one of this machine. */
    public static TrustedIssuer of(String issuer) {
        if (issuer.isEmpty()) {
            throw new IllegalArgumentException("an issuer has a name");
        }
        return new TrustedIssuer(
                issuer,
                Optional.empty(),
                Optional.empty(),
                ASYMMETRIC,
                new TokenShape(Optional.of(ACCESS_TOKEN), CLAIMS_OF_RFC_9068),
                CallerClaims.STANDARD,
                Optional.empty());
    }

    /**
     * Whoever shares this secret, as in tutorials: tokens signed with HS256 that have {@code sub} and {@code exp}, whatever
     * their type and issuer. Everybody who can check such tokens can make them too.
     *
     * @param secret 32 bytes at least (RFC 7518 §3.2)
     */
    public static TrustedIssuer sharedSecret(String secret) {
        Jwk key = Jwk.secret(Algorithm.HS256, secret.getBytes(StandardCharsets.UTF_8));
        return new TrustedIssuer(
                "",
                Optional.of(JwkSet.of(key)),
                Optional.empty(),
                EnumSet.of(Algorithm.HS256),
                new TokenShape(Optional.empty(), List.of("sub")),
                CallerClaims.STANDARD,
                Optional.empty());
    }

    /** With these keys and no others; the issuer is never asked. */
    public TrustedIssuer keys(JwkSet fixed) {
        return new TrustedIssuer(
                name, Optional.of(fixed), Optional.empty(), algorithms, shape(), callers, introspection);
    }

    /** With the key set at this address, {@code jwks_uri}; nothing is discovered. */
    public TrustedIssuer keysAt(String jwksUri) {
        return new TrustedIssuer(
                name, Optional.empty(), Optional.of(URI.create(jwksUri)), algorithms, shape(), callers, introspection);
    }

    /** Signing with these algorithms only. */
    public TrustedIssuer algorithms(Algorithm first, Algorithm... more) {
        return new TrustedIssuer(name, keys, keysAt, EnumSet.of(first, more), shape(), callers, introspection);
    }

    /**
     * Whose access tokens have this {@code typ} instead, {@code JWT} with many, and only {@code sub}, {@code iss},
     * {@code aud} and {@code exp} for sure. Its ID tokens may then be taken for access tokens where they name the same
     * audience (RFC 8725 §3.11).
     */
    public TrustedIssuer tokenType(String typ) {
        TokenShape other = new TokenShape(Optional.of(typ), List.of("sub"));
        return new TrustedIssuer(name, keys, keysAt, algorithms, other, callers, introspection);
    }

    /** Whose tokens have the scopes in this claim, a string with spaces or a list; {@code scope} unless said. */
    public TrustedIssuer scopesIn(String claim) {
        CallerClaims other = new CallerClaims(claim, callers.roles());
        return new TrustedIssuer(name, keys, keysAt, algorithms, shape(), other, introspection);
    }

    /** Whose tokens have the roles in this claim, {@code realm_access.roles} for one in another; {@code roles} unless said. */
    public TrustedIssuer rolesIn(String claim) {
        CallerClaims other = new CallerClaims(callers.scopes(), claim);
        return new TrustedIssuer(name, keys, keysAt, algorithms, shape(), other, introspection);
    }

    /** Asked about each token that is no JWT (RFC 7662), by this client; the endpoint is found by discovery. */
    public TrustedIssuer opaqueTokens(String clientId, String clientSecret) {
        return introspection(new Introspection(Optional.empty(), clientId, clientSecret, false));
    }

    /** Asked about every token (RFC 7662), by this client: revoked ones are refused at once, at the price of a request. */
    public TrustedIssuer introspection(String clientId, String clientSecret) {
        return introspection(new Introspection(Optional.empty(), clientId, clientSecret, true));
    }

    /** Asked at this address instead of one found by discovery. */
    public TrustedIssuer introspectionAt(String endpoint) {
        Introspection known = introspection.orElseThrow(() -> new IllegalStateException("say first which client asks"));
        return introspection(new Introspection(
                Optional.of(URI.create(endpoint)), known.clientId(), known.clientSecret(), known.evenJwts()));
    }

    private TrustedIssuer introspection(Introspection asked) {
        return new TrustedIssuer(name, keys, keysAt, algorithms, shape(), callers, Optional.of(asked));
    }

    private TokenShape shape() {
        return new TokenShape(type, required);
    }

    private static Set<Algorithm> asymmetric() {
        Set<Algorithm> algorithms = EnumSet.allOf(Algorithm.class);
        algorithms.removeIf(Algorithm::isSymmetric);
        return algorithms;
    }

    /** Its {@code iss}; empty where anybody with the secret may have issued a token. */
    String name() {
        return name;
    }

    Optional<JwkSet> fixedKeys() {
        return keys;
    }

    Optional<URI> keySetUri() {
        return keysAt;
    }

    Set<Algorithm> algorithms() {
        return algorithms;
    }

    Optional<String> type() {
        return type;
    }

    List<String> required() {
        return required;
    }

    /** The claims that are strings where they are at all; other issuers have lists of scopes (RFC 8693 §4.2, §4.3). */
    List<String> strings() {
        return required.equals(CLAIMS_OF_RFC_9068) ? List.of("client_id", "scope") : List.of();
    }

    CallerClaims callers() {
        return callers;
    }

    Optional<Introspection> introspection() {
        return introspection;
    }

    @Override
    public String toString() {
        return "TrustedIssuer[" + name + "]";
    }
}
