package dev.latchkey.server.client;

import dev.latchkey.server.client.ClientMetadata.Jose;
import dev.latchkey.server.outbound.Outbound;
import dev.latchkey.server.outbound.OutboundDocument;
import dev.latchkey.server.outbound.OutboundException;
import dev.latchkey.token.Json;
import dev.latchkey.token.KeySource;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Finds the public keys of clients: those of {@code jwks}, or behind {@code jwks_uri}. The latter are fetched again when the
 * one that is looked for is not among them. Blocks on others, so never to be asked inside a unit of work. Safe for many
 * threads.
 */
public final class ClientKeySource {
    private static final System.Logger LOG = System.getLogger(ClientKeySource.class.getName());
    private static final int MAX_PARSED = 200;

    private final Outbound outbound;
    /** By their text, since the same few are asked for again and again. */
    private final Map<String, ClientKeySet> parsed = new ConcurrentHashMap<>();

    public ClientKeySource(Outbound outbound) {
        this.outbound = outbound;
    }

    /** The keys that verify what the client has signed. */
    public KeySource verifying(Client client) {
        return (keyId, algorithm) ->
                search(client, keys -> keys.verifying(keyId, algorithm), found -> !found.isEmpty());
    }

    /**
     * Searches the keys that are known of the client and, where that finds nothing, those that a new look brings.
     *
     * @return what was found last, whether or not it is enough
     */
    public <T> T search(Client client, Function<ClientKeySet, T> search, Predicate<T> isEnough) {
        Jose jose = client.metadata().jose();
        if (jose.jwks().isPresent()) {
            return search.apply(keys(Optional.of(Json.write(jose.jwks().get()))));
        }
        if (jose.jwksUri().isEmpty()) {
            return search.apply(ClientKeySet.EMPTY);
        }
        URI uri = URI.create(jose.jwksUri().get());
        T found = search.apply(keys(fetched(client, () -> outbound.getCached(uri))));
        return isEnough.test(found) ? found : search.apply(keys(fetched(client, () -> outbound.fetchAgain(uri))));
    }

    @FunctionalInterface
    private interface Fetch {
        OutboundDocument run() throws OutboundException;
    }

    private static Optional<String> fetched(Client client, Fetch fetch) {
        try {
            return Optional.of(fetch.run().text());
        } catch (OutboundException e) {
            LOG.log(Level.WARNING, "no keys of client {0} at its jwks_uri: {1}", client.id(), e.getMessage());
            return Optional.empty();
        }
    }

    private ClientKeySet keys(Optional<String> document) {
        if (document.isEmpty()) {
            return ClientKeySet.EMPTY;
        }
        ClientKeySet known = parsed.get(document.get());
        if (known != null) {
            return known;
        }
        ClientKeySet keys = parse(document.get());
        if (parsed.size() >= MAX_PARSED) {
            parsed.clear();
        }
        parsed.put(document.get(), keys);
        return keys;
    }

    private static ClientKeySet parse(String document) {
        try {
            return ClientKeySet.parse(document);
        } catch (IllegalArgumentException e) { // what somebody else serves is no reason to fail
            return ClientKeySet.EMPTY;
        }
    }
}
