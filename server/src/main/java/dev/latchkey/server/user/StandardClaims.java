package dev.latchkey.server.user;

import dev.latchkey.server.protocol.Scope;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The standard claims and the scopes that ask for them (OpenID Connect Core §5.1, §5.4). */
public final class StandardClaims {
    /** Claims by the scope that asks for them. */
    private static final Map<String, List<String>> BY_SCOPE = Map.of(
            "profile",
            List.of(
                    "name",
                    "family_name",
                    "given_name",
                    "middle_name",
                    "nickname",
                    "preferred_username",
                    "profile",
                    "picture",
                    "website",
                    "gender",
                    "birthdate",
                    "zoneinfo",
                    "locale",
                    "updated_at"),
            "email",
            List.of("email", "email_verified"),
            "address",
            List.of("address"),
            "phone",
            List.of("phone_number", "phone_number_verified"));

    private static final char LANGUAGE = '#';

    /** The order in which claims are told. */
    private static final List<String> SCOPES = List.of("profile", "email", "address", "phone");

    private StandardClaims() {}

    /**
     * The user's claims that are asked for, {@code sub} first.
     *
     * @param subject the user's {@code sub} as the client knows it
     * @param scope each of its words asks for several
     * @param requested names asked for by the parameter {@code claims} (OpenID Connect Core §5.5); those that are no standard
     *     claims are passed over
     */
    public static Map<String, Object> of(User user, String subject, Scope scope, Set<String> requested) {
        Map<String, Object> all = all(user);
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("sub", subject);
        for (String word : SCOPES) {
            for (String name : BY_SCOPE.getOrDefault(word, List.of())) {
                boolean wanted = scope.contains(word) || requested.contains(name);
                all.forEach((claim, value) -> {
                    if (isIn(claim, name) && (wanted || requested.contains(claim))) {
                        told.put(claim, value);
                    }
                });
            }
        }
        return told;
    }

    /** The scope that asks for the claim, in whatever language; empty for what is no standard claim. */
    public static Optional<String> scopeOf(String claim) {
        int language = claim.indexOf(LANGUAGE);
        String name = language < 0 ? claim : claim.substring(0, language);
        return SCOPES.stream()
                .filter(scope -> BY_SCOPE.getOrDefault(scope, List.of()).contains(name))
                .findFirst();
    }

    /** Whether it is the claim of that name, in whatever language: {@code name#de} (OpenID Connect Core §5.2). */
    private static boolean isIn(String claim, String name) {
        return claim.equals(name)
                || (claim.length() > name.length()
                        && claim.charAt(name.length()) == LANGUAGE
                        && claim.startsWith(name));
    }

    /** Everything known of the user that a standard claim tells. */
    public static Map<String, Object> all(User user) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("preferred_username", user.username());
        all.putAll(user.claims());
        all.putIfAbsent("updated_at", user.createdAt().getEpochSecond()); // nothing has changed since
        return all;
    }

    /** {@code claims_supported}, those of all scopes. */
    public static List<String> names() {
        return SCOPES.stream()
                .flatMap(scope -> BY_SCOPE.getOrDefault(scope, List.of()).stream())
                .toList();
    }
}
