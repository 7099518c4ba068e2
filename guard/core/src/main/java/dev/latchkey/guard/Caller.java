package dev.latchkey.guard;

import java.security.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who calls, as the credentials of the request say. Immutable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9068#section-2.2">RFC 9068 §2.2, the claims of access tokens</a>
 */
public final class Caller implements Principal {
    private final String subject;
    private final Set<String> scopes;
    private final Set<String> roles;
    private final Map<String, Object> claims;
    private final Optional<Instant> expiresAt;

    Caller(
            String subject,
            Set<String> scopes,
            Set<String> roles,
            Map<String, Object> claims,
            Optional<Instant> expiry) {
        this.subject = subject;
        this.scopes = Set.copyOf(scopes);
        this.roles = Set.copyOf(roles);
        this.claims = claims;
        this.expiresAt = expiry;
    }

    /** A caller that is known by something else than a token: an API key, a name and a password. */
    public static Caller of(String subject) {
        return new Caller(subject, Set.of(), Set.of(), Map.of("sub", subject), Optional.empty());
    }

    /** The same caller with these scopes and no others. */
    public Caller withScopes(String... granted) {
        return new Caller(subject, Set.of(granted), roles, claims, expiresAt);
    }

    /** The same caller with these roles and no others. */
    public Caller withRoles(String... given) {
        return new Caller(subject, scopes, Set.of(given), claims, expiresAt);
    }

    /** Who it is, {@code sub}: a user, or the client itself where there is no user. Unique at its {@link #issuer()}. */
    public String subject() {
        return subject;
    }

    /** The name the user logs in by ({@code username}, else {@code preferred_username}): for people, never a key. */
    public Optional<String> username() {
        return text("username").or(() -> text("preferred_username"));
    }

    /** The program that calls, {@code client_id}, else {@code azp}. */
    public Optional<String> clientId() {
        return text("client_id").or(() -> text("azp"));
    }

    /** What the program was allowed to do. */
    public Set<String> scopes() {
        return scopes;
    }

    /** What the user is in this system. */
    public Set<String> roles() {
        return roles;
    }

    public boolean hasScope(String scope) {
        return scopes.contains(scope);
    }

    public boolean hasRole(String role) {
        return roles.contains(role);
    }

    /** Who issued the token, {@code iss}. */
    public Optional<String> issuer() {
        return text("iss");
    }

    /** How the user logged in, {@code acr}. */
    public Optional<String> acr() {
        return text("acr");
    }

    /** When the user logged in, {@code auth_time}. */
    public Optional<Instant> authTime() {
        return CallerClaims.time(claims.get("auth_time"));
    }

    /** The user's session at the client, {@code sid}. */
    public Optional<String> sessionId() {
        return text("sid");
    }

    /** The first moment at which the token no longer counts; empty for a caller without one. */
    public Optional<Instant> expiresAt() {
        return expiresAt;
    }

    /** All that the token says, or the answer about it (RFC 7662 §2.2); unmodifiable. */
    public Map<String, Object> claims() {
        return claims;
    }

    /** The claim of this name if it is a string. */
    public Optional<String> text(String claim) {
        return claims.get(claim) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** The strings of the claim of this name: of a list, or the one that it is. */
    public List<String> strings(String claim) {
        Object value = claims.get(claim);
        if (value instanceof String text) {
            return List.of(text);
        }
        return value instanceof List<?> list
                ? list.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList()
                : List.of();
    }

    /** The {@link #username()} where it is known, else the {@link #subject()}: for people, never a key, since names change hands. */
    public String displayName() {
        return username().orElse(subject);
    }

    /** The {@link #subject()}: frameworks, and those who use them, take a principal's name for a key. */
    @Override
    public String getName() {
        return subject;
    }

    @Override
    public String toString() {
        return "Caller[" + subject + "]";
    }
}
