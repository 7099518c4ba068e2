package dev.latchkey.server.user;

import dev.latchkey.server.protocol.Origin;
import dev.latchkey.server.protocol.UserId;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Somebody who can sign in.
 *
 * @param id never changes and is never given to another: the {@code sub} of tokens
 * @param username what is typed at login, unique without regard to case and compatibility forms
 * @param claims standard claims by their names in OpenID Connect Core §5.1, without {@code sub} and
 *     {@code preferred_username}
 * @param roles in the order they were given
 * @param passwordHash in one of the formats of {@code password}; empty where there is no password
 * @param credentialVersion grows with every new password and when the user is disabled; a session begun under an older one has
 *     ended
 * @param disabled whether every login is refused and every session has ended
 * @param origin who keeps this user up to date
 * @param createdAt when the user was made
 */
public record User(
        UserId id,
        String username,
        Map<String, Object> claims,
        List<String> roles,
        Optional<String> passwordHash,
        long credentialVersion,
        boolean disabled,
        Origin origin,
        Instant createdAt) {
    private static final int MAX_USERNAME_LENGTH = 255;
    private static final int ID_BYTES = 16;

    public User {
        if (!isUsername(username)) {
            throw new IllegalArgumentException("a username has 1 to 255 characters, none of them a control character");
        }
        claims = Collections.unmodifiableMap(new LinkedHashMap<>(claims));
        roles = List.copyOf(roles);
    }

    /** Whether a user could have this name: asked of requests before they reach the store. */
    public static boolean isUsername(String text) {
        return !text.isBlank()
                && text.length() <= MAX_USERNAME_LENGTH
                && text.codePoints().noneMatch(Character::isISOControl);
    }

    /** The form of a username under which it is unique and found. */
    public static String usernameKey(String username) {
        return Normalizer.normalize(
                Normalizer.normalize(username.strip(), Normalizer.Form.NFKC).toLowerCase(Locale.ROOT),
                Normalizer.Form.NFKC);
    }

    @Override
    public String toString() {
        return "User[" + id + "]";
    }

    /** An id for a new user: 16 random bytes in base64url. */
    public static UserId newId(SecureRandom random) {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return new UserId(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }
}
