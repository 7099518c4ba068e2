package dev.latchkey.server;

import dev.latchkey.server.client.AuthenticationMethod;
import dev.latchkey.server.client.Client;
import dev.latchkey.server.client.ClientMetadata;
import dev.latchkey.server.client.ClientSecrets;
import dev.latchkey.server.client.Credential;
import dev.latchkey.server.key.MasterKey;
import dev.latchkey.server.password.PasswordHasher;
import dev.latchkey.server.protocol.ClientId;
import dev.latchkey.server.protocol.GrantType;
import dev.latchkey.server.protocol.Origin;
import dev.latchkey.server.protocol.Scope;
import dev.latchkey.server.protocol.Transaction;
import dev.latchkey.server.protocol.UserId;
import dev.latchkey.server.session.ClientSessions;
import dev.latchkey.server.setting.ClientSettings;
import dev.latchkey.server.setting.Settings;
import dev.latchkey.server.setting.UserSettings;
import dev.latchkey.server.signout.OperatorSignOut;
import dev.latchkey.server.user.User;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Brings the users and clients of the configuration into the store, at every start. Those made by command are left alone;
 * one that has gone from the configuration is disabled, not removed.
 */
final class Configured {
    /** The scopes that ask for claims of the user (OpenID Connect Core §5.4, §11), which need no setting. */
    static final List<String> STANDARD_SCOPES =
            List.of("openid", "profile", "email", "address", "phone", "offline_access");

    private static final int PAGE = 500;
    private static final String UPDATED_AT = "updated_at";

    private final Stores stores;
    private final MasterKey masterKey;
    private final ClientSecrets secrets;
    private final OperatorSignOut signOut;
    private final PasswordHasher hasher;
    private final InstantSource clock;
    private final SecureRandom random;

    Configured(Stores stores, MasterKey masterKey, PasswordHasher hasher, InstantSource clock, SecureRandom random) {
        this.stores = stores;
        this.masterKey = masterKey;
        this.secrets = new ClientSecrets(masterKey);
        this.signOut = stores.operatorSignOut(random);
        this.hasher = hasher;
        this.clock = clock;
        this.random = random;
    }

    void apply(Settings settings) {
        settings.users().forEach(this::applyUser);
        disableUsersBut(settings.users().stream()
                .map(user -> User.usernameKey(user.username()))
                .collect(Collectors.toSet()));
        List<Client> clients = new ArrayList<>();
        settings.clients().forEach(client -> clients.add(clientOf(client)));
        ClientId loginClient = new ClientId(settings.loginClient());
        if (clients.stream().noneMatch(client -> client.id().equals(loginClient))) {
            clients.add(firstPartyClient(loginClient, settings));
        }
        clients.forEach(this::applyClient);
        disableClientsBut(clients.stream().map(Client::id).collect(Collectors.toSet()));
    }

    /** Until what was read is what is there: of several that start at the same time one makes the change, and the others see it. */
    private void applyUser(UserSettings configured) {
        boolean applied;
        do {
            applied = apply(configured, known(configured.username()));
        } while (!applied);
    }

    /** What the store has of a user. */
    private record Known(Optional<User> user, Optional<String> fingerprint) {
        /** Whether nobody has brought the configuration to it in between; a login may have renewed the hash. */
        boolean stands(Known now) {
            return fingerprint.equals(now.fingerprint)
                    && user.map(User::id).equals(now.user.map(User::id))
                    && user.map(User::credentialVersion).equals(now.user.map(User::credentialVersion));
        }
    }

    private Known known(String username) {
        Optional<User> user = stores.users().findByUsername(username);
        return new Known(user, user.map(User::id).flatMap(stores.configuredCredentials()::find));
    }

    private boolean apply(UserSettings configured, Known read) {
        Optional<User> known = read.user();
        UserId id = known.map(User::id).orElseGet(() -> User.newId(random));
        Optional<String> fingerprint =
                credentialOf(configured).map(credential -> masterKey.fingerprint(credential, id.value()));
        boolean changed = fingerprint.isPresent() && !fingerprint.equals(read.fingerprint());
        Optional<String> hash = changed ? hashOf(configured) : Optional.empty();
        User user = new User(
                id,
                configured.username(),
                known.map(before -> claims(configured, before)).orElse(configured.claims()),
                configured.roles(),
                hash,
                1,
                configured.disabled(),
                Origin.CONFIGURATION,
                known.map(User::createdAt).orElseGet(clock::instant));
        return stores.unitOfWork().run(transaction -> {
            stores.configuredCredentials().lock(transaction);
            boolean stored = read.stands(known(configured.username())) && store(transaction, user, known.isEmpty());
            if (stored && changed) {
                stores.configuredCredentials().save(transaction, id, fingerprint.get());
            }
            return stored;
        });
    }

    /** False where a command has just made a user of that name. */
    private boolean store(Transaction transaction, User user, boolean isNew) {
        if (isNew) {
            return stores.users().insert(transaction, user);
        }
        stores.users().update(transaction, user);
        user.passwordHash().ifPresent(hash -> stores.users().changePassword(transaction, user.id(), hash));
        if (user.passwordHash().isPresent() || user.disabled()) {
            signOut.endSessions(transaction, user.id(), clock.instant());
        }
        return true;
    }

    /** With the time of the change where there is one, unless the configuration tells its own. */
    private Map<String, Object> claims(UserSettings configured, User before) {
        Map<String, Object> old = new LinkedHashMap<>(before.claims());
        Object updatedAt = old.remove(UPDATED_AT);
        Map<String, Object> claims = new LinkedHashMap<>(configured.claims());
        boolean same = old.equals(claims) && before.username().equals(configured.username());
        if (!same) {
            claims.putIfAbsent(UPDATED_AT, clock.instant().getEpochSecond());
        } else if (updatedAt != null) {
            claims.put(UPDATED_AT, updatedAt);
        }
        return claims;
    }

    private static Optional<String> credentialOf(UserSettings configured) {
        return configured
                .password()
                .map(password -> "password:" + password)
                .or(() -> configured.passwordHash().map(hash -> "hash:" + hash));
    }

    private Optional<String> hashOf(UserSettings configured) {
        return configured.password().map(hasher::hash).or(configured::passwordHash);
    }

    private void disableUsersBut(Set<String> usernameKeys) {
        String after = "";
        List<User> page;
        do {
            page = stores.users().list(after, PAGE);
            page.stream()
                    .filter(user -> user.origin() == Origin.CONFIGURATION && !user.disabled())
                    .filter(user -> !usernameKeys.contains(User.usernameKey(user.username())))
                    .forEach(user -> stores.unitOfWork().run(transaction -> {
                        boolean disabled = stores.users().setDisabled(transaction, user.id(), true);
                        signOut.endSessions(transaction, user.id(), clock.instant());
                        return disabled;
                    }));
            after = page.isEmpty() ? after : User.usernameKey(page.getLast().username());
        } while (page.size() == PAGE);
    }

    private Client clientOf(ClientSettings configured) {
        Optional<Client> known = stores.clients().find(configured.id());
        return new Client(
                configured.id(),
                secrets.keep(
                        configured.id(),
                        configured.metadata().authenticationMethod(),
                        configured.secret(),
                        known.map(Client::credential).orElse(new Credential.None())),
                configured.metadata(),
                false,
                Origin.CONFIGURATION,
                clock.instant());
    }

    /** The public client behind {@code /login}: it may have every scope there is. */
    private Client firstPartyClient(ClientId id, Settings settings) {
        Set<String> scopes = new LinkedHashSet<>(STANDARD_SCOPES);
        scopes.addAll(settings.scopes().keySet());
        ClientMetadata metadata = ClientMetadata.of(
                "First-party login",
                List.of(),
                Set.of(GrantType.REFRESH_TOKEN),
                AuthenticationMethod.NONE,
                new Scope(scopes));
        return new Client(id, new Credential.None(), metadata, false, Origin.CONFIGURATION, clock.instant());
    }

    private void applyClient(Client client) {
        boolean applied;
        do {
            applied = apply(client, stores.clients().find(client.id()));
        } while (!applied);
    }

    private boolean apply(Client client, Optional<Client> known) {
        Client wanted = new Client(
                client.id(),
                client.credential(),
                client.metadata(),
                false,
                Origin.CONFIGURATION,
                known.filter(same -> !same.disabled()).map(Client::createdAt).orElse(client.createdAt()));
        return known.equals(Optional.of(wanted))
                || stores.unitOfWork()
                        .run(transaction -> known.isPresent()
                                ? stores.clients().replace(transaction, known.get(), wanted)
                                : stores.clients().insert(transaction, wanted));
    }

    private void disableClientsBut(Set<ClientId> ids) {
        String after = "";
        ClientSessions sessions = new ClientSessions(stores.sessions(), stores.unitOfWork());
        List<Client> page;
        do {
            page = stores.clients().list(after, PAGE);
            page.stream()
                    .filter(client -> client.origin() == Origin.CONFIGURATION && !client.disabled())
                    .filter(client -> !ids.contains(client.id()))
                    .forEach(client -> sessions.endAfter(client.id(), clock.instant(), transaction -> {
                        stores.clients().save(transaction, client.withDisabled(true));
                        return true;
                    }));
            after = page.isEmpty() ? after : page.getLast().id().value();
        } while (page.size() == PAGE);
    }
}
