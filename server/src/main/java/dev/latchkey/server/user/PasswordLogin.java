package dev.latchkey.server.user;

import dev.latchkey.server.password.HashQueueFullException;
import dev.latchkey.server.password.PasswordHasher;
import dev.latchkey.server.password.PasswordVerdict;
import dev.latchkey.server.protocol.Transaction;
import dev.latchkey.server.protocol.UnitOfWork;
import dev.latchkey.server.protocol.UserId;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;

/**
 * Checks a user name and password. Who does not exist, who is disabled, who has no password and who mistyped it get the same
 * answer after the same work; repeated failures slow down and lock for a while, by account and by address. Safe for many
 * threads.
 */
public final class PasswordLogin {
    private final UserStore users;
    private final LoginFailureStore failures;
    private final PasswordHasher hasher;
    private final LoginThrottle throttle;
    private final UnitOfWork unitOfWork;
    private final InstantSource clock;

    /** What came of a login. */
    public sealed interface Outcome {
        /**
         * The password is right. The caller passes this to {@link PasswordLogin#settle} in the unit of work that begins the
         * session.
         */
        record Accepted(User user, FailureKeys failureKeys, Optional<String> renewedHash) implements Outcome {
            @Override
            public String toString() {
                return "Accepted[" + user.id() + "]";
            }
        }

        /**
         * The name or the password is wrong, or the user may not log in. Which of them is for the log only.
         *
         * @param user whose name it is, if anybody's
         * @param reason {@code unknown_user}, {@code wrong_password}, {@code disabled_user} or {@code no_password}
         */
        record Rejected(Optional<UserId> user, String reason) implements Outcome {}

        /** Too many failures; nothing was checked, or the check does not count. */
        record Blocked(Duration retryAfter) implements Outcome {}
    }

    /** Under which keys failures of a login are counted. */
    public record FailureKeys(String account, String address) {}

    /** Where users and failures are kept. */
    public record Stores(UserStore users, LoginFailureStore failures, UnitOfWork unitOfWork) {}

    public PasswordLogin(Stores stores, PasswordHasher hasher, LoginThrottle throttle, InstantSource clock) {
        this.users = stores.users();
        this.failures = stores.failures();
        this.unitOfWork = stores.unitOfWork();
        this.hasher = hasher;
        this.throttle = throttle;
        this.clock = clock;
    }

    /**
     * Checks the password and counts a failure.
     *
     * @throws HashQueueFullException when too many logins wait already
     */
    public Outcome check(String username, String password, InetAddress address) {
        String accountKey = accountKey(username);
        String addressKey = throttle.addressKey(address, clock.instant());
        Optional<Duration> blocked = blocked(accountKey, addressKey);
        if (blocked.isPresent()) {
            return new Outcome.Blocked(blocked.get());
        }
        Optional<User> user = find(username);
        return switch (verdict(user, password)) {
            case PasswordVerdict.Mismatch _ -> {
                Optional<Duration> blockedSince = countFailure(accountKey, addressKey);
                yield blockedSince.isPresent()
                        ? new Outcome.Blocked(blockedSince.get())
                        : new Outcome.Rejected(user.map(User::id), whyRejected(user));
            }
            case PasswordVerdict.Match match ->
                new Outcome.Accepted(
                        user.orElseThrow(),
                        new FailureKeys(accountKey, addressKey),
                        match.needsRenewal() ? renewed(password) : Optional.empty());
        };
    }

    private PasswordVerdict verdict(Optional<User> user, String password) {
        Optional<String> hash = user.filter(found -> !found.disabled()).flatMap(User::passwordHash);
        if (hash.isEmpty()) {
            hasher.verifyNobody(password);
            return new PasswordVerdict.Mismatch();
        }
        return hasher.verify(password, hash.get());
    }

    /**
     * Forgets the failures of the account and keeps the renewed hash, unless the account was locked while the password was
     * being hashed: guesses that are sent together are all let in, and none of them may be answered after that.
     *
     * @return how long it is locked; then nothing was changed and nobody is logged in
     */
    public Optional<Duration> settle(Transaction transaction, Outcome.Accepted accepted) {
        Optional<Duration> blocked = blocked(
                transaction,
                accepted.failureKeys().account(),
                accepted.failureKeys().address());
        if (blocked.isEmpty()) {
            failures.clear(transaction, accepted.failureKeys().account());
            accepted.renewedHash()
                    .ifPresent(renewed -> users.renewPasswordHash(
                            transaction,
                            accepted.user().id(),
                            accepted.user().passwordHash().orElseThrow(),
                            renewed));
        }
        return blocked;
    }

    /** A hash in place of a foreign or cheap one; a login that is right is not refused because there was no time for it. */
    private Optional<String> renewed(String password) {
        try {
            return Optional.of(hasher.hash(password));
        } catch (HashQueueFullException _) {
            return Optional.empty();
        }
    }

    private Optional<User> find(String username) {
        return User.isUsername(username) ? users.findByUsername(username) : Optional.empty();
    }

    private static String whyRejected(Optional<User> user) {
        if (user.isEmpty()) {
            return "unknown_user";
        }
        if (user.get().disabled()) {
            return "disabled_user";
        }
        return user.get().passwordHash().isPresent() ? "wrong_password" : "no_password";
    }

    /**
     * Counts a failure; tells whether others had locked the account before it was counted. Guesses at one account that were sent
     * together are judged one after the other.
     */
    private Optional<Duration> countFailure(String accountKey, String addressKey) {
        Instant now = clock.instant();
        return unitOfWork.run(transaction -> blocked(
                failures.add(transaction, accountKey, now, throttle.accountForgottenBefore(now)),
                failures.add(transaction, addressKey, now, throttle.addressForgottenBefore(now))));
    }

    private Optional<Duration> blocked(String accountKey, String addressKey) {
        return blocked(failures.find(accountKey), failures.find(addressKey));
    }

    /** A guess that is right is judged after those of the same account that were counted before it. */
    private Optional<Duration> blocked(Transaction transaction, String accountKey, String addressKey) {
        return blocked(failures.find(transaction, accountKey), failures.find(addressKey));
    }

    private Optional<Duration> blocked(Optional<FailureCount> account, Optional<FailureCount> address) {
        LoginPermission permission = throttle.check(account, address, clock.instant());
        return switch (permission) {
            case LoginPermission.Allowed _ -> Optional.empty();
            case LoginPermission.Blocked blocked -> Optional.of(blocked.retryAfter());
        };
    }

    /** Of a fixed length, and not readable: people type passwords into the field for the name. */
    private String accountKey(String username) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(throttle.accountKey(username).getBytes(StandardCharsets.UTF_8));
            return "account " + Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
