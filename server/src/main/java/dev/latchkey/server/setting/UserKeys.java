package dev.latchkey.server.setting;

import dev.latchkey.server.user.User;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The keys of a user in the file, and their reader. One instance reads one file: it knows the names it has seen. */
final class UserKeys {
    static final Key<String> USERNAME =
            Key.of("username", Types.text("text", "1 to 255 characters", User::isUsername), "What is typed at login");
    static final Key<String> PASSWORD = Key.of(
                    "password",
                    Types.text(),
                    "The password; an operator's own choice, so the rules for new passwords do not bind it")
            .absent("none: nobody can log in until one is set")
            .hidden();
    static final Key<String> PASSWORD_HASH = Key.of(
                    "password-hash",
                    Types.text(),
                    "Its hash instead: Argon2, bcrypt, scrypt, PBKDF2 or SHA-crypt, as passlib, Django and Keycloak"
                            + " write them")
            .absent("none")
            .hidden();
    static final Key<List<String>> ROLES = Key.of(
                    "roles", new ListType<>(Types.text()), "The roles in the user's access tokens")
            .absent("none");
    static final Key<Boolean> DISABLED = Key.of("disabled", Types.flag(), "Refuses every login and ends every session")
            .or("false");

    private static final List<String> ADDRESS =
            List.of("formatted", "street_address", "locality", "region", "postal_code", "country");

    private static final List<Key<?>> CLAIMS = List.of(
            claim("name", "Full name, as shown"),
            claim("given_name", "Given name"),
            claim("family_name", "Family name"),
            claim("middle_name", "Middle name"),
            claim("nickname", "Casual name"),
            claim("profile", "URL of the profile page"),
            claim("picture", "URL of a picture"),
            claim("website", "URL of the web page"),
            Key.of("email", Types.text("e-mail address", "an e-mail address", UserKeys::isEmail), "E-mail address")
                    .absent("none"),
            Key.of("email_verified", Types.flag(), "Whether the e-mail address is known to be the user's")
                    .absent("none"),
            claim("gender", "Gender"),
            Key.of(
                            "birthdate",
                            Types.text("date", "YYYY-MM-DD or YYYY", text -> text.matches("\\d{4}(-\\d{2}-\\d{2})?")),
                            "Birthday")
                    .absent("none"),
            claim("zoneinfo", "Time zone, as Europe/Paris"),
            claim("locale", "Language, as en-US"),
            Key.of("updated_at", seconds(), "When these were last changed").absent("none"),
            Key.of("address", address(), "Postal address").absent("none"),
            claim("phone_number", "Telephone number, as +1 (425) 555-1212"),
            Key.of("phone_number_verified", Types.flag(), "Whether the number is known to be the user's")
                    .absent("none"));

    static final List<Key<?>> ALL = Stream.concat(
                    Stream.of(USERNAME, PASSWORD, PASSWORD_HASH, ROLES, DISABLED), CLAIMS.stream())
            .toList();

    private final Set<String> seen = new HashSet<>();

    private UserKeys() {}

    static Key<List<UserSettings>> list() {
        return Key.of(
                        "users",
                        new ListType<>(new RecordType<>("user", ALL, new UserKeys()::read)),
                        "Users to be created or brought up to date at start")
                .absent("none; the first start makes one");
    }

    private static Key<String> claim(String name, String meaning) {
        return Key.of(name, Types.text(), meaning).absent("none");
    }

    // OpenID Connect Core §5.1.1
    private static Type<Map<String, String>> address() {
        return new MapType<>(
                new ScalarType<>(
                        "member of an address",
                        "one of " + String.join(", ", ADDRESS),
                        text -> Optional.of(text).filter(ADDRESS::contains)),
                Types.text());
    }

    private static Type<Long> seconds() {
        return new ScalarType<>(
                "seconds since 1970",
                "a number of seconds since 1970",
                text -> Optional.of(text)
                        .filter(digits -> digits.matches("\\d{1,11}"))
                        .map(Long::valueOf));
    }

    private static boolean isEmail(String text) {
        return text.matches("[^@\\s]+@[^@\\s]+") && text.length() <= 254;
    }

    private Optional<UserSettings> read(Section section) {
        Optional<String> username = section.require(USERNAME);
        if (username.isPresent() && !seen.add(User.usernameKey(username.get()))) {
            section.refuse(USERNAME, "another user has this name");
        }
        if (section.isGiven(PASSWORD) && section.isGiven(PASSWORD_HASH)) {
            section.refuse(PASSWORD_HASH, "is given, and password too: one of them");
        }
        Map<String, Object> claims = new LinkedHashMap<>();
        for (Key<?> claim : CLAIMS) {
            section.find(claim).ifPresent(value -> claims.put(claim.name(), value));
        }
        Optional<String> password = section.find(PASSWORD);
        Optional<String> hash = section.find(PASSWORD_HASH);
        List<String> roles = section.find(ROLES).orElse(List.of());
        boolean disabled = section.get(DISABLED);
        return username.map(name -> new UserSettings(name, password, hash, roles, disabled, claims));
    }
}
