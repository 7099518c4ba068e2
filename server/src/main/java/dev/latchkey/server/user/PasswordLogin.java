package dev.latchkey.server.user;

import dev.latchkey.server.password.HashQueueFullException;
import dev.latchkey.server.password.PasswordHasher;
import dev.latchkey.server.password.PasswordVerdict;
import dev.latchkey.server.protocol.Transaction;
import dev.latchkey.server.protocol.UnitOfWork;
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
        record Accepted(User user, String accountKey, Optional<String> renewedHash) implements Outcome {
            @Override
            public String toString() {
                return "Accepted[" + user.id() + "]";
            }
        }

        /** The name or the password is wrong, or the user may not log in. */
        record Rejected() implements Outcome {}

        /** Too many failures; nothing was checked, or the check does not count. */
        record Blocked(Duration retryAfter) implements Outcome {}
    }

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
        Optional<String> hash = user.filter(found -> !found.disabled()).flatMap(User::passwordHash);
        if (hash.isEmpty()) {
            hasher.verifyNobody(password);
            return rejected(accountKey, addressKey);
        }
        return switch (hasher.verify(password, hash.get())) {
            case PasswordVerdict.Mismatch _ -> rejected(accountKey, addressKey);
            case PasswordVerdict.Match match -> {
                // a guess that was sent before the failures beside it were counted does not count either
                Optional<Duration> blockedSince = blocked(accountKey, addressKey);
                yield blockedSince.isPresent()
                        ? new Outcome.Blocked(blockedSince.get())
                        : new Outcome.Accepted(
                                user.get(), accountKey, match.needsRenewal() ? renewed(password) : Optional.empty());
            }
        };
    }

    /** Forgets the failures of the account and keeps the renewed hash. */
    public void settle(Transaction transaction, Outcome.Accepted accepted) {
        failures.clear(transaction, accepted.accountKey());
        accepted.renewedHash()
                .ifPresent(renewed -> users.renewPasswordHash(
                        transaction,
                        accepted.user().id(),
                        accepted.user().passwordHash().orElseThrow(),
                        renewed));
    }

    /** The renewed hash; a login that is right is not refused because there was no time for it. */
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

    private Outcome rejected(String accountKey, String addressKey) {
        Instant now = clock.instant();
        unitOfWork.run(transaction -> {
            failures.add(transaction, accountKey, now, throttle.accountForgottenBefore(now));
            failures.add(transaction, addressKey, now, throttle.addressForgottenBefore(now));
            return true;
        });
        return new Outcome.Rejected();
    }

    private Optional<Duration> blocked(String accountKey, String addressKey) {
        LoginPermission permission =
                throttle.check(failures.find(accountKey), failures.find(addressKey), clock.instant());
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
