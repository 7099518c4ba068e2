package dev.latchkey.server;

import dev.latchkey.server.client.ClientSecrets;
import dev.latchkey.server.register.RegistrationEndpoint;
import dev.latchkey.server.session.ClientSessions;
import dev.latchkey.server.setting.Settings;

/** Puts the endpoint together at which clients register themselves. */
final class Registering {
    private Registering() {}

    static RegistrationEndpoint endpoint(String url, Settings settings, Stores stores, Issuer.Parts parts) {
        return new RegistrationEndpoint(
                url,
                settings.registration(),
                Configured.STANDARD_SCOPES,
                new RegistrationEndpoint.Stores(
                        stores.clients(),
                        stores.registrations(),
                        stores.initialAccessTokens(),
                        stores.consents(),
                        new ClientSessions(stores.sessions(), stores.unitOfWork()),
                        stores.unitOfWork()),
                new RegistrationEndpoint.Surroundings(
                        parts.outbound(),
                        new ClientSecrets(parts.masterKey()),
                        parts.audit(),
                        parts.clock(),
                        parts.random()));
    }
}
