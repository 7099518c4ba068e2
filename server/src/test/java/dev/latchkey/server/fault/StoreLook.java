package dev.latchkey.server.fault;

import dev.latchkey.server.protocol.SessionId;
import dev.latchkey.server.session.SessionStore;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Looks into the store itself: servers make up for what it has lost, so clients alone would never notice. */
interface StoreLook {
    /** The sessions of these that are there. */
    Map<String, Stored> find(Collection<String> sessions) throws IOException;

    /** What a store keeps of a session. */
    record Stored(long generation, boolean revoked) {}

    /** With the classes of the server, as for a SQLite file that the server has open as well. */
    static StoreLook of(SessionStore store) {
        return sessions -> {
            Map<String, Stored> found = new HashMap<>();
            for (String session : sessions) {
                store.find(new SessionId(session))
                        .ifPresent(row -> found.put(
                                session,
                                new Stored(row.generation(), row.revokedAt().isPresent())));
            }
            return found;
        };
    }

    /** Without them. */
    static StoreLook of(PostgresNode node) {
        return sessions -> {
            Map<String, Stored> found = new HashMap<>();
            String rows =
                    node.sql(PostgresNode.DATABASE, "select id, generation, revoked_at is not null from sessions");
            for (String row : rows.lines().toList()) {
                String[] columns = row.split("\\|", -1);
                found.put(columns[0], new Stored(Long.parseLong(columns[1]), columns[2].equals("t")));
            }
            found.keySet().retainAll(sessions);
            return found;
        };
    }
}
