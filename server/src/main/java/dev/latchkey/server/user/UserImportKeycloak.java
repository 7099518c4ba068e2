package dev.latchkey.server.user;

import dev.latchkey.token.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Users of a Keycloak realm export. */
final class UserImportKeycloak {
    private static final Set<String> SIGNS =
            Set.of("enabled", "credentials", "realmRoles", "emailVerified", "firstName", "createdTimestamp");
    private static final Set<String> OWN_ROLES = Set.of("offline_access", "uma_authorization");

    private UserImportKeycloak() {}

    static boolean wrote(Map<String, ? extends @Nullable Object> row) {
        return SIGNS.stream().anyMatch(row::containsKey);
    }

    /** The row by our names: the realm's roles but not Keycloak's own, the attributes that are standard claims. */
    static Map<String, @Nullable Object> fields(Map<String, ? extends @Nullable Object> row) {
        if (row.get("serviceAccountClientId") != null) {
            throw new UserImportException("The row is the service account of a client, not a person.");
        }
        Map<String, @Nullable Object> user = new LinkedHashMap<>();
        user.put(UserImportFields.ID, row.get("id"));
        user.put(UserImportFields.USERNAME, row.get("username"));
        user.put("email", row.get("email"));
        user.put("email_verified", row.get("emailVerified"));
        putNames(user, row.get("firstName"), row.get("lastName"));
        putAttributes(user, row.get("attributes"));
        user.put(UserImportFields.ROLES, roles(row.get("realmRoles")));
        user.put(UserImportFields.DISABLED, Boolean.FALSE.equals(row.get("enabled")));
        user.put(UserImportFields.PASSWORD_HASH, passwordHash(row.get("credentials")));
        return user;
    }

    static void putNames(Map<String, @Nullable Object> user, @Nullable Object given, @Nullable Object family) {
        user.put("given_name", given);
        user.put("family_name", family);
        String first = given instanceof String text ? text : "";
        String last = family instanceof String text ? text : "";
        user.put("name", (first + " " + last).strip());
    }

    private static void putAttributes(Map<String, @Nullable Object> user, @Nullable Object attributes) {
        if (attributes instanceof Map<?, ?> named) {
            for (String claim : UserImportFields.TEXT_CLAIMS) {
                if (!user.containsKey(claim) && named.get(claim) instanceof List<?> values && values.size() == 1) {
                    user.put(claim, values.getFirst());
                }
            }
        }
    }

    private static List<Object> roles(@Nullable Object value) {
        List<Object> roles = new ArrayList<>();
        if (value instanceof List<?> realmRoles) {
            for (Object role : realmRoles) {
                if (role instanceof String name && !OWN_ROLES.contains(name) && !name.startsWith("default-roles-")) {
                    roles.add(name);
                }
            }
        }
        return roles;
    }

    private static @Nullable String passwordHash(@Nullable Object credentials) {
        if (credentials instanceof List<?> all) {
            for (Object credential : all) {
                if (credential instanceof Map<?, ?> fields && "password".equals(fields.get("type"))) {
                    return new KeycloakCredential(part(fields, "secretData"), part(fields, "credentialData")).hash();
                }
            }
        }
        return null;
    }

    /** A part of a credential, which is JSON inside a JSON string; before Keycloak 8 all was in the credential itself. */
    private static Map<?, ?> part(Map<?, ?> credential, String name) {
        return credential.get(name) instanceof String text ? Json.parseObject(text) : credential;
    }
}
