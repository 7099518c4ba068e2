package dev.latchkey.server.client;

import dev.latchkey.server.client.ClientMetadata.About;
import dev.latchkey.server.client.ClientMetadata.ApplicationType;
import dev.latchkey.server.client.ClientMetadata.Bound;
import dev.latchkey.server.client.ClientMetadata.Encryption;
import dev.latchkey.server.client.ClientMetadata.Jose;
import dev.latchkey.server.client.ClientMetadata.Logout;
import dev.latchkey.server.client.ClientMetadata.Protection;
import dev.latchkey.server.client.ClientMetadata.SignIn;
import dev.latchkey.server.client.ClientMetadata.SubjectType;
import dev.latchkey.server.protocol.GrantType;
import dev.latchkey.server.protocol.ResponseType;
import dev.latchkey.server.protocol.Scope;
import dev.latchkey.token.Algorithm;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Client metadata as the members of a JSON object, by the names of RFC 7591 §2, OpenID Connect Registration §2 and the three
 * logout specifications: in the store, in the configuration and in registration. Members without a value are left out.
 */
public final class MetadataMap {
    private static final String CODE_GRANT = GrantType.AUTHORIZATION_CODE.value();

    private MetadataMap() {}

    /** A member that has the wrong type or a value that there is not. */
    public static final class BadMemberException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final String member;

        BadMemberException(String member, String reason) {
            super(member + " " + reason, null, false, false);
            this.member = member;
        }

        public String member() {
            return member;
        }
    }

    /** The members that say something; those of the server's own are {@code require_pkce} and {@code skip_consent}. */
    public static Map<String, Object> of(ClientMetadata metadata) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("client_name", metadata.clientName());
        put(map, "redirect_uris", metadata.redirectUris());
        map.put(
                "grant_types",
                metadata.grantTypes().stream().map(GrantType::value).sorted().toList());
        map.put(
                "response_types",
                metadata.responseTypes().stream()
                        .map(ResponseType::toString)
                        .sorted()
                        .toList());
        map.put("token_endpoint_auth_method", metadata.authenticationMethod().toString());
        map.put("scope", metadata.scope().toString());
        put(map, "audience", metadata.audience());
        map.put("require_pkce", metadata.requirePkce());
        putAbout(map, metadata.about());
        putSignIn(map, metadata.signIn());
        putJose(map, metadata.jose());
        putLogout(map, metadata.logout());
        put(map, "dpop_bound_access_tokens", metadata.bound().dpop());
        return map;
    }

    private static void putAbout(Map<String, Object> map, About about) {
        put(map, "client_uri", about.clientUri());
        put(map, "logo_uri", about.logoUri());
        put(map, "policy_uri", about.policyUri());
        put(map, "tos_uri", about.tosUri());
        put(map, "contacts", about.contacts());
    }

    private static void putSignIn(Map<String, Object> map, SignIn signIn) {
        map.put("application_type", word(signIn.applicationType()));
        map.put("subject_type", word(signIn.subjectType()));
        put(map, "sector_identifier_uri", signIn.sectorIdentifierUri());
        put(map, "default_max_age", signIn.defaultMaxAge().map(Duration::toSeconds));
        put(map, "require_auth_time", signIn.requireAuthTime());
        put(map, "default_acr_values", signIn.defaultAcrValues());
        put(map, "initiate_login_uri", signIn.initiateLoginUri());
        put(map, "require_pushed_authorization_requests", signIn.requirePushedRequests());
        put(map, "skip_consent", signIn.skipConsent());
    }

    private static void putJose(Map<String, Object> map, Jose jose) {
        put(map, "jwks", jose.jwks());
        put(map, "jwks_uri", jose.jwksUri());
        put(map, "token_endpoint_auth_signing_alg", jose.assertionAlgorithm().map(Algorithm::name));
        putProtection(map, "id_token", jose.idToken());
        putProtection(map, "userinfo", jose.userInfo());
    }

    private static void putProtection(Map<String, Object> map, String what, Protection protection) {
        put(map, what + "_signed_response_alg", protection.signature().map(Algorithm::name));
        put(map, what + "_encrypted_response_alg", protection.encryption().map(Encryption::algorithm));
        put(map, what + "_encrypted_response_enc", protection.encryption().map(Encryption::content));
    }

    private static void putLogout(Map<String, Object> map, Logout logout) {
        put(map, "post_logout_redirect_uris", logout.postLogoutRedirectUris());
        put(map, "backchannel_logout_uri", logout.backChannelUri());
        put(map, "backchannel_logout_session_required", logout.backChannelSessionRequired());
        put(map, "frontchannel_logout_uri", logout.frontChannelUri());
        put(map, "frontchannel_logout_session_required", logout.frontChannelSessionRequired());
    }

    private static void put(Map<String, Object> map, String name, Optional<?> value) {
        value.ifPresent(present -> map.put(name, present));
    }

    private static void put(Map<String, Object> map, String name, List<?> values) {
        if (!values.isEmpty()) {
            map.put(name, values);
        }
    }

    private static void put(Map<String, Object> map, String name, boolean value) {
        if (value) {
            map.put(name, true);
        }
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads metadata with the defaults of RFC 7591 §2; members that it does not know are passed over. What goes together with
     * what is for the caller to check.
     *
     * @throws BadMemberException naming the first member that cannot be read
     */
    public static ClientMetadata read(Map<String, Object> map) {
        Members members = new Members(map);
        List<String> grantTypes = members.texts("grant_types", List.of(CODE_GRANT));
        return new ClientMetadata(
                members.text("client_name").orElse(""),
                members.texts("redirect_uris"),
                grantTypes.stream().map(GrantType::new).collect(Collectors.toUnmodifiableSet()),
                members.words(
                        "response_types",
                        grantTypes.contains(CODE_GRANT) ? List.of(ResponseType.CODE.toString()) : List.of(),
                        ResponseType::named),
                members.word("token_endpoint_auth_method", AuthenticationMethod::named)
                        .orElse(AuthenticationMethod.CLIENT_SECRET_BASIC),
                members.word("scope", Scope::parse).orElse(Scope.NONE),
                members.texts("audience"),
                members.flag("require_pkce", true),
                about(members),
                signIn(members),
                jose(members),
                logout(members),
                new Bound(members.flag("dpop_bound_access_tokens", false)));
    }

    private static About about(Members members) {
        return new About(
                members.text("client_uri"),
                members.text("logo_uri"),
                members.text("policy_uri"),
                members.text("tos_uri"),
                members.texts("contacts"));
    }

    private static SignIn signIn(Members members) {
        return new SignIn(
                members.word("application_type", named(ApplicationType.values()))
                        .orElse(ApplicationType.WEB),
                members.word("subject_type", named(SubjectType.values())).orElse(SubjectType.PUBLIC),
                members.text("sector_identifier_uri"),
                members.seconds("default_max_age"),
                members.flag("require_auth_time", false),
                members.texts("default_acr_values"),
                members.text("initiate_login_uri"),
                members.flag("require_pushed_authorization_requests", false),
                members.flag("skip_consent", false));
    }

    private static Jose jose(Members members) {
        return new Jose(
                members.object("jwks"),
                members.text("jwks_uri"),
                members.word("token_endpoint_auth_signing_alg", Algorithm::named),
                protection(members, "id_token"),
                protection(members, "userinfo"));
    }

    private static Protection protection(Members members, String what) {
        Optional<String> algorithm = members.text(what + "_encrypted_response_alg");
        Optional<String> content = members.text(what + "_encrypted_response_enc");
        if (content.isPresent() && algorithm.isEmpty()) { // OpenID Connect Registration §2
            throw new BadMemberException(
                    what + "_encrypted_response_enc", "is given without " + what + "_encrypted_response_alg");
        }
        return new Protection(
                members.word(what + "_signed_response_alg", Algorithm::named),
                algorithm.map(alg -> new Encryption(alg, content.orElse(Encryption.DEFAULT_CONTENT))));
    }

    private static Logout logout(Members members) {
        return new Logout(
                members.texts("post_logout_redirect_uris"),
                members.text("backchannel_logout_uri"),
                members.flag("backchannel_logout_session_required", false),
                members.text("frontchannel_logout_uri"),
                members.flag("frontchannel_logout_session_required", false));
    }

    private static <E extends Enum<E>> Function<String, Optional<E>> named(E[] values) {
        return text -> List.of(values).stream()
                .filter(value -> word(value).equals(text))
                .findFirst();
    }
}
