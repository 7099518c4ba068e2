package dev.latchkey.server.logout;

import dev.latchkey.server.client.Client;
import dev.latchkey.server.client.ClientStore;
import dev.latchkey.server.http.Parameters;
import dev.latchkey.server.protocol.ClientId;
import dev.latchkey.server.protocol.OAuthError;
import dev.latchkey.server.protocol.OAuthException;
import dev.latchkey.server.token.IdTokenHints;
import dev.latchkey.server.token.IdTokenHints.Hint;
import java.util.List;
import java.util.Optional;

/** Reads logout requests, and refuses what does not fit together before anything is done. Safe for many threads. */
final class LogoutRequests {
    private final ClientStore clients;
    private final IdTokenHints hints;

    LogoutRequests(ClientStore clients, IdTokenHints hints) {
        this.clients = clients;
        this.hints = hints;
    }

    /** @throws OAuthException for a page of our own, never for a redirect */
    LogoutRequest read(Parameters parameters) {
        Optional<Hint> hint = parameters.first("id_token_hint").map(this::hint);
        Optional<Client> client = client(parameters.first("client_id"), hint);
        return new LogoutRequest(
                parameters,
                client,
                hint,
                client.flatMap(known -> redirectUri(known, parameters.first("post_logout_redirect_uri"))));
    }

    private Hint hint(String text) {
        return hints.read(text).orElseThrow(() -> refused("The id_token_hint is not an ID token of this issuer")); // §4
    }

    private Optional<Client> client(Optional<String> clientId, Optional<Hint> hint) {
        if (clientId.isPresent()
                && hint.isPresent()
                && !hint.get().audience().contains(clientId.get())) { // RP-Initiated Logout §2
            throw refused("The id_token_hint was given to another client");
        }
        Optional<String> id = clientId.or(() -> hint.map(Hint::audience).map(List::getFirst));
        return id.map(text -> Optional.of(text)
                .filter(ClientId::isValid)
                .flatMap(valid -> clients.find(new ClientId(valid)))
                .filter(known -> !known.disabled())
                .orElseThrow(() -> refused("There is no such client")));
    }

    /** One that nobody vouches for ends the request: who sent it meant to lead the user astray, or made a mistake (§3). */
    private static Optional<String> redirectUri(Client client, Optional<String> asked) {
        if (asked.isPresent()
                && !client.metadata().logout().postLogoutRedirectUris().contains(asked.get())) {
            throw refused("The post_logout_redirect_uri is not one that the client has registered");
        }
        return asked;
    }

    private static OAuthException refused(String description) {
        return new OAuthException(OAuthError.invalidRequest(description));
    }
}
