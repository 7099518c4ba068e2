package dev.latchkey.server.discovery;

import dev.latchkey.server.http.Handler;
import dev.latchkey.server.http.Request;
import dev.latchkey.server.http.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code /.well-known/openid-configuration} and {@code /.well-known/oauth-authorization-server}: one document under two
 * names (OpenID Connect Discovery §3, RFC 8414 §2).
 */
public final class MetadataEndpoint implements Handler {
    private static final List<String> CLIENT_AUTHENTICATION = List.of("client_secret_basic", "client_secret_post");

    private final Response response;

    /**
     * What differs between configurations.
     *
     * @param issuer the issuer identifier
     * @param scopes all that a client can be given
     * @param grantTypes those that the token endpoint serves
     * @param signingAlgorithms tokens may be signed with
     * @param claims told of users
     */
    public record Capabilities(
            String issuer,
            List<String> scopes,
            List<String> grantTypes,
            List<String> signingAlgorithms,
            List<String> claims) {}

    public MetadataEndpoint(Capabilities capabilities) {
        this.response = Response.json(metadata(capabilities)).withHeader("Cache-Control", "public, max-age=300");
    }

    private static Map<String, Object> metadata(Capabilities capabilities) {
        String issuer = capabilities.issuer();
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("issuer", issuer);
        metadata.put("token_endpoint", issuer + "/token");
        metadata.put("userinfo_endpoint", issuer + "/userinfo");
        metadata.put("revocation_endpoint", issuer + "/revoke");
        metadata.put("introspection_endpoint", issuer + "/introspect");
        metadata.put("jwks_uri", issuer + "/jwks");
        metadata.put("scopes_supported", capabilities.scopes());
        metadata.put("response_types_supported", List.of());
        metadata.put("grant_types_supported", capabilities.grantTypes());
        metadata.put("subject_types_supported", List.of("public"));
        metadata.put("id_token_signing_alg_values_supported", capabilities.signingAlgorithms());
        metadata.put("token_endpoint_auth_methods_supported", withNone());
        metadata.put("revocation_endpoint_auth_methods_supported", withNone());
        metadata.put("introspection_endpoint_auth_methods_supported", CLIENT_AUTHENTICATION);
        metadata.put("claims_supported", capabilities.claims());
        metadata.put("request_uri_parameter_supported", false); // OpenID Connect Discovery §3: true unless it is told
        metadata.put("service_documentation", issuer + "/docs");
        return metadata;
    }

    private static List<String> withNone() {
        return List.of(CLIENT_AUTHENTICATION.get(0), CLIENT_AUTHENTICATION.get(1), "none");
    }

    @Override
    public Response handle(Request request) {
        return response;
    }
}
