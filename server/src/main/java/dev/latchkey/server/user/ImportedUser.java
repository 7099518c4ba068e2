package dev.latchkey.server.user;

import dev.latchkey.server.protocol.UserId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A user as another system has handed them over, checked but not stored.
 *
 * @param id the subject to keep, so that other applications know the user again; empty where the file gives none
 * @param username a name that {@link User} takes
 * @param claims standard claims by their names in OpenID Connect Core §5.1
 * @param roles in the order of the file
 * @param passwordHash one that can be verified; empty where there is no password
 * @param disabled whether the user may not sign in
 */
public record ImportedUser(
        Optional<UserId> id,
        String username,
        Map<String, Object> claims,
        List<String> roles,
        Optional<String> passwordHash,
        boolean disabled) {
    public ImportedUser {
        claims = Collections.unmodifiableMap(new LinkedHashMap<>(claims));
        roles = List.copyOf(roles);
    }
}
