package dev.latchkey.guard;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a route asks of its caller. Immutable; each method gives a new one.
 *
 * <pre>{@code
 * Access read = Access.authenticated().scopes("orders:read");
 * Access pay = Access.authenticated().scopes("orders:pay").acr("urn:example:two-factor").maxAge(Duration.ofMinutes(5));
 * }</pre>
 *
 * @param required false where a request without credentials is served too; wrong credentials are refused even there
 * @param scopes of which the caller must have all
 * @param roles of which the caller must have one; empty if it needs none
 * @param acrValues one of which must have been reached at login (RFC 9470); empty if any will do
 * @param maxAge how long ago the login may have been at most (RFC 9470); null for ever
 */
public record Access(
        boolean required,
        List<String> scopes,
        List<String> roles,
        List<String> acrValues,
        @Nullable Duration maxAge) {
    private static final Access AUTHENTICATED = new Access(true, List.of(), List.of(), List.of(), null);
    private static final Access OPTIONAL = new Access(false, List.of(), List.of(), List.of(), null);

    public Access {
        scopes = scopeTokens(scopes);
        roles = List.copyOf(roles);
        acrValues = List.copyOf(acrValues);
        for (String acr : acrValues) {
            if (acr.isEmpty() || !acr.chars().allMatch(c -> c > 0x20 && c <= 0x7e && c != '"' && c != '\\')) {
                throw new IllegalArgumentException("an acr value cannot be named in a challenge: " + acr);
            }
        }
        if (maxAge != null && maxAge.isNegative()) {
            throw new IllegalArgumentException("a login cannot be younger than now");
        }
    }

    /** Any caller whose credentials are right. */
    public static Access authenticated() {
        return AUTHENTICATED;
    }

    /**
     * Anybody; the caller is known where credentials were sent. Wrong ones are refused. Whatever is asked for on top binds
     * only those who send any.
     */
    public static Access optional() {
        return OPTIONAL;
    }

    /** With all of these scopes too. */
    public Access scopes(String... more) {
        return new Access(required, joined(scopes, more), roles, acrValues, maxAge);
    }

    /** With one of these roles at least. */
    public Access roles(String... anyOf) {
        return new Access(required, scopes, joined(roles, anyOf), acrValues, maxAge);
    }

    /** Logged in by one of these authentication contexts; a caller who was not is asked to step up (RFC 9470 §3). */
    public Access acr(String... anyOf) {
        return new Access(required, scopes, roles, joined(acrValues, anyOf), maxAge);
    }

    /** Logged in no longer ago than this; a caller who was is asked to log in again (RFC 9470 §3). */
    public Access maxAge(Duration limit) {
        return new Access(required, scopes, roles, acrValues, Objects.requireNonNull(limit));
    }

    private static List<String> joined(List<String> some, String... more) {
        List<String> all = new ArrayList<>(some);
        all.addAll(List.of(more));
        return all.stream().distinct().toList();
    }

    /** RFC 6749 §3.3: what a scope may be made of, so that it can be named in a challenge and never splits in two. */
    private static List<String> scopeTokens(List<String> scopes) {
        for (String scope : scopes) {
            if (scope.isEmpty() || !scope.chars().allMatch(c -> c > 0x20 && c <= 0x7e && c != '"' && c != '\\')) {
                throw new IllegalArgumentException("not a scope of RFC 6749 section 3.3: " + scope);
            }
        }
        return List.copyOf(scopes);
    }
}
