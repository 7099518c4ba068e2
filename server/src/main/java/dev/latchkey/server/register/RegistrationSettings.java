package dev.latchkey.server.register;

import dev.latchkey.server.protocol.GrantType;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Who may register clients, and what those may have.
 *
 * @param access who
 * @param requirePkce whether confidential ones need PKCE for a code; public ones always do (RFC 9700 §2.1.1)
 * @param scopes of the operator's own that they may have beside those of OpenID Connect
 * @param grantTypes that they may use
 * @param maxClients how many there may be
 * @param perAddress how many requests of strangers from one address are looked at in an hour
 * @param unusedExpireAfter when one that never got a token is removed
 */
public record RegistrationSettings(
        Access access,
        boolean requirePkce,
        List<String> scopes,
        Set<GrantType> grantTypes,
        int maxClients,
        int perAddress,
        Duration unusedExpireAfter) {
    /** Who may register clients. */
    public enum Access {
        OFF,
        /** Who was given an initial access token (RFC 7591 §1.2). */
        INITIAL_ACCESS_TOKEN,
        /** Anybody. */
        OPEN
    }

    public RegistrationSettings {
        scopes = List.copyOf(scopes);
        grantTypes = Set.copyOf(grantTypes);
    }

    public boolean isOn() {
        return access != Access.OFF;
    }
}
