package dev.latchkey.server.setting;

import dev.latchkey.server.client.AuthenticationMethod;
import dev.latchkey.server.client.ClientMetadata;
import dev.latchkey.server.client.MetadataMap;
import dev.latchkey.server.protocol.ClientId;
import dev.latchkey.server.protocol.GrantType;
import dev.latchkey.server.protocol.ResponseType;
import dev.latchkey.server.protocol.Scope;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads clients and refuses metadata that cannot go together. One instance reads one file: it knows the ids it has seen. */
final class ClientReader {
    /** The scopes that OpenID Connect Core defines (§5.4, §11). */
    static final Set<String> STANDARD_SCOPES =
            Set.of("openid", "profile", "email", "address", "phone", "offline_access");

    private final Set<String> scopes;
    private final Set<ClientId> seen = new HashSet<>();

    ClientReader(Set<String> scopes) {
        this.scopes = scopes;
    }

    Optional<ClientSettings> read(Section section) {
        Optional<ClientId> id = section.require(ClientKeys.CLIENT_ID);
        if (id.isPresent() && !seen.add(id.get())) {
            section.refuse(ClientKeys.CLIENT_ID, "another client has this id");
        }
        Optional<String> secret = section.find(ClientKeys.CLIENT_SECRET);
        ClientMetadata metadata = metadata(section, id);
        checkSecret(section, metadata);
        ClientJoseRules.check(section, metadata, secret);
        checkGrants(section, metadata);
        checkScope(section, metadata);
        return id.map(clientId -> new ClientSettings(clientId, secret, metadata));
    }

    private static ClientMetadata metadata(Section section, Optional<ClientId> id) {
        Map<String, Object> members = ClientOptionKeys.read(section);
        members.put(
                "client_name",
                section.find(ClientKeys.CLIENT_NAME)
                        .orElse(id.map(ClientId::value).orElse("")));
        members.put("redirect_uris", section.find(ClientKeys.REDIRECT_URIS).orElse(List.of()));
        members.put(
                "grant_types",
                section.find(ClientKeys.GRANT_TYPES).orElse(List.of(GrantType.AUTHORIZATION_CODE)).stream()
                        .map(GrantType::value)
                        .toList());
        members.put("token_endpoint_auth_method", section.get(ClientKeys.METHOD).toString());
        members.put("scope", section.find(ClientKeys.SCOPE).orElse(Scope.NONE).toString());
        members.put("audience", section.find(ClientKeys.AUDIENCE).orElse(List.of()));
        members.put("require_pkce", section.get(ClientKeys.REQUIRE_PKCE));
        return MetadataMap.read(members);
    }

    private static void checkSecret(Section section, ClientMetadata metadata) {
        AuthenticationMethod method = metadata.authenticationMethod();
        boolean isPublic = method == AuthenticationMethod.NONE;
        if (!method.usesSecret() && section.isGiven(ClientKeys.CLIENT_SECRET)) {
            section.refuse(ClientKeys.CLIENT_SECRET, "is given, but token_endpoint_auth_method is " + method);
        }
        if (method.usesSecret() && !section.isGiven(ClientKeys.CLIENT_SECRET)) {
            section.refuse(
                    ClientKeys.CLIENT_SECRET,
                    "is missing, and token_endpoint_auth_method is " + method + "; a public client has none");
        }
        // RFC 6749 §4.4
        if (isPublic && metadata.grantTypes().contains(GrantType.CLIENT_CREDENTIALS)) {
            section.refuse(ClientKeys.GRANT_TYPES, "client_credentials needs a client that authenticates, not none");
        }
        // RFC 9700 §2.1.1
        if (isPublic && !metadata.requirePkce()) {
            section.refuse(ClientKeys.REQUIRE_PKCE, "a public client cannot do without PKCE (RFC 9700 §2.1.1)");
        }
    }

    private static void checkGrants(Section section, ClientMetadata metadata) {
        Set<GrantType> grants = metadata.grantTypes();
        boolean code = grants.contains(GrantType.AUTHORIZATION_CODE);
        boolean answers = code || !metadata.responseTypes().isEmpty();
        if (grants.isEmpty()) {
            section.refuse(ClientKeys.GRANT_TYPES, "has to name a grant");
        }
        if (code && !section.isGiven(ClientKeys.REDIRECT_URIS)) {
            section.refuse(
                    ClientKeys.REDIRECT_URIS,
                    "is missing: authorization_code needs one"
                            + (section.isGiven(ClientKeys.GRANT_TYPES) ? "" : ", and is the default of grant_types"));
        }
        if (!answers && section.isGiven(ClientKeys.REDIRECT_URIS)) {
            section.refuse(ClientKeys.REDIRECT_URIS, "is given, but grant_types has no authorization_code");
        }
        if (!code && metadata.responseTypes().stream().anyMatch(ResponseType::hasCode)) { // RFC 7591 §2.1
            section.refuse(ClientOptionKeys.RESPONSE_TYPES, "has a code, but grant_types has no authorization_code");
        }
        if (grants.contains(GrantType.REFRESH_TOKEN) && !code && !grants.contains(GrantType.PASSWORD)) {
            section.refuse(
                    ClientKeys.GRANT_TYPES,
                    "refresh_token needs a grant that gives refresh tokens: authorization_code or password");
        }
    }

    private void checkScope(Section section, ClientMetadata metadata) {
        for (String token : metadata.scope().tokens()) {
            if (!scopes.contains(token) && !STANDARD_SCOPES.contains(token)) {
                Set<String> known = new LinkedHashSet<>(scopes);
                known.addAll(STANDARD_SCOPES);
                String hint = Nearest.nearest(token, known)
                        .map(near -> "; did you mean " + near + "?")
                        .orElse("");
                section.refuse(ClientKeys.SCOPE, Printable.quoted(token) + " is not among the scopes" + hint);
            }
        }
    }
}
