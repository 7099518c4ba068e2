package dev.latchkey.server.client;

/**
 * A client that has proven, as far as its metadata asks for, that a request is its own. Only {@link ClientAuthenticator}
 * makes one.
 */
public final class AuthenticatedClient {
    private final Client client;

    AuthenticatedClient(Client client) {
        this.client = client;
    }

    public Client client() {
        return client;
    }

    @Override
    public String toString() {
        return client.id().toString();
    }
}
