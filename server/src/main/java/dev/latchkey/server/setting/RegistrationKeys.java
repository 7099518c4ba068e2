package dev.latchkey.server.setting;

import dev.latchkey.server.protocol.GrantType;
import dev.latchkey.server.register.RegistrationSettings;
import dev.latchkey.server.register.RegistrationSettings.Access;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The keys under {@code registration}. */
final class RegistrationKeys {
    private static final List<GrantType> USUAL_GRANTS =
            List.of(GrantType.AUTHORIZATION_CODE, GrantType.REFRESH_TOKEN, GrantType.IMPLICIT);

    static final Key<Access> ACCESS = Key.of(
                    "registration.access",
                    Types.oneOf(accessWords()),
                    "Who may register clients (RFC 7591): nobody, who has a token of latchkey client initial-token, or"
                            + " anybody")
            .or("off");
    static final Key<Boolean> REQUIRE_PKCE = Key.of(
                    "registration.require-pkce",
                    Types.flag(),
                    "Whether registered clients that authenticate need PKCE for a code; public ones always do")
            .or("true");
    static final Key<List<String>> SCOPES = Key.of(
                    "registration.scopes",
                    new ListType<>(Types.text()),
                    "Those of scopes that registered clients may ask their users for, beside openid, profile, email,"
                            + " address, phone and offline_access")
            .absent("none");
    static final Key<List<GrantType>> GRANT_TYPES = Key.of(
                    "registration.grant-types",
                    new ListType<>(Types.oneOf(grantWords())),
                    "The grants that registered clients may use; implicit is for ID tokens only")
            .absent("authorization_code, refresh_token, implicit");
    static final Key<Integer> MAX_CLIENTS = Key.of(
                    "registration.max-clients", Types.whole(1, 1_000_000), "How many registered clients there may be")
            .or("10000");
    static final Key<Integer> PER_ADDRESS = Key.of(
                    "registration.per-address",
                    Types.whole(1, 100_000),
                    "With open access: how many registrations are taken from an address in an hour")
            .or("20");
    static final Key<Duration> UNUSED_EXPIRE_AFTER = Key.of(
                    "registration.unused-expire-after",
                    Types.duration("1h", "3650d"),
                    "The age at which a registered client is removed if it never got a token")
            .or("30d");

    static final List<Key<?>> ALL =
            List.of(ACCESS, REQUIRE_PKCE, SCOPES, GRANT_TYPES, MAX_CLIENTS, PER_ADDRESS, UNUSED_EXPIRE_AFTER);

    private RegistrationKeys() {}

    private static Map<String, Access> accessWords() {
        Map<String, Access> words = new LinkedHashMap<>();
        words.put("off", Access.OFF);
        words.put("initial-access-token", Access.INITIAL_ACCESS_TOKEN);
        words.put("open", Access.OPEN);
        return words;
    }

    private static Map<String, GrantType> grantWords() {
        Map<String, GrantType> words = new LinkedHashMap<>();
        USUAL_GRANTS.forEach(grant -> words.put(grant.value(), grant));
        words.put(GrantType.CLIENT_CREDENTIALS.value(), GrantType.CLIENT_CREDENTIALS);
        return words;
    }

    static RegistrationSettings read(Section section, Set<String> knownScopes) {
        List<String> scopes = section.find(SCOPES).orElse(List.of());
        scopes.stream()
                .filter(scope -> !knownScopes.contains(scope))
                .forEach(scope -> section.refuse(SCOPES, Printable.quoted(scope) + " is not among the scopes"));
        return new RegistrationSettings(
                section.get(ACCESS),
                section.get(REQUIRE_PKCE),
                scopes,
                section.find(GRANT_TYPES).orElse(USUAL_GRANTS).stream().collect(Collectors.toUnmodifiableSet()),
                section.get(MAX_CLIENTS),
                section.get(PER_ADDRESS),
                section.get(UNUSED_EXPIRE_AFTER));
    }
}
