package dev.latchkey.server.client;

import dev.latchkey.server.audit.AuditEvent;
import dev.latchkey.server.audit.AuditTrail;
import dev.latchkey.server.client.Credential.HashedSecret;
import dev.latchkey.server.http.Parameters;
import dev.latchkey.server.http.Request;
import dev.latchkey.server.protocol.ClientId;
import dev.latchkey.server.protocol.OAuthError;
import dev.latchkey.server.protocol.OAuthException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Tells which client a request comes from and has it prove that (RFC 6749 §2.3). An unknown client, a disabled one, a wrong
 * secret, a bad assertion and a wrong method are refused alike. Safe for many threads.
 */
public final class ClientAuthenticator {
    private static final String HASH_OF_NOTHING = ClientSecret.hash("");

    private final ClientStore clients;
    private final ClientAssertions assertions;
    private final AuditTrail audit;

    public ClientAuthenticator(ClientStore clients, ClientAssertions assertions, AuditTrail audit) {
        this.clients = clients;
        this.assertions = assertions;
        this.audit = audit;
    }

    /** Authenticates the client that the request names. */
    public AuthenticatedClient authenticate(Request request, Parameters parameters) {
        return audited(request, () -> {
            Presented presented = Presented.in(request, parameters).orElseThrow(() -> refused("no_client"));
            return authenticate(presented);
        });
    }

    /** Authenticates the client that the request names, or takes the given public client where it names none. */
    public AuthenticatedClient authenticate(Request request, Parameters parameters, ClientId unlessNamed) {
        return audited(
                request,
                () -> authenticate(
                        Presented.in(request, parameters).orElseGet(() -> new Presented.Name(unlessNamed.value()))));
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

    private AuthenticatedClient authenticate(Presented presented) {
        if (!ClientId.isValid(presented.clientId())) {
            throw refused("unknown_client");
        }
        Optional<Client> client = clients.find(new ClientId(presented.clientId()));
        return new AuthenticatedClient(
                switch (presented) {
                    case Presented.Name _ -> known(client, AuthenticationMethod.NONE);
                    case Presented.Secret secret -> proven(client, secret);
                    case Presented.Assertion assertion -> proven(client, assertion);
                });
    }

    private static Client proven(Optional<Client> client, Presented.Secret presented) {
        String hash = client.map(ClientAuthenticator::hashOf).orElse(HASH_OF_NOTHING);
        boolean secretMatches = ClientSecret.matches(presented.secret(), hash); // also where there is no client
        if (client.isPresent() && !secretMatches) {
            throw refused("wrong_secret");
        }
        return known(client, presented.method());
    }

    private Client proven(Optional<Client> client, Presented.Assertion presented) {
        AuthenticationMethod method = client.map(Client::metadata)
                .map(ClientMetadata::authenticationMethod)
                .filter(AuthenticationMethod::usesAssertion)
                .orElse(AuthenticationMethod.PRIVATE_KEY_JWT);
        Client known = known(client, method);
        Optional<String> refusal = assertions.refusal(known, presented.assertion());
        if (refusal.isPresent()) {
            throw refused(refusal.get());
        }
        return known;
    }

    private static Client known(Optional<Client> client, AuthenticationMethod method) {
        if (client.isEmpty()) {
            throw refused("unknown_client");
        }
        if (client.get().metadata().authenticationMethod() != method) {
            throw refused("not_its_method");
        }
        if (client.get().disabled()) {
            throw refused("disabled_client");
        }
        return client.get();
    }

    private static String hashOf(Client client) {
        return client.credential() instanceof HashedSecret secret ? secret.hash() : HASH_OF_NOTHING;
    }

    static OAuthException refused(String reason) {
        return new OAuthException(OAuthError.invalidClient(), reason);
    }
}
