package dev.latchkey.server.register;

import dev.latchkey.server.protocol.OAuthError;
import dev.latchkey.server.protocol.OAuthException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Refuses by name what specifications define and this server does not do: a client that asks for it counts on it. Members that
 * no specification knows are passed over (RFC 7591 §2).
 */
final class RefuseUnsupported {
    private static final List<String> UNSUPPORTED = List.of(
            // OpenID Connect Registration §2
            "request_uris",
            "request_object_signing_alg",
            "request_object_encryption_alg",
            "request_object_encryption_enc",
            "require_signed_request_object", // RFC 9101 §10.5
            "authorization_details_types", // RFC 9396 §10
            // RFC 8705 §2.1.2, §3.4
            "tls_client_auth_subject_dn",
            "tls_client_auth_san_dns",
            "tls_client_auth_san_uri",
            "tls_client_auth_san_ip",
            "tls_client_auth_san_email",
            "tls_client_certificate_bound_access_tokens",
            // JWT Secured Authorization Response Mode §3
            "authorization_signed_response_alg",
            "authorization_encrypted_response_alg",
            "authorization_encrypted_response_enc",
            // RFC 9701 §6
            "introspection_signed_response_alg",
            "introspection_encrypted_response_alg",
            "introspection_encrypted_response_enc",
            // OpenID Connect Client-Initiated Backchannel Authentication §4
            "backchannel_token_delivery_mode",
            "backchannel_client_notification_endpoint",
            "backchannel_authentication_request_signing_alg",
            "backchannel_user_code_parameter");

    private RefuseUnsupported() {}

    static void check(Map<String, Object> members) {
        if (members.get("software_statement") != null) {
            throw new OAuthException(OAuthError.unapprovedSoftwareStatement());
        }
        for (String name : UNSUPPORTED) {
            if (asksForSomething(members.get(name))) {
                throw InvalidMetadata.of(name, "is not supported");
            }
        }
    }

    private static boolean asksForSomething(@Nullable Object value) {
        return value != null && !value.equals(false) && !(value instanceof List<?> list && list.isEmpty());
    }
}
