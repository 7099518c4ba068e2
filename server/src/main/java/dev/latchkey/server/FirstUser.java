package dev.latchkey.server;

import dev.latchkey.server.password.PasswordHasher;
import dev.latchkey.server.protocol.Origin;
import dev.latchkey.server.user.User;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The user that is made where there is none, so that the first start ends with a login that works.
 *
 * @param username always {@code admin}
 * @param password generated, shown once and kept only as a hash
 */
public record FirstUser(String username, String password) {
    private static final String USERNAME = "admin";
    private static final String LETTERS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private static final int LENGTH = 20;

    static Optional<FirstUser> createWhereNone(
            Stores stores, PasswordHasher hasher, InstantSource clock, SecureRandom random) {
        if (!stores.users().isEmpty()) {
            return Optional.empty();
        }
        FirstUser first = new FirstUser(USERNAME, generatePassword(random));
        User user = new User(
                User.newId(random),
                USERNAME,
                Map.of(),
                List.of("admin"),
                Optional.of(hasher.hash(first.password())),
                1,
                false,
                Origin.COMMAND,
                clock.instant());
        boolean created = stores.unitOfWork().run(transaction -> stores.users().insert(transaction, user));
        return created ? Optional.of(first) : Optional.empty();
    }

    /** A password of 20 letters and digits that cannot be mistaken for each other: 116 bits. */
    public static String generatePassword(SecureRandom random) {
        StringBuilder password = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            password.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return password.toString();
    }

    @Override
    public String toString() {
        return "FirstUser[" + username + "]";
    }
}
