package dev.latchkey.server.register;

import dev.latchkey.server.client.AuthenticationMethod;
import dev.latchkey.server.client.ClientMetadata;
import dev.latchkey.server.client.MetadataMap;
import dev.latchkey.server.client.MetadataMap.BadMemberException;
import dev.latchkey.server.outbound.Outbound;
import dev.latchkey.server.protocol.GrantType;
import dev.latchkey.server.protocol.OAuthException;
import dev.latchkey.server.protocol.Scope;
import dev.latchkey.token.Algorithm;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes metadata of what a client says of itself: completes it, and refuses by name what it cannot have. Members of the
 * server's own, as {@code skip_consent} and {@code audience}, are the operator's to give and are passed over. Safe for many
 * threads; may wait for another server.
 */
final class MetadataReader {
    private static final String REQUIRE_PKCE = "require_pkce";
    private static final String GRANT_TYPES = "grant_types";
    /** Of the operator's own clients only. */
    private static final Set<String> NOT_FOR_STRANGERS = Set.of("skip_consent", "audience", REQUIRE_PKCE);

    private final RegistrationSettings settings;
    private final Scope allowedScope;
    private final List<MetadataCheck> checks;

    /**
     * Makes a reader.
     *
     * @param standardScopes those of OpenID Connect, which every client may have
     */
    MetadataReader(RegistrationSettings settings, Collection<String> standardScopes, Outbound outbound) {
        this.settings = settings;
        Set<String> scopes = new LinkedHashSet<>(standardScopes);
        scopes.addAll(settings.scopes());
        this.allowedScope = new Scope(scopes);
        this.checks = List.of(
                new CheckGrants(settings.grantTypes()),
                new CheckRedirectUris(),
                new CheckLinks(),
                new CheckTexts(),
                new CheckScope(allowedScope),
                new CheckProtection(),
                new CheckKeys(),
                new CheckSector(outbound));
    }

    /**
     * Reads.
     *
     * @throws OAuthException naming the first member that cannot be accepted
     */
    ClientMetadata read(Map<String, Object> given) {
        RefuseUnsupported.check(given);
        ClientMetadata metadata = parse(completed(given));
        checks.forEach(check -> check.check(metadata));
        return metadata;
    }

    private static ClientMetadata parse(Map<String, Object> members) {
        try {
            return MetadataMap.read(members);
        } catch (BadMemberException e) {
            String message = String.valueOf(e.getMessage());
            throw InvalidMetadata.of(
                    e.member(), message.substring(e.member().length()).strip());
        }
    }

    private Map<String, Object> completed(Map<String, Object> given) {
        Map<String, Object> members = new LinkedHashMap<>();
        given.forEach((name, value) -> {
            if (value != null && !NOT_FOR_STRANGERS.contains(name)) {
                members.put(name, value);
            }
        });
        members.putIfAbsent("scope", allowedScope.toString());
        members.putIfAbsent("id_token_signed_response_alg", Algorithm.RS256.name()); // OpenID Connect Registration §2
        if (members.get("response_types") instanceof List<?> types) {
            members.putIfAbsent(GRANT_TYPES, grantsFor(types)); // RFC 7591 §2.1
        }
        boolean isPublic = AuthenticationMethod.NONE.toString().equals(members.get("token_endpoint_auth_method"));
        members.put(REQUIRE_PKCE, settings.requirePkce() || isPublic); // RFC 9700 §2.1.1
        return members;
    }

    private static List<String> grantsFor(List<?> responseTypes) {
        List<String> words = responseTypes.stream()
                .flatMap(type -> List.of(String.valueOf(type).split(" ", -1)).stream())
                .toList();
        List<String> grants = new ArrayList<>();
        if (words.contains("code")) {
            grants.add(GrantType.AUTHORIZATION_CODE.value());
        }
        if (words.contains("id_token")) {
            grants.add(GrantType.IMPLICIT.value());
        }
        return grants;
    }
}
