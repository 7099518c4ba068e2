package dev.latchkey.server.user;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows of Django's {@code dumpdata}: {@code {"model": "auth.user", "pk": 1, "fields": {…}}}. */
final class UserImportDjango {
    private UserImportDjango() {}

    static boolean wrote(Map<String, ? extends @Nullable Object> row) {
        return row.get("model") instanceof String && row.get("fields") instanceof Map<?, ?>;
    }

    /**
     * The row by our names. Staff and superusers get roles of these names; groups are roles where they are dumped by name
     * ({@code --natural-foreign}).
     */
    static Map<String, @Nullable Object> fields(Map<String, ? extends @Nullable Object> row) {
        if (!(row.get("fields") instanceof Map<?, ?> fields) || !fields.containsKey("password")) {
            throw new UserImportException("The row is of another model than users.");
        }
        Map<String, @Nullable Object> user = new LinkedHashMap<>();
        Object email = emptyAsNull(fields.get("email"));
        Object username = emptyAsNull(fields.get("username"));
        user.put(UserImportFields.USERNAME, username == null ? email : username);
        user.put("email", email);
        UserImportKeycloak.putNames(user, fields.get("first_name"), fields.get("last_name"));
        if (fields.get("password") instanceof String hash && !hash.startsWith("!")) {
            user.put(UserImportFields.PASSWORD_HASH, hash); // Django marks a password that cannot be used with "!"
        }
        user.put(UserImportFields.ROLES, roles(fields));
        user.put(UserImportFields.DISABLED, Boolean.FALSE.equals(fields.get("is_active")));
        return user;
    }

    private static List<Object> roles(Map<?, ?> fields) {
        List<Object> roles = new ArrayList<>();
        if (Boolean.TRUE.equals(fields.get("is_superuser"))) {
            roles.add("superuser");
        }
        if (Boolean.TRUE.equals(fields.get("is_staff"))) {
            roles.add("staff");
        }
        if (fields.get("groups") instanceof List<?> groups) {
            for (Object group : groups) {
                if (group instanceof List<?> natural
                        && natural.size() == 1
                        && natural.getFirst() instanceof String name) {
                    roles.add(name);
                }
            }
        }
        return roles;
    }

    private static @Nullable Object emptyAsNull(@Nullable Object value) {
        return "".equals(value) ? null : value;
    }
}
