package dev.latchkey.server.user;

import dev.latchkey.server.password.PasswordHasher;
import dev.latchkey.server.password.UnsupportedHashException;
import dev.latchkey.server.protocol.UserId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The fields of a row, by our own names for them, and the check of each. */
final class UserImportFields {
    static final String ID = "sub";
    static final String USERNAME = "username";
    static final String PASSWORD_HASH = "password_hash";
    static final String ROLES = "roles";
    static final String DISABLED = "disabled";
    /** Claims that are text, by their names in OpenID Connect Core §5.1. */
    static final List<String> TEXT_CLAIMS = List.of(
            "name",
            "given_name",
            "family_name",
            "middle_name",
            "nickname",
            "profile",
            "picture",
            "website",
            "email",
            "gender",
            "birthdate",
            "zoneinfo",
            "locale",
            "phone_number");

    private static final Set<String> FLAG_CLAIMS = Set.of("email_verified", "phone_number_verified");
    /** All fields, as a message lists them. */
    static final SequencedSet<String> NAMES = names();

    private static final int MAX_TEXT_LENGTH = 1000;
    private static final int MAX_ROLES = 200;

    private UserImportFields() {}

    private static SequencedSet<String> names() {
        SequencedSet<String> names = new LinkedHashSet<>(List.of(ID, USERNAME, PASSWORD_HASH, ROLES, DISABLED));
        names.addAll(TEXT_CLAIMS);
        names.addAll(new TreeSet<>(FLAG_CLAIMS));
        return Collections.unmodifiableSequencedSet(names);
    }

    /** The user that the fields describe. Values are text, true and false, or lists of text; null stands for nothing. */
    static ImportedUser user(Map<String, ? extends @Nullable Object> row) {
        Map<String, Object> claims = new LinkedHashMap<>();
        for (String name : row.keySet()) {
            if (!NAMES.contains(name)) {
                throw new UserImportException("A field is not known. Known are: " + String.join(", ", NAMES) + ".");
            }
            if (FLAG_CLAIMS.contains(name)) {
                flag(row, name).ifPresent(value -> claims.put(name, value));
            } else if (TEXT_CLAIMS.contains(name)) {
                text(row, name).ifPresent(value -> claims.put(name, value));
            }
        }
        return new ImportedUser(
                id(row),
                username(row),
                claims,
                roles(row.get(ROLES)),
                passwordHash(row),
                flag(row, DISABLED).orElse(false));
    }

    private static Optional<UserId> id(Map<String, ? extends @Nullable Object> row) {
        try {
            return text(row, ID).map(UserId::new);
        } catch (IllegalArgumentException e) {
            throw new UserImportException("The field sub must be 1 to 255 visible ASCII characters.");
        }
    }

    private static String username(Map<String, ? extends @Nullable Object> row) {
        return text(row, USERNAME)
                .filter(User::isUsername)
                .orElseThrow(() -> new UserImportException(
                        "The field username must be 1 to 255 characters, none of them a control character."));
    }

    private static Optional<String> passwordHash(Map<String, ? extends @Nullable Object> row) {
        Optional<String> hash = text(row, PASSWORD_HASH);
        try {
            hash.ifPresent(PasswordHasher::requireSupported);
            return hash;
        } catch (UnsupportedHashException e) {
            throw new UserImportException("The field password_hash cannot be used: " + e.getMessage() + ".");
        }
    }

    private static Optional<String> text(Map<String, ? extends @Nullable Object> row, String name) {
        Object value = row.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof String text
                && text.length() <= MAX_TEXT_LENGTH
                && text.chars().noneMatch(Character::isISOControl)) {
            return text.isEmpty() ? Optional.empty() : Optional.of(text);
        }
        throw new UserImportException("The field " + name + " must be text of at most " + MAX_TEXT_LENGTH
                + " characters, none of them a control character.");
    }

    private static Optional<Boolean> flag(Map<String, ? extends @Nullable Object> row, String name) {
        Object value = row.get(name);
        if (value == null) {
            return Optional.empty();
        }
        return Optional.of(
                switch (value.toString()) {
                    case "true", "1" -> true;
                    case "false", "0" -> false;
                    default -> throw new UserImportException("The field " + name + " must be true or false.");
                });
    }

    private static List<String> roles(@Nullable Object value) {
        List<?> all = switch (value) {
            case null -> List.of();
            case String text ->
                text.isBlank() ? List.of() : List.of(text.strip().split("\\s+", -1));
            case List<?> list -> list;
            default -> throw badRoles();
        };
        List<String> roles = new ArrayList<>();
        for (Object role : all) {
            if (!(role instanceof String text) || text.isBlank() || text.length() > MAX_TEXT_LENGTH) {
                throw badRoles();
            }
            roles.add(text);
        }
        if (roles.size() > MAX_ROLES) {
            throw badRoles();
        }
        return roles;
    }

    private static UserImportException badRoles() {
        return new UserImportException(
                "The field roles must be at most " + MAX_ROLES + " names, as a list or separated by blanks.");
    }
}
