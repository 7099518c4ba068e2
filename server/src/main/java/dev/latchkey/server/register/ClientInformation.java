package dev.latchkey.server.register;

import dev.latchkey.server.client.Client;
import dev.latchkey.server.client.MetadataMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a registered client is told of itself: all that is kept of it (RFC 7591 §3.2.1, RFC 7592 §3). */
final class ClientInformation {
    private static final String CLIENT_NAME = "client_name";

    private final String endpoint;

    ClientInformation(String issuer) {
        this.endpoint = issuer + RegistrationEndpoint.PATH;
    }

    /**
     * The members.
     *
     * @param token the registration access token
     * @param newSecret a secret that was made for this answer; older ones are not known any more
     */
    Map<String, Object> of(Client client, String token, Optional<String> newSecret) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("client_id", client.id().value());
        newSecret.ifPresent(secret -> {
            members.put("client_secret", secret);
            members.put("client_secret_expires_at", 0); // never
        });
        members.put("client_id_issued_at", client.createdAt().getEpochSecond());
        members.put("registration_access_token", token);
        members.put("registration_client_uri", endpoint + "?client_id=" + client.id());
        members.putAll(MetadataMap.of(client.metadata()));
        if (client.metadata().clientName().isEmpty()) {
            members.remove(CLIENT_NAME);
        }
        return members;
    }
}
