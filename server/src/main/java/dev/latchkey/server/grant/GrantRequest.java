package dev.latchkey.server.grant;

import dev.latchkey.server.client.AuthenticatedClient;
import dev.latchkey.server.client.Client;
import dev.latchkey.server.http.Parameters;
import java.net.InetAddress;

/**
 * What a grant sees of a token request.
 *
 * @param authenticated the client
 * @param parameters the grant's own
 * @param remoteAddress where the request comes from
 */
public record GrantRequest(AuthenticatedClient authenticated, Parameters parameters, InetAddress remoteAddress) {
    public Client client() {
        return authenticated.client();
    }
}
