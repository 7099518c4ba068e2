package dev.latchkey.server.discovery;

import dev.latchkey.server.client.AuthenticationMethod;
import dev.latchkey.server.client.ClientAssertions;
import dev.latchkey.server.client.ClientMetadata.Encryption;
import dev.latchkey.server.client.ClientMetadata.Protection;
import dev.latchkey.server.http.Handler;
import dev.latchkey.server.http.Request;
import dev.latchkey.server.http.Response;
import dev.latchkey.server.proof.DpopProofs;
import dev.latchkey.server.protocol.ResponseMode;
import dev.latchkey.server.protocol.ResponseType;
import dev.latchkey.server.token.IdTokens;
import dev.latchkey.token.Algorithm;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code /.well-known/openid-configuration} and {@code /.well-known/oauth-authorization-server}: one document under two
 * names (OpenID Connect Discovery §3, RFC 8414 §2).
 */
public final class MetadataEndpoint implements Handler {
    private final Response response;

    /**
     * What differs between configurations.
     *
     * @param issuer the issuer identifier
     * @param scopes all that a client can be given
     * @param grantTypes those that the token endpoint serves
     * @param signingAlgorithms tokens may be signed with
     * @param claims told of users
     * @param registrationEndpoint if clients can register themselves
     * @param statusListAggregationEndpoint if there are status lists
     * @param requirePush whether every client has to push its authorization requests
     */
    public record Capabilities(
            String issuer,
            List<String> scopes,
            List<String> grantTypes,
            List<String> signingAlgorithms,
            List<String> claims,
            Optional<String> registrationEndpoint,
            Optional<String> statusListAggregationEndpoint,
            boolean requirePush) {}

    public MetadataEndpoint(Capabilities capabilities) {
        this.response = Response.json(metadata(capabilities)).withHeader("Cache-Control", "public, max-age=300");
    }

    private static Map<String, Object> metadata(Capabilities capabilities) {
        String issuer = capabilities.issuer();
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("issuer", issuer);
        metadata.put("authorization_endpoint", issuer + "/authorize");
        metadata.put("pushed_authorization_request_endpoint", issuer + "/par"); // RFC 9126 §5
        metadata.put("require_pushed_authorization_requests", capabilities.requirePush());
        metadata.put("token_endpoint", issuer + "/token");
        metadata.put("userinfo_endpoint", issuer + "/userinfo");
        metadata.put("revocation_endpoint", issuer + "/revoke");
        metadata.put("introspection_endpoint", issuer + "/introspect");
        capabilities.registrationEndpoint().ifPresent(url -> metadata.put("registration_endpoint", url));
        metadata.put("end_session_endpoint", issuer + "/logout"); // RP-Initiated Logout §2.1
        metadata.put("jwks_uri", issuer + "/jwks");
        capabilities // Token Status List §9.1
                .statusListAggregationEndpoint()
                .ifPresent(url -> metadata.put("status_list_aggregation_endpoint", url));
        metadata.put("scopes_supported", capabilities.scopes());
        metadata.put(
                "response_types_supported",
                Arrays.stream(ResponseType.values()).map(ResponseType::toString).toList());
        metadata.put(
                "response_modes_supported",
                Arrays.stream(ResponseMode.values()).map(ResponseMode::toString).toList());
        metadata.put("grant_types_supported", capabilities.grantTypes());
        metadata.put("subject_types_supported", List.of("public", "pairwise"));
        metadata.put("code_challenge_methods_supported", List.of("S256"));
        metadata.put("authorization_response_iss_parameter_supported", true);
        metadata.put("prompt_values_supported", List.of("none", "login", "consent", "select_account"));
        metadata.put("acr_values_supported", List.of(IdTokens.ACR));
        metadata.put("claims_parameter_supported", true);
        metadata.put("request_parameter_supported", false);
        metadata.put("id_token_signing_alg_values_supported", capabilities.signingAlgorithms());
        metadata.put(
                "userinfo_signing_alg_values_supported",
                Protection.SIGNATURES.stream().map(Algorithm::name).toList());
        putClientAuthentication(metadata, "token", AuthenticationMethod.values());
        putClientAuthentication(metadata, "revocation", AuthenticationMethod.values());
        putClientAuthentication(metadata, "introspection", confidential());
        metadata.put("dpop_signing_alg_values_supported", DpopProofs.algorithms()); // RFC 9449 §5.1
        putEncryption(metadata, "id_token");
        putEncryption(metadata, "userinfo");
        metadata.put("backchannel_logout_supported", true); // Back-Channel Logout §2.1
        metadata.put("backchannel_logout_session_supported", true);
        metadata.put("frontchannel_logout_supported", true); // Front-Channel Logout §3
        metadata.put("frontchannel_logout_session_supported", true);
        metadata.put("claim_types_supported", List.of("normal")); // OpenID Connect Core §5.6
        metadata.put("claims_supported", capabilities.claims());
        metadata.put("request_uri_parameter_supported", false); // OpenID Connect Discovery §3: true unless it is told
        metadata.put("service_documentation", issuer + "/docs");
        return metadata;
    }

    private static void putClientAuthentication(
            Map<String, Object> metadata, String endpoint, AuthenticationMethod... methods) {
        metadata.put(
                endpoint + "_endpoint_auth_methods_supported",
                Arrays.stream(methods).map(AuthenticationMethod::toString).toList());
        metadata.put( // RFC 8414 §2: asked for where there are assertions
                endpoint + "_endpoint_auth_signing_alg_values_supported",
                Arrays.stream(methods)
                        .flatMap(method -> ClientAssertions.algorithms(method).stream())
                        .map(Algorithm::name)
                        .toList());
    }

    private static void putEncryption(Map<String, Object> metadata, String what) {
        metadata.put(what + "_encryption_alg_values_supported", Encryption.ALGORITHMS);
        metadata.put(what + "_encryption_enc_values_supported", Encryption.CONTENTS);
    }

    private static AuthenticationMethod[] confidential() {
        return Arrays.stream(AuthenticationMethod.values())
                .filter(method -> method != AuthenticationMethod.NONE)
                .toArray(AuthenticationMethod[]::new);
    }

    @Override
    public Response handle(Request request) {
        return response;
    }
}
