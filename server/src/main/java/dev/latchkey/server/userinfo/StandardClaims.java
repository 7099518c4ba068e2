package dev.latchkey.server.userinfo;

import dev.latchkey.server.protocol.Scope;
import dev.latchkey.server.user.User;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

    /** The order in which claims are told. */
    private static final List<String> SCOPES = List.of("profile", "email", "address", "phone");

    private StandardClaims() {}

    /** The user's claims that the scope asks for, {@code sub} first. */
    public static Map<String, Object> of(User user, Scope scope) {
        Map<String, Object> all = all(user);
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("sub", user.id().value());
        for (String name : SCOPES) {
            if (scope.contains(name)) {
                BY_SCOPE.getOrDefault(name, List.of()).stream()
                        .filter(all::containsKey)
                        .forEach(claim -> told.put(claim, all.get(claim)));
            }
        }
        return told;
    }

    /** Everything known of the user that a standard claim tells. */
    public static Map<String, Object> all(User user) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("sub", user.id().value());
        all.put("preferred_username", user.username());
        all.putAll(user.claims());
        return all;
    }

    /** {@code claims_supported}, those of all scopes. */
    public static List<String> names() {
        return SCOPES.stream()
                .flatMap(scope -> BY_SCOPE.getOrDefault(scope, List.of()).stream())
                .toList();
    }
}
