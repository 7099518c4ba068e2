package dev.latchkey.server.register;

import dev.latchkey.server.audit.AuditEvent;
import dev.latchkey.server.audit.AuditTrail;
import dev.latchkey.server.client.Client;
import dev.latchkey.server.client.ClientMetadata;
import dev.latchkey.server.client.ClientSecret;
import dev.latchkey.server.client.ClientSecrets;
import dev.latchkey.server.client.ClientStore;
import dev.latchkey.server.client.InitialAccessTokenStore;
import dev.latchkey.server.client.Registration;
import dev.latchkey.server.client.RegistrationStore;
import dev.latchkey.server.consent.ConsentStore;
import dev.latchkey.server.http.Request;
import dev.latchkey.server.http.Response;
import dev.latchkey.server.http.Route;
import dev.latchkey.server.outbound.Outbound;
import dev.latchkey.server.protocol.ClientId;
import dev.latchkey.server.protocol.OAuthError;
import dev.latchkey.server.protocol.OAuthException;
import dev.latchkey.server.protocol.Origin;
import dev.latchkey.server.protocol.UnitOfWork;
import dev.latchkey.server.register.RegistrationSettings.Access;
import dev.latchkey.server.session.ClientSessions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * {@code POST /register}: takes a client in under an id of our making (RFC 7591 §3, OpenID Connect Registration §3). A refused
 * request leaves nothing and uses no token up.
 */
public final class RegistrationEndpoint {
    public static final String PATH = "/register";

    private static final int ID_BYTES = 16;

    private final RegistrationSettings settings;
    private final Stores stores;
    private final Surroundings surroundings;
    private final Admission admission;
    private final MetadataReader reader;
    private final ClientInformation information;
    private final Events events;
    private final ManagementEndpoint management;

    /** Where everything is kept. */
    public record Stores(
            ClientStore clients,
            RegistrationStore registrations,
            InitialAccessTokenStore initialAccessTokens,
            ConsentStore consents,
            ClientSessions sessions,
            UnitOfWork unitOfWork) {}

    /** What clients are checked and equipped by. */
    public record Surroundings(
            Outbound outbound, ClientSecrets secrets, AuditTrail audit, InstantSource clock, SecureRandom random) {}

    /** What the store said to a registration. */
    private enum Outcome {
        DONE,
        TOKEN_USED_UP,
        FULL
    }

    /**
     * Makes the endpoint.
     *
     * @param standardScopes which every client may have
     */
    public RegistrationEndpoint(
            String issuer,
            RegistrationSettings settings,
            Collection<String> standardScopes,
            Stores stores,
            Surroundings surroundings) {
        this.settings = settings;
        this.stores = stores;
        this.surroundings = surroundings;
        this.admission = new Admission(settings, stores.initialAccessTokens(), surroundings.clock());
        this.reader = new MetadataReader(settings, standardScopes, surroundings.outbound());
        this.information = new ClientInformation(issuer);
        this.events = new Events(surroundings.audit());
        this.management = new ManagementEndpoint(reader, information, stores, surroundings);
    }

    /** Registration and management, at one path. Open to scripts of other sites exactly where it is open to anybody. */
    public List<Route> routes() {
        return List.of(
                        Route.post(PATH, request -> events.watching(request, () -> register(request))),
                        Route.get(PATH, request -> events.watching(request, () -> management.read(request))),
                        Route.of("PUT", PATH, request -> events.watching(request, () -> management.update(request))),
                        Route.of("DELETE", PATH, request -> events.watching(request, () -> management.delete(request))))
                .stream()
                .map(route -> settings.access() == Access.OPEN ? route.withCrossOrigin() : route)
                .toList();
    }

    private Response register(Request request) {
        Admission.Ticket ticket = admission.admit(request);
        ClientMetadata metadata = reader.read(Body.of(request));
        Optional<String> secret = Optional.of(
                        ClientSecret.generate(surroundings.random(), metadata.authenticationMethod()))
                .filter(_ -> metadata.authenticationMethod().usesSecret());
        Client client = client(metadata, secret);
        String token = ClientSecret.generate(surroundings.random());
        store(ticket, client, token);
        AuditEvent event = events.event(AuditEvent.Type.CLIENT_REGISTER, client.id(), request);
        events.record(ticket.tokenName()
                .map(name -> event.with("initial_token", name))
                .orElse(event));
        return Response.json(201, information.of(client, token, secret)).withNoStore();
    }

    private Client client(ClientMetadata metadata, Optional<String> secret) {
        byte[] bytes = new byte[ID_BYTES];
        surroundings.random().nextBytes(bytes);
        ClientId id = new ClientId(HexFormat.of().formatHex(bytes));
        return new Client(
                id,
                surroundings.secrets().keep(id, metadata.authenticationMethod(), secret),
                metadata,
                false,
                Origin.REGISTRATION,
                surroundings.clock().instant());
    }

    private void store(Admission.Ticket ticket, Client client, String token) {
        Registration registration = new Registration(client.id(), ClientSecret.hash(token), client.createdAt());
        Outcome outcome = stores.unitOfWork().run(transaction -> {
            if (!stores.registrations().insert(transaction, registration, settings.maxClients())) {
                return Outcome.FULL;
            }
            if (!admission.use(transaction, ticket)) {
                stores.clients().remove(transaction, client.id()); // takes back what was inserted
                return Outcome.TOKEN_USED_UP;
            }
            stores.clients().save(transaction, client);
            return Outcome.DONE;
        });
        switch (outcome) {
            case DONE -> {}
            case TOKEN_USED_UP -> throw new OAuthException(OAuthError.invalidToken(), "initial_access_token_used_up");
            case FULL ->
                throw new OAuthException(
                        OAuthError.accessDenied("No more clients can be registered here"), "max_clients_reached");
        }
    }
}
