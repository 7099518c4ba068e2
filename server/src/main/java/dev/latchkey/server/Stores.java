package dev.latchkey.server;

import dev.latchkey.server.audit.AuditStore;
import dev.latchkey.server.browser.BrowserSessionStore;
import dev.latchkey.server.client.ClientStore;
import dev.latchkey.server.client.InitialAccessTokenStore;
import dev.latchkey.server.client.RegistrationStore;
import dev.latchkey.server.consent.ConsentStore;
import dev.latchkey.server.epoch.EpochStore;
import dev.latchkey.server.key.StoredKeyStore;
import dev.latchkey.server.protocol.ChoreStore;
import dev.latchkey.server.protocol.UnitOfWork;
import dev.latchkey.server.protocol.UsedTokenStore;
import dev.latchkey.server.push.PushedRequestStore;
import dev.latchkey.server.session.ServiceTimeStore;
import dev.latchkey.server.session.SessionStore;
import dev.latchkey.server.session.StatusIndexStore;
import dev.latchkey.server.signout.LogoutDeliveryStore;
import dev.latchkey.server.signout.OperatorSignOut;
import dev.latchkey.server.sql.Database;
import dev.latchkey.server.sql.SqlAuditStore;
import dev.latchkey.server.sql.SqlAuthorizationCodeStore;
import dev.latchkey.server.sql.SqlBrowserSessionStore;
import dev.latchkey.server.sql.SqlChoreStore;
import dev.latchkey.server.sql.SqlClientStore;
import dev.latchkey.server.sql.SqlConfiguredCredentialStore;
import dev.latchkey.server.sql.SqlConsentStore;
import dev.latchkey.server.sql.SqlEpochStore;
import dev.latchkey.server.sql.SqlInitialAccessTokenStore;
import dev.latchkey.server.sql.SqlLoginFailureStore;
import dev.latchkey.server.sql.SqlLogoutDeliveryStore;
import dev.latchkey.server.sql.SqlPushedRequestStore;
import dev.latchkey.server.sql.SqlRegistrationStore;
import dev.latchkey.server.sql.SqlRevokedTokenStore;
import dev.latchkey.server.sql.SqlServiceTimeStore;
import dev.latchkey.server.sql.SqlSessionStore;
import dev.latchkey.server.sql.SqlStatusIndexStore;
import dev.latchkey.server.sql.SqlStoredKeyStore;
import dev.latchkey.server.sql.SqlUsedTokenStore;
import dev.latchkey.server.sql.SqlUserStore;
import dev.latchkey.server.token.AuthorizationCodeStore;
import dev.latchkey.server.token.RevokedTokenStore;
import dev.latchkey.server.user.ConfiguredCredentialStore;
import dev.latchkey.server.user.LoginFailureStore;
import dev.latchkey.server.user.UserStore;
import java.security.SecureRandom;

/**
 * Every store of an issuer, over one database.
 *
 * @param shared whether other instances may work on the same data
 */
public record Stores(
        UnitOfWork unitOfWork,
        UserStore users,
        ConfiguredCredentialStore configuredCredentials,
        LoginFailureStore loginFailures,
        ClientStore clients,
        SessionStore sessions,
        ServiceTimeStore serviceTime,
        StoredKeyStore keys,
        RevokedTokenStore revokedTokens,
        AuditStore auditEvents,
        UsedTokenStore usedTokens,
        BrowserSessionStore browserSessions,
        AuthorizationCodeStore codes,
        PushedRequestStore pushedRequests,
        ConsentStore consents,
        RegistrationStore registrations,
        InitialAccessTokenStore initialAccessTokens,
        LogoutDeliveryStore logoutDeliveries,
        StatusIndexStore statusIndexes,
        EpochStore epochs,
        ChoreStore chores,
        boolean shared) {

    public static Stores of(Database database) {
        return new Stores(
                database,
                new SqlUserStore(database),
                new SqlConfiguredCredentialStore(database),
                new SqlLoginFailureStore(database),
                new SqlClientStore(database),
                new SqlSessionStore(database),
                new SqlServiceTimeStore(database),
                new SqlStoredKeyStore(database),
                new SqlRevokedTokenStore(database),
                new SqlAuditStore(database),
                new SqlUsedTokenStore(database),
                new SqlBrowserSessionStore(database),
                new SqlAuthorizationCodeStore(database),
                new SqlPushedRequestStore(database),
                new SqlConsentStore(database),
                new SqlRegistrationStore(database),
                new SqlInitialAccessTokenStore(database),
                new SqlLogoutDeliveryStore(database),
                new SqlStatusIndexStore(database),
                new SqlEpochStore(database),
                new SqlChoreStore(database),
                database.isShared());
    }

    /** Ends sessions for those who run the server. */
    public OperatorSignOut operatorSignOut(SecureRandom random) {
        return new OperatorSignOut(
                new OperatorSignOut.Stores(browserSessions, sessions, clients, logoutDeliveries), random);
    }
}
