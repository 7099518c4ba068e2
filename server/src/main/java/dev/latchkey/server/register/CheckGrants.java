package dev.latchkey.server.register;

import dev.latchkey.server.client.AuthenticationMethod;
import dev.latchkey.server.client.ClientMetadata;
import dev.latchkey.server.protocol.GrantType;
import dev.latchkey.server.protocol.ResponseType;
import java.util.Set;

/** Takes grants that registered clients may use, and response types that go with them (RFC 7591 §2.1). */
final class CheckGrants implements MetadataCheck {
    private static final String GRANT_TYPES = "grant_types";

    private final Set<GrantType> allowed;

    CheckGrants(Set<GrantType> allowed) {
        this.allowed = allowed;
    }

    @Override
    public void check(ClientMetadata metadata) {
        Set<GrantType> grants = metadata.grantTypes();
        if (grants.isEmpty()) {
            throw InvalidMetadata.of(GRANT_TYPES, "has to name a grant");
        }
        if (!allowed.containsAll(grants)) {
            throw InvalidMetadata.of(GRANT_TYPES, "has a value that is not supported");
        }
        boolean isPublic = metadata.authenticationMethod() == AuthenticationMethod.NONE;
        if (isPublic && grants.contains(GrantType.CLIENT_CREDENTIALS)) { // RFC 6749 §4.4
            throw InvalidMetadata.of(GRANT_TYPES, "has client_credentials, which a public client cannot use");
        }
        if (grants.contains(GrantType.REFRESH_TOKEN) && !grants.contains(GrantType.AUTHORIZATION_CODE)) {
            throw InvalidMetadata.of(GRANT_TYPES, "has refresh_token, which needs authorization_code");
        }
        checkResponseTypes(metadata);
    }

    private static void checkResponseTypes(ClientMetadata metadata) {
        Set<GrantType> grants = metadata.grantTypes();
        Set<ResponseType> types = metadata.responseTypes();
        if (types.stream().anyMatch(ResponseType::hasCode) && !grants.contains(GrantType.AUTHORIZATION_CODE)) {
            throw InvalidMetadata.of("response_types", "has a code, which needs the grant authorization_code");
        }
        if (types.stream().anyMatch(ResponseType::hasIdToken) && !grants.contains(GrantType.IMPLICIT)) {
            throw InvalidMetadata.of("response_types", "has an id_token, which needs the grant implicit");
        }
        boolean redirects = grants.contains(GrantType.AUTHORIZATION_CODE) || grants.contains(GrantType.IMPLICIT);
        if (redirects && types.isEmpty()) {
            throw InvalidMetadata.of("response_types", "has to name one, as grant_types has a grant by redirection");
        }
        if (redirects && metadata.redirectUris().isEmpty()) { // RFC 7591 §2
            throw InvalidMetadata.of("redirect_uris", "is missing");
        }
        if (!redirects && !metadata.redirectUris().isEmpty()) {
            throw InvalidMetadata.of("redirect_uris", "is given, but grant_types has no grant by redirection");
        }
    }
}
