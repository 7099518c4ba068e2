package dev.latchkey.server.setting;

import dev.latchkey.server.client.AuthenticationMethod;
import dev.latchkey.server.protocol.ClientId;
import dev.latchkey.server.protocol.GrantType;
import dev.latchkey.server.protocol.Scope;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The keys of a client in the file: client metadata by the names of RFC 7591 §2. */
final class ClientKeys {
    static final Key<ClientId> CLIENT_ID = Key.of(
            "client_id",
            new ScalarType<>(
                    "text",
                    "1 to 255 printable ASCII characters",
                    text -> Optional.of(text).filter(ClientId::isValid).map(ClientId::new)),
            "The identifier of the client");
    static final Key<String> CLIENT_SECRET = Key.of(
                    "client_secret",
                    Types.text("text", "at least 16 visible characters", ClientKeys::isSecret),
                    "Its secret, at least 16 characters; best taken from the environment, as in ${WEB_SECRET}")
            .absent("none")
            .hidden();
    static final Key<String> CLIENT_NAME =
            Key.of("client_name", Types.text(), "Its name, as shown to people").absent("the client_id");
    static final Key<List<String>> REDIRECT_URIS = Key.of(
                    "redirect_uris",
                    new ListType<>(Types.text(
                            "URL",
                            "an https URL, an http URL on localhost, or a private-use scheme such as"
                                    + " com.example.app:/callback, without a fragment",
                            Urls::isRedirectUri)),
                    "Where authorization answers may be sent")
            .absent("none");
    static final Key<List<GrantType>> GRANT_TYPES = Key.of(
                    "grant_types", new ListType<>(Types.oneOf(grants())), "The grants it may use at the token endpoint")
            .absent("[authorization_code]");
    static final Key<AuthenticationMethod> METHOD = Key.of(
                    "token_endpoint_auth_method",
                    Types.oneOf(methods()),
                    "How it authenticates; none for a public client, as a page or an app is")
            .or("client_secret_basic");
    static final Key<Scope> SCOPE = Key.of(
                    "scope",
                    new ScalarType<>("scopes, separated by spaces", "scopes separated by spaces", Scope::parse),
                    "All it may ask for, and what it gets when it asks for nothing")
            .absent("none");
    static final Key<List<String>> AUDIENCE = Key.of(
                    "audience",
                    new ListType<>(Types.text("URL", "an absolute URI without a fragment", Urls::isResource)),
                    "The resources it may ask tokens for (RFC 8707)")
            .absent("the issuer");
    static final Key<Boolean> REQUIRE_PKCE = Key.of(
                    "require_pkce",
                    Types.flag(),
                    "Whether codes need PKCE; false only for a confidential client that uses nonce (RFC 9700 §2.1.1)")
            .or("true");

    static final List<Key<?>> ALL = Stream.concat(
                    Stream.of(
                            CLIENT_ID,
                            CLIENT_SECRET,
                            CLIENT_NAME,
                            REDIRECT_URIS,
                            GRANT_TYPES,
                            METHOD,
                            SCOPE,
                            AUDIENCE,
                            REQUIRE_PKCE),
                    ClientOptionKeys.ALL.stream())
            .toList();

    private static final int MIN_SECRET = 16;

    private ClientKeys() {}

    static Key<List<ClientSettings>> list(Set<String> scopes) {
        return Key.of(
                        "clients",
                        new ListType<>(new RecordType<>("client", ALL, new ClientReader(scopes)::read)),
                        "Clients to be created or brought up to date at start")
                .absent("none");
    }

    private static Map<String, GrantType> grants() {
        Map<String, GrantType> grants = new LinkedHashMap<>();
        for (GrantType grant : List.of(
                GrantType.AUTHORIZATION_CODE,
                GrantType.REFRESH_TOKEN,
                GrantType.CLIENT_CREDENTIALS,
                GrantType.IMPLICIT,
                GrantType.PASSWORD)) {
            grants.put(grant.value(), grant);
        }
        return Collections.unmodifiableMap(grants);
    }

    private static Map<String, AuthenticationMethod> methods() {
        Map<String, AuthenticationMethod> methods = new LinkedHashMap<>();
        for (AuthenticationMethod method : AuthenticationMethod.values()) {
            methods.put(method.toString(), method);
        }
        return Collections.unmodifiableMap(methods);
    }

    // RFC 6749 appendix A.2
    private static boolean isSecret(String text) {
        return text.length() >= MIN_SECRET && text.chars().allMatch(c -> c >= 0x20 && c <= 0x7e);
    }
}
