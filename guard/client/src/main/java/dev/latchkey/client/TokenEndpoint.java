package dev.latchkey.client;

import dev.latchkey.token.Json;
import dev.latchkey.token.JsonException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The token endpoint of an issuer, at a given address or found in its metadata (RFC 8414 §3, OpenID Connect Discovery §4).
 * What was found is kept as long as it answers. Safe for many threads.
 */
final class TokenEndpoint {
    private final String issuer;
    private final @Nullable URI fixed;
    private final ClientAuthentication client;
    private final Http http;
    private final InstantSource clock;
    private volatile @Nullable URI found;

    TokenEndpoint(String issuer, Optional<URI> fixed, ClientAuthentication client, Http http, InstantSource clock) {
        this.issuer = issuer;
        this.fixed = fixed.orElse(null);
        this.client = client;
        this.http = http;
        this.clock = clock;
        http.requireSafe(fixed.orElseGet(() -> URI.create(issuer)));
    }

    /**
     * The answer to a token request.
     *
     * @throws TokenException if it has no token
     */
    TokenAnswer ask(Form form) {
        try {
            URI endpoint = endpoint();
            HttpRequest.Builder request = HttpRequest.newBuilder(endpoint)
                    .header("Accept", "application/json")
                    .header("Content-Type", "application/x-www-form-urlencoded");
            client.apply(form, request, issuer, clock);
            request.POST(BodyPublishers.ofString(form.text()));
            return TokenAnswer.of(http.send(request), endpoint, clock.instant());
        } catch (IOException | IllegalArgumentException e) {
            found = null;
            throw new TokenUnavailableException(
                    "the token server " + issuer + " cannot be asked: " + e.getMessage(), null, e);
        } catch (TokenUnavailableException e) {
            found = null; // it may have moved
            throw e;
        }
    }

    private URI endpoint() throws IOException {
        if (fixed != null) {
            return fixed;
        }
        URI known = found;
        if (known == null) {
            known = discovered();
            found = known;
        }
        return known;
    }

    private URI discovered() throws IOException {
        Map<String, Object> metadata;
        try {
            metadata = metadata(authorizationServer());
        } catch (IOException e) {
            metadata = metadata(openIdConnect());
        }
        if (metadata.get("token_endpoint") instanceof String address) {
            return URI.create(address);
        }
        throw new IOException("its metadata has no token_endpoint");
    }

    private URI authorizationServer() {
        URI uri = URI.create(issuer);
        String path = uri.getRawPath() == null || uri.getRawPath().equals("/") ? "" : uri.getRawPath();
        return URI.create(
                uri.getScheme() + "://" + uri.getRawAuthority() + "/.well-known/oauth-authorization-server" + path);
    }

    private URI openIdConnect() {
        String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        return URI.create(base + "/.well-known/openid-configuration");
    }

    private Map<String, Object> metadata(URI uri) throws IOException {
        Http.Answer answer = http.send(HttpRequest.newBuilder(uri).header("Accept", "application/json"));
        if (answer.status() != 200) {
            throw new IOException(uri + " answered " + answer.status());
        }
        try {
            Map<String, Object> metadata = Json.parseObject(answer.body());
            if (!issuer.equals(metadata.get("issuer"))) {
                // RFC 8414 §3.3: otherwise another server could have our credentials sent to it
                throw new IOException(uri + " is the metadata of another issuer");
            }
            return metadata;
        } catch (JsonException e) {
            throw new IOException(uri + " is no JSON object", e);
        }
    }

    @Override
    public String toString() {
        return client.clientId() + " at " + issuer;
    }
}
