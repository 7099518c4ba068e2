package dev.latchkey.server.setting;

import dev.latchkey.server.client.ClientMetadata.Encryption;
import dev.latchkey.server.client.ClientMetadata.Protection;
import dev.latchkey.server.protocol.ResponseType;
import dev.latchkey.token.Algorithm;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The keys of a client beyond plain OAuth: OpenID Connect Registration §2 and the logout specifications. Each is read into
 * what it would be in a registration's JSON.
 */
final class ClientOptionKeys {
    private static final List<String> SIGNATURES =
            Protection.SIGNATURES.stream().map(Algorithm::name).toList();

    static final Key<List<String>> RESPONSE_TYPES = Key.of(
                    "response_types",
                    new ListType<>(word(Arrays.stream(ResponseType.values())
                            .map(ResponseType::toString)
                            .toList())),
                    "What it may ask for at the authorization endpoint")
            .absent("[code] with the grant authorization_code");
    static final Key<Boolean> REQUIRE_PUSH = Key.of(
                    "require_pushed_authorization_requests",
                    Types.flag(),
                    "Whether its authorization requests have to be pushed to /par (RFC 9126 §6)")
            .or("false");
    static final Key<Boolean> SKIP_CONSENT = Key.of(
                    "skip_consent",
                    Types.flag(),
                    "Whether its users are not asked for consent: for applications of your own")
            .or("false");

    static final Key<Map<String, Object>> JWKS =
            Key.of("jwks", new JsonType(), "Its public keys, as a JWK Set").absent("none");

    static final Key<String> ASSERTION_ALGORITHM = Key.of(
                    "token_endpoint_auth_signing_alg",
                    word(Arrays.stream(Algorithm.values()).map(Algorithm::name).toList()),
                    "What its assertions have to be signed by")
            .absent("any that fits its token_endpoint_auth_method");

    static final List<Key<?>> ALL = List.of(
            RESPONSE_TYPES,
            REQUIRE_PUSH,
            SKIP_CONSENT,
            link("client_uri", "Its home page"),
            link("logo_uri", "Its logo"),
            link("policy_uri", "Its privacy policy, linked where people sign in"),
            link("tos_uri", "Its terms, linked where people sign in"),
            Key.of("contacts", new ListType<>(Types.text()), "Those responsible for it")
                    .absent("none"),
            Key.of(
                            "subject_type",
                            word(List.of("public", "pairwise")),
                            "Whether every client sees the same sub of a user, or its sector one of its own")
                    .or("public"),
            link("sector_identifier_uri", "Whose host is the sector of its pairwise subjects")
                    .absent("the host of its redirect_uris"),
            Key.of("default_max_age", seconds(), "max_age in seconds where a request has none")
                    .absent("none"),
            Key.of("require_auth_time", Types.flag(), "ID tokens always tell auth_time; taken for completeness")
                    .or("false"),
            Key.of("default_acr_values", new ListType<>(Types.text()), "acr_values where a request has none")
                    .absent("none"),
            link("initiate_login_uri", "Where others may begin a login at it"),
            JWKS,
            link("jwks_uri", "Where its public keys are, if they are not given"),
            ASSERTION_ALGORITHM,
            Key.of("id_token_signed_response_alg", word(SIGNATURES), "What its ID tokens are signed by")
                    .absent("RS256"),
            encryption("id_token"),
            content("id_token"),
            Key.of("userinfo_signed_response_alg", word(SIGNATURES), "What user info is signed by")
                    .absent("plain JSON"),
            encryption("userinfo"),
            content("userinfo"),
            Key.of(
                            "post_logout_redirect_uris",
                            new ListType<>(Types.text("URL", "as redirect_uris", Urls::isRedirectUri)),
                            "Where a browser may be sent after a logout")
                    .absent("none"),
            link("backchannel_logout_uri", "Takes logout tokens"),
            Key.of(
                            "backchannel_logout_session_required",
                            Types.flag(),
                            "Logout tokens always carry a sid; taken for completeness")
                    .or("false"),
            link("frontchannel_logout_uri", "Is loaded in a frame at a logout"),
            Key.of("frontchannel_logout_session_required", Types.flag(), "Whether that is given iss and sid")
                    .or("false"),
            Key.of(
                            "dpop_bound_access_tokens",
                            Types.flag(),
                            "Whether it gets tokens only with a DPoP proof, bound to the key of it (RFC 9449); it may"
                                    + " send one in any case")
                    .or("false"));

    private ClientOptionKeys() {}

    private static Key<String> link(String name, String meaning) {
        return Key.of(name, Types.text("URL", "an https URL, or an http URL on localhost", Urls::isLink), meaning)
                .absent("none");
    }

    private static Key<String> encryption(String what) {
        return Key.of(
                        what + "_encrypted_response_alg",
                        word(Encryption.ALGORITHMS),
                        "How the key is encrypted to the client's")
                .absent("not encrypted");
    }

    private static Key<String> content(String what) {
        return Key.of(what + "_encrypted_response_enc", word(Encryption.CONTENTS), "How the content is encrypted")
                .absent(Encryption.DEFAULT_CONTENT);
    }

    private static Type<String> word(List<String> words) {
        return Types.oneOf(words.stream()
                .collect(Collectors.toMap(Function.identity(), Function.identity(), (a, _) -> a, LinkedHashMap::new)));
    }

    private static Type<Long> seconds() {
        return new ScalarType<>(
                "number of seconds",
                "a whole number of seconds",
                text -> Optional.of(text)
                        .filter(digits -> digits.matches("\\d{1,9}"))
                        .map(Long::valueOf));
    }

    /** What is given of these keys, as the members of a registration. */
    static Map<String, Object> read(Section section) {
        Map<String, Object> members = new LinkedHashMap<>();
        for (Key<?> key : ALL) {
            section.find(key).ifPresent(value -> members.put(key.name(), value));
        }
        return members;
    }
}
