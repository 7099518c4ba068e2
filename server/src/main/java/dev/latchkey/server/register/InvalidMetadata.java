package dev.latchkey.server.register;

import dev.latchkey.server.protocol.OAuthError;
import dev.latchkey.server.protocol.OAuthException;

/** Refusals of metadata, by the name of the member. They never repeat what was sent. */
final class InvalidMetadata {
    private static final String REDIRECT_URIS = "redirect_uris";

    private InvalidMetadata() {}

    /** {@code invalid_redirect_uri} for the redirect URIs, {@code invalid_client_metadata} for all else (RFC 7591 §3.2.2). */
    static OAuthException of(String member, String reason) {
        String description = member + " " + reason;
        return new OAuthException(
                member.equals(REDIRECT_URIS)
                        ? OAuthError.invalidRedirectUri(description)
                        : OAuthError.invalidClientMetadata(description));
    }
}
