package dev.latchkey.server.client;

import java.net.URI;
import java.util.Optional;

/** Gets the document behind a {@code jwks_uri}; empty where it cannot be had. Blocks, so never inside a unit of work. */
public interface JwksFetch {
    /** The document, perhaps one that was fetched before. */
    Optional<String> get(URI uri);

    /** Like {@link #get}, for whoever missed a key in that one: fetched anew, unless that happened a moment ago. */
    Optional<String> getAgain(URI uri);
}
