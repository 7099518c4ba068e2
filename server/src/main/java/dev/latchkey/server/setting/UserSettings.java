package dev.latchkey.server.setting;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A user of the configuration file.
 *
 * @param username unique among them
 * @param password in plain text; not together with {@code passwordHash}
 * @param passwordHash in one of the formats that {@code password} reads
 * @param claims by the names of OpenID Connect Core §5.1, of the types that it gives them: text, or true and false for
 *     {@code email_verified} and {@code phone_number_verified}, a number for {@code updated_at}, a mapping for {@code address}
 */
public record UserSettings(
        String username,
        Optional<String> password,
        Optional<String> passwordHash,
        List<String> roles,
        boolean disabled,
        Map<String, Object> claims) {
    public UserSettings {
        roles = List.copyOf(roles);
        claims = Collections.unmodifiableMap(new LinkedHashMap<>(claims));
    }

    @Override
    public String toString() {
        return "UserSettings[" + username + "]";
    }
}
