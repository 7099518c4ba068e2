package dev.latchkey.server.grant;

import dev.latchkey.server.client.AuthenticatedClient;
import dev.latchkey.server.client.Client;
import dev.latchkey.server.http.Parameters;
import dev.latchkey.server.proof.SenderProof;
import java.net.InetAddress;

/**
 * What a grant sees of a token request.
 *
 * @param authenticated the client
 * @param parameters the grant's own
 * @param remoteAddress where the request comes from
 * @param proof what it shows of its sender; to be used up with what is redeemed
 */
public record GrantRequest(
        AuthenticatedClient authenticated, Parameters parameters, InetAddress remoteAddress, SenderProof proof) {
    public Client client() {
        return authenticated.client();
    }
}
