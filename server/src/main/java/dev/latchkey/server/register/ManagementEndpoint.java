package dev.latchkey.server.register;

import dev.latchkey.server.audit.AuditEvent;
import dev.latchkey.server.client.AuthenticationMethod;
import dev.latchkey.server.client.Client;
import dev.latchkey.server.client.ClientMetadata;
import dev.latchkey.server.client.ClientSecret;
import dev.latchkey.server.client.Credential;
import dev.latchkey.server.client.Registration;
import dev.latchkey.server.http.Authorization;
import dev.latchkey.server.http.Request;
import dev.latchkey.server.http.Response;
import dev.latchkey.server.protocol.ClientId;
import dev.latchkey.server.protocol.OAuthError;
import dev.latchkey.server.protocol.OAuthException;
import dev.latchkey.server.protocol.Origin;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code GET}, {@code PUT} and {@code DELETE} of {@code /register?client_id=…}: a client, or its developer, reads, replaces
 * and removes its registration (RFC 7592 §2). The registration access token stays the same for the life of the client: an
 * answer that got lost locks nobody out.
 */
final class ManagementEndpoint {
    /** Only this server sets them (RFC 7592 §2.2). */
    private static final List<String> NOT_IN_AN_UPDATE = List.of(
            "registration_access_token", "registration_client_uri", "client_secret_expires_at", "client_id_issued_at");

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final MetadataReader reader;
    private final ClientInformation information;
    private final RegistrationEndpoint.Stores stores;
    private final RegistrationEndpoint.Surroundings surroundings;
    private final Events events;

    /** A client that the request has proven to be its own. */
    private record Own(Client client, Registration registration, String token) {}

    ManagementEndpoint(
            MetadataReader reader,
            ClientInformation information,
            RegistrationEndpoint.Stores stores,
            RegistrationEndpoint.Surroundings surroundings) {
        this.reader = reader;
        this.information = information;
        this.stores = stores;
        this.surroundings = surroundings;
        this.events = new Events(surroundings.audit());
    }

    Response read(Request request) {
        Own own = own(request);
        return answer(own.client(), own.token(), Optional.empty());
    }

    Response update(Request request) {
        Own own = own(request);
        Map<String, Object> members = Body.of(request);
        checkUpdate(own.client(), members);
        ClientMetadata metadata = reader.read(members);
        AuthenticationMethod method = metadata.authenticationMethod();
        boolean needsSecret = method.usesSecret() && !own.client().credential().fits(method);
        Optional<String> newSecret = Optional.of(ClientSecret.generate(surroundings.random(), method))
                .filter(_ -> needsSecret);
        Client changed = changed(own.client(), metadata, newSecret);
        Change change = stores.unitOfWork().run(transaction -> {
            if (!stores.registrations().stands(transaction, own.registration())) {
                return Change.OF_NO_CLIENT;
            }
            return stores.clients().replace(transaction, own.client(), changed) ? Change.KEPT : Change.OF_ANOTHER_STATE;
        });
        switch (change) {
            case KEPT -> {}
            case OF_NO_CLIENT -> throw refused("unknown_client");
            // what another one has changed since, a secret perhaps, would be undone
            case OF_ANOTHER_STATE -> throw new OAuthException(OAuthError.temporarilyUnavailable(SECOND));
        }
        events.record(events.event(AuditEvent.Type.CLIENT_UPDATE, changed.id(), request)
                .with("change", "metadata"));
        return answer(changed, own.token(), newSecret);
    }

    /** What became of a change: it is kept only if the client is there, and still as it was read. */
    private enum Change {
        KEPT,
        OF_NO_CLIENT,
        OF_ANOTHER_STATE
    }

    Response delete(Request request) {
        Own own = own(request);
        ClientId id = own.client().id();
        Instant now = surroundings.clock().instant();
        boolean removed = stores.sessions().endAfter(id, now, transaction -> {
            boolean stands = stores.registrations().stands(transaction, own.registration());
            if (stands) { // codes and tokens count for a client that there is
                stores.clients().remove(transaction, id);
                stores.consents().forget(transaction, id);
            }
            return stands;
        });
        if (!removed) {
            throw refused("unknown_client");
        }
        events.record(events.event(AuditEvent.Type.CLIENT_DELETE, id, request));
        return Response.empty(204).withNoStore();
    }

    /** Unknown clients and wrong tokens are refused alike (RFC 7592 §2.1). */
    private Own own(Request request) {
        if (!(request.authorization() instanceof Authorization.Bearer bearer)) {
            throw new OAuthException(OAuthError.notAuthenticated(), "no_registration_access_token");
        }
        String text = request.queryParameters().required("client_id");
        if (!ClientId.isValid(text)) {
            throw refused("unknown_client");
        }
        ClientId id = new ClientId(text);
        Registration registration = stores.registrations().find(id).orElseThrow(() -> refused("unknown_client"));
        if (!ClientSecret.matches(bearer.token(), registration.tokenHash())) {
            throw refused("wrong_registration_access_token");
        }
        Client client = stores.clients().find(id).orElseThrow(() -> refused("unknown_client"));
        if (client.origin() != Origin.REGISTRATION || client.disabled()) { // the operator has taken it over
            throw new OAuthException(OAuthError.accessDenied("The client is not managed by registration any more"));
        }
        return new Own(client, registration, bearer.token());
    }

    private static OAuthException refused(String reason) {
        return new OAuthException(OAuthError.invalidToken(), reason);
    }

    // RFC 7592 §2.2
    private void checkUpdate(Client client, Map<String, Object> members) {
        if (!client.id().value().equals(members.get("client_id"))) {
            throw new OAuthException(OAuthError.invalidRequest("client_id is not that of the client"));
        }
        for (String name : NOT_IN_AN_UPDATE) {
            if (members.containsKey(name)) {
                throw new OAuthException(OAuthError.invalidRequest(name + " does not belong into an update"));
            }
        }
        Object secret = members.get("client_secret");
        if (secret != null && !(secret instanceof String text && isSecretOf(client, text))) {
            throw InvalidMetadata.of("client_secret", "is not that of the client, and cannot be chosen");
        }
    }

    private boolean isSecretOf(Client client, String secret) {
        return switch (client.credential()) {
            case Credential.HashedSecret hashed -> ClientSecret.matches(secret, hashed.hash());
            case Credential.SealedSecret sealed ->
                ClientSecret.matches(
                        secret, ClientSecret.hash(surroundings.secrets().open(client.id(), sealed)));
            case Credential.None _ -> false;
        };
    }

    private Client changed(Client client, ClientMetadata metadata, Optional<String> newSecret) {
        AuthenticationMethod method = metadata.authenticationMethod();
        Credential credential = client.credential().fits(method)
                ? client.credential()
                : surroundings.secrets().keep(client.id(), method, newSecret);
        return new Client(client.id(), credential, metadata, client.disabled(), client.origin(), client.createdAt());
    }

    private Response answer(Client client, String token, Optional<String> newSecret) {
        return Response.json(200, information.of(client, token, newSecret)).withNoStore();
    }
}
