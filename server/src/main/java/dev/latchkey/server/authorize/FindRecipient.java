package dev.latchkey.server.authorize;

import dev.latchkey.server.client.Client;
import dev.latchkey.server.client.ClientStore;
import dev.latchkey.server.http.Parameters;
import dev.latchkey.server.protocol.ClientId;
import dev.latchkey.server.protocol.OAuthError;
import dev.latchkey.server.protocol.OAuthException;
import dev.latchkey.server.protocol.ResponseMode;
import dev.latchkey.server.protocol.ResponseType;
import java.util.List;
import java.util.Optional;

/** Finds the client that a request names and proves that the redirect URI is one of its own (RFC 9700 §4.1.3). */
final class FindRecipient {
    private final ClientStore clients;

    FindRecipient(ClientStore clients) {
        this.clients = clients;
    }

    Recipient of(Parameters parameters) {
        Client client = client(parameters.required("client_id"));
        String redirectUri = redirectUri(client, parameters);
        return new Recipient(client, redirectUri, mode(parameters, redirectUri), parameters.first("state"));
    }

    private Client client(String id) {
        return Optional.of(id)
                .filter(ClientId::isValid)
                .flatMap(valid -> clients.find(new ClientId(valid)))
                .filter(found -> !found.disabled())
                .orElseThrow(() -> refused("There is no such client"));
    }

    private static String redirectUri(Client client, Parameters parameters) {
        List<String> registered = client.metadata().redirectUris();
        Optional<String> given = parameters.first("redirect_uri");
        if (given.isEmpty()) {
            boolean openId = parameters.first("scope").orElse("").contains("openid");
            if (openId
                    || registered.size()
                            != 1) { // Core §3.1.2.1 wants it always, RFC 6749 §3.1.2.3 where it is not clear
                throw refused("The parameter redirect_uri is missing");
            }
            return registered.getFirst();
        }
        if (registered.stream().noneMatch(own -> RedirectUris.match(own, given.get()))) {
            throw refused("The redirect URI is not one that the client has registered");
        }
        return given.get();
    }

    /** How even an error goes: as asked for if that may be, else as is usual for the response type. */
    private static ResponseMode mode(Parameters parameters, String redirectUri) {
        ResponseType type =
                parameters.first("response_type").flatMap(ResponseType::named).orElse(ResponseType.CODE);
        return parameters
                .first("response_mode")
                .flatMap(ResponseMode::named)
                .filter(type::allows)
                .filter(mode -> mode != ResponseMode.FORM_POST || RedirectUris.isWeb(redirectUri))
                .orElse(type.defaultMode());
    }

    private static OAuthException refused(String description) {
        return new OAuthException(OAuthError.invalidRequest(description));
    }
}
