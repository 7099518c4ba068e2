package dev.latchkey.server.logout;

import dev.latchkey.server.client.Client;
import dev.latchkey.server.http.Parameters;
import dev.latchkey.server.page.ClientView;
import dev.latchkey.server.protocol.ClientId;
import dev.latchkey.server.token.IdTokenHints.Hint;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A logout request that is in order (RP-Initiated Logout §2). Immutable.
 *
 * @param parameters as they were sent
 * @param client that sent the user, if it says so
 * @param hint an ID token of that client
 * @param redirectUri registered by that client for this very purpose, if one was asked for
 */
record LogoutRequest(
        Parameters parameters, Optional<Client> client, Optional<Hint> hint, Optional<String> redirectUri) {

    /** Where the browser goes when all is done, with the state of the request. */
    Optional<String> returnTo() {
        return redirectUri.map(uri -> parameters
                .first("state")
                .map(state -> uri + (uri.indexOf('?') < 0 ? "?" : "&") + "state="
                        + URLEncoder.encode(state, StandardCharsets.UTF_8))
                .orElse(uri));
    }

    Optional<String> logoutHint() {
        return parameters.first("logout_hint");
    }

    Optional<ClientId> clientId() {
        return client.map(Client::id);
    }

    Optional<ClientView> clientView() {
        return client.map(ClientView::of);
    }

    /** The languages that the user would like, the most wanted first. */
    List<String> uiLocales() {
        return parameters
                .first("ui_locales")
                .map(text -> List.of(text.split(" ", 20)))
                .orElse(List.of());
    }
}
