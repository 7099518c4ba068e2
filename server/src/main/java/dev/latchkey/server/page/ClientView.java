package dev.latchkey.server.page;

import dev.latchkey.server.client.Client;
import dev.latchkey.server.client.ClientMetadata;
import java.util.Objects;
import java.util.Optional;

/**
 * An application as pages show it (OpenID Connect Registration §2). All of it is what the application says of itself: the
 * texts are escaped, links are made of http and https only, and a logo that would have to be fetched from elsewhere is not
 * shown.
 */
public record ClientView(
        String name,
        Optional<String> logoUri,
        Optional<String> clientUri,
        Optional<String> policyUri,
        Optional<String> tosUri) {
    public ClientView {
        Objects.requireNonNull(name);
        Objects.requireNonNull(logoUri);
        Objects.requireNonNull(clientUri);
        Objects.requireNonNull(policyUri);
        Objects.requireNonNull(tosUri);
    }

    /** The client as its metadata describes it; by its id where it has no name. */
    public static ClientView of(Client client) {
        String name = client.metadata().clientName();
        ClientMetadata.About about = client.metadata().about();
        return new ClientView(
                name.isBlank() ? client.id().value() : name,
                about.logoUri(),
                about.clientUri(),
                about.policyUri(),
                about.tosUri());
    }

    /** One that says nothing but its name. */
    public static ClientView named(String name) {
        return new ClientView(name, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
