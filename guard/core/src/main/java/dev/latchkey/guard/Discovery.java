package dev.latchkey.guard;

import dev.latchkey.token.Json;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Finds an issuer's addresses in its metadata: where OpenID Connect Discovery §4 puts it, else where RFC 8414 §3.1 does. Asks
 * anew each time, so that an issuer may move them. Safe for many threads.
 */
final class Discovery {
    private static final int MAX_BYTES = 256 * 1024;

    private final String issuer;
    private final Http http;

    /** @throws IllegalArgumentException if the issuer is no address that may be asked */
    Discovery(String issuer, Http http) {
        this.issuer = issuer;
        this.http = http;
        http.requireSafe(URI.create(issuer));
    }

    /** The address that the metadata has under this name, {@code jwks_uri} for instance. */
    CompletableFuture<URI> endpoint(String name) {
        return fetch(openIdConnect())
                .exceptionallyCompose(failure -> fetch(authorizationServer())
                        .exceptionallyCompose(second -> CompletableFuture.failedFuture(failure)))
                .thenApply(metadata -> {
                    if (metadata.get(name) instanceof String text) {
                        return URI.create(text);
                    }
                    throw new CompletionException(new IOException("the metadata of " + issuer + " has no " + name));
                });
    }

    private URI openIdConnect() {
        String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        return URI.create(base + "/.well-known/openid-configuration");
    }

    private URI authorizationServer() {
        URI uri = URI.create(issuer);
        String path = uri.getRawPath() == null || uri.getRawPath().equals("/") ? "" : uri.getRawPath();
        return URI.create(
                uri.getScheme() + "://" + uri.getRawAuthority() + "/.well-known/oauth-authorization-server" + path);
    }

    private CompletableFuture<Map<String, Object>> fetch(URI uri) {
        return http.send(http.get(uri), MAX_BYTES).thenApply(answer -> {
            Map<String, Object> metadata = Json.parseObject(Http.body(answer, uri));
            if (!issuer.equals(metadata.get("issuer"))) {
                // RFC 8414 §3.3: otherwise one issuer could speak for another
                throw new CompletionException(new IOException(uri + " is the metadata of another issuer"));
            }
            return metadata;
        });
    }
}
