package dev.latchkey.server.command;

import dev.latchkey.server.audit.AuditEvent;
import dev.latchkey.server.audit.AuditStore;
import dev.latchkey.server.client.ClientSecrets;
import dev.latchkey.server.client.ClientStore;
import dev.latchkey.server.client.InitialAccessTokenStore;
import dev.latchkey.server.key.KeyRing;
import dev.latchkey.server.key.StoredKeyStore;
import dev.latchkey.server.password.PasswordHasher;
import dev.latchkey.server.protocol.Transaction;
import dev.latchkey.server.protocol.UnitOfWork;
import dev.latchkey.server.session.SessionStore;
import dev.latchkey.server.setting.Settings;
import dev.latchkey.server.signout.OperatorSignOut;
import dev.latchkey.server.user.UserStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** What commands need of the server: started, or its store opened. The wiring above provides it. */
public interface Backend {
    /**
     * Starts a server; it answers when this returns.
     *
     * @throws IOException when a file cannot be read or written, or the port is taken
     */
    Running start(Settings settings) throws IOException;

    /**
     * Opens the store, also beside a running server.
     *
     * @throws IOException when it cannot be opened
     */
    Administration administer(Settings settings) throws IOException;

    /** Looks after the store as a whole; nothing is opened yet. */
    Upkeep upkeep(Settings settings);

    /** A server that answers. */
    interface Running extends AutoCloseable {
        /** The issuer, which is also the address; of many, the address that theirs begin with unless they say otherwise. */
        String issuer();

        /** How many issuers there are. */
        default int issuers() {
            return 1;
        }

        /** The user that was made because there was none. */
        Optional<NewUser> firstUser();

        /** Returns when the process has been told to stop and the server has stopped. */
        void awaitStop();

        @Override
        void close();
    }

    /** A user whose password was generated, and is known here only. */
    record NewUser(String username, String password) {
        @Override
        public String toString() {
            return "NewUser[" + username + "]";
        }
    }

    /** The open store and what works on it. */
    interface Administration extends AutoCloseable {
        /** The embedded store that was missing: it is not begun yet, or its folder is mistyped. */
        Optional<Path> madeAnew();

        UnitOfWork unitOfWork();

        UserStore users();

        ClientStore clients();

        InitialAccessTokenStore initialAccessTokens();

        SessionStore sessions();

        /** Ends sessions, and has clients told of it. */
        OperatorSignOut signOut();

        StoredKeyStore storedKeys();

        /** The keys, opened; this may make those that are missing. */
        KeyRing keys();

        PasswordHasher hasher();

        AuditStore auditEvents();

        /** Keeps an event of this unit of work, and that it was a command, and whose. */
        void record(Transaction transaction, AuditEvent event);

        /** For secrets of clients; this may make the master key. */
        ClientSecrets clientSecrets();

        @Override
        void close();
    }
}
