package dev.latchkey.server.client;

import dev.latchkey.server.audit.AuditEvent;
import dev.latchkey.server.audit.AuditTrail;
import dev.latchkey.server.http.Authorization;
import dev.latchkey.server.http.Parameters;
import dev.latchkey.server.http.Request;
import dev.latchkey.server.protocol.ClientId;
import dev.latchkey.server.protocol.OAuthError;
import dev.latchkey.server.protocol.OAuthException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Tells which client a request comes from and has it prove that (RFC 6749 §2.3). An unknown client, a disabled one, a wrong
 * secret and a wrong method are refused alike. Safe for many threads.
 */
public final class ClientAuthenticator {
    private static final String HASH_OF_NOTHING = ClientSecret.hash("");

    private final ClientStore clients;
    private final AuditTrail audit;

    private record Credentials(AuthenticationMethod method, String clientId, String secret) {}

    public ClientAuthenticator(ClientStore clients, AuditTrail audit) {
        this.clients = clients;
        this.audit = audit;
    }

    /** Authenticates the client that the request names. */
    public AuthenticatedClient authenticate(Request request, Parameters parameters) {
        return audited(request, () -> {
            Credentials credentials = credentials(request, parameters).orElseThrow(() -> refused("no_client"));
            return authenticate(credentials);
        });
    }

    /** Authenticates the client that the request names, or takes the given public client where it names none. */
    public AuthenticatedClient authenticate(Request request, Parameters parameters, ClientId unlessNamed) {
        return audited(
                request,
                () -> authenticate(credentials(request, parameters)
                        .orElseGet(() -> new Credentials(AuthenticationMethod.NONE, unlessNamed.value(), ""))));
    }

    private AuthenticatedClient audited(Request request, Supplier<AuthenticatedClient> authentication) {
        try {
            return authentication.get();
        } catch (OAuthException refused) {
            audit.record(AuditEvent.of(AuditEvent.Type.CLIENT_LOGIN_ERROR)
                    .with("reason", refused.reason())
                    .with("path", request.path())
                    .with("address", request.remoteAddress().getHostAddress()));
            throw refused;
        }
    }

    private static Optional<Credentials> credentials(Request request, Parameters parameters) {
        Optional<String> clientId = parameters.first("client_id");
        Optional<String> secret = parameters.first("client_secret");
        // login forms of API pages send an empty name and secret when their fields are left empty
        if (request.authorization() instanceof Authorization.Basic basic
                && !(basic.username().isEmpty() && basic.password().isEmpty())) {
            if (secret.isPresent()) { // RFC 6749 §2.3: not more than one method in a request
                throw new OAuthException(OAuthError.invalidRequest("The client authenticates in two ways"));
            }
            if (!clientId.orElse(basic.username()).equals(basic.username())) {
                throw new OAuthException(OAuthError.invalidRequest("The request names two clients"));
            }
            boolean empty = basic.password().isEmpty();
            AuthenticationMethod method = empty ? AuthenticationMethod.NONE : AuthenticationMethod.CLIENT_SECRET_BASIC;
            return Optional.of(new Credentials(method, basic.username(), basic.password()));
        }
        if (clientId.isEmpty()) {
            if (secret.isPresent()) {
                throw refused("no_client");
            }
            return Optional.empty();
        }
        AuthenticationMethod method =
                secret.isPresent() ? AuthenticationMethod.CLIENT_SECRET_POST : AuthenticationMethod.NONE;
        return Optional.of(new Credentials(method, clientId.get(), secret.orElse("")));
    }

    private AuthenticatedClient authenticate(Credentials credentials) {
        if (!ClientId.isValid(credentials.clientId())) {
            throw refused("unknown_client");
        }
        Optional<Client> client = clients.find(new ClientId(credentials.clientId()));
        String hash = client.flatMap(Client::secretHash).orElse(HASH_OF_NOTHING);
        boolean secretMatches = ClientSecret.matches(credentials.secret(), hash); // also where there is no client
        if (client.isEmpty()) {
            throw refused("unknown_client");
        }
        if (!secretMatches) {
            throw refused("wrong_secret");
        }
        if (client.get().metadata().authenticationMethod() != credentials.method()) {
            throw refused("not_its_method");
        }
        if (client.get().disabled()) {
            throw refused("disabled_client");
        }
        return new AuthenticatedClient(client.get());
    }

    private static OAuthException refused(String reason) {
        return new OAuthException(OAuthError.invalidClient(), reason);
    }
}
