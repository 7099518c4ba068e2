package dev.latchkey.bench.status;

import dev.latchkey.server.Stores;
import dev.latchkey.server.client.AuthenticationMethod;
import dev.latchkey.server.client.Client;
import dev.latchkey.server.client.ClientMetadata;
import dev.latchkey.server.client.Credential;
import dev.latchkey.server.protocol.ClientId;
import dev.latchkey.server.protocol.Origin;
import dev.latchkey.server.protocol.Scope;
import dev.latchkey.server.protocol.SessionId;
import dev.latchkey.server.session.RequestedClaims;
import dev.latchkey.server.session.Session;
import dev.latchkey.server.session.StatusIndex;
import dev.latchkey.server.user.User;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A store with as many live sessions as a status list tells of, of which more and more are revoked. */
final class MillionSessions {
    static final int SESSIONS = StatusIndex.LIST_SIZE;

    private static final int PER_UNIT_OF_WORK = 5_000;
    private static final Duration LIFETIME = Duration.ofDays(30);

    private final Stores stores;
    private final SecureRandom random = new SecureRandom();
    private final Instant begun;
    private final List<SessionId> live = new ArrayList<>(SESSIONS);

    MillionSessions(Stores stores, Instant begun) {
        this.stores = stores;
        this.begun = begun;
        User user = new User(
                User.newId(random), "bench", Map.of(), List.of(), Optional.empty(), 1, false, Origin.COMMAND, begun);
        Client client = new Client(
                new ClientId("bench"),
                new Credential.None(),
                ClientMetadata.of("bench", List.of(), Set.of(), AuthenticationMethod.NONE, Scope.NONE),
                false,
                Origin.COMMAND,
                begun);
        stores.unitOfWork().run(transaction -> {
            stores.clients().save(transaction, client);
            return stores.users().insert(transaction, user);
        });
        stores.unitOfWork().run(transaction -> stores.statusIndexes().reserve(transaction, SESSIONS));
        for (int first = 0; first < SESSIONS; first += PER_UNIT_OF_WORK) {
            begin(user, client, first, Math.min(first + PER_UNIT_OF_WORK, SESSIONS));
        }
        Collections.shuffle(live, random);
    }

    private void begin(User user, Client client, int first, int end) {
        List<Session> sessions = new ArrayList<>();
        for (int i = first; i < end; i++) {
            sessions.add(session(user, client, new StatusIndex(i)));
        }
        stores.unitOfWork().run(transaction -> {
            sessions.forEach(session -> stores.sessions().insert(transaction, session));
            return true;
        });
        sessions.forEach(session -> live.add(session.id()));
    }

    private Session session(User user, Client client, StatusIndex index) {
        byte[] id = new byte[SessionId.BYTES];
        random.nextBytes(id);
        return new Session(
                SessionId.of(id),
                user.id(),
                client.id(),
                Scope.stored("openid"),
                List.of(),
                user.credentialVersion(),
                begun,
                begun,
                begun,
                begun.plus(LIFETIME),
                1,
                begun,
                Optional.empty(),
                Optional.empty(),
                RequestedClaims.NONE,
                Optional.of(index),
                Optional.empty());
    }

    /** Revokes so many more, chosen by chance. */
    void revoke(int number, Instant at) {
        for (int left = number; left > 0; left -= PER_UNIT_OF_WORK) {
            List<SessionId> chosen = live.subList(live.size() - Math.min(left, PER_UNIT_OF_WORK), live.size());
            stores.unitOfWork().run(transaction -> {
                chosen.forEach(id -> stores.sessions().revoke(transaction, id, at));
                return true;
            });
            chosen.clear();
        }
    }
}
