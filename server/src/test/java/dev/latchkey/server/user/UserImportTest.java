package dev.latchkey.server.user;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.password.Argon2Settings;
import dev.latchkey.server.password.HashQueue;
import dev.latchkey.server.password.HashQueueListener;
import dev.latchkey.server.password.HashQueueSettings;
import dev.latchkey.server.password.PasswordHasher;
import dev.latchkey.server.password.PasswordVerdict;
import dev.latchkey.server.protocol.UserId;
import dev.latchkey.server.user.UserImportRow.Accepted;
import dev.latchkey.server.user.UserImportRow.Refused;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserImportTest {
    private static final String BCRYPT = "$2b$12$aErWThiRCT2.eeww//YmnuLA2eQoU3dE2bksCSnOBcgqrf.Mt1Cwy";

    private static List<UserImportRow> csv(String text) {
        return UserImport.csv(new StringReader(text)).toList();
    }

    private static List<UserImportRow> json(String text) {
        return UserImport.jsonLines(new StringReader(text)).toList();
    }

    private static ImportedUser user(List<UserImportRow> rows) {
        assertThat(rows).hasSize(1);
        return ((Accepted) rows.getFirst()).user();
    }

    private static ImportedUser named(String username) {
        return new ImportedUser(Optional.empty(), username, Map.of(), List.of(), Optional.empty(), false);
    }

    @Test
    void readsCsvWithAllItsColumns() {
        ImportedUser user = user(csv("username,email,email_verified,name,roles,password_hash,disabled,sub\r\n"
                + "alice,alice@example.com,true,\"Liddell, \"\"Alice\"\"\",admin editor," + BCRYPT + ",false,a-1\r\n"));
        assertThat(user)
                .isEqualTo(new ImportedUser(
                        Optional.of(new UserId("a-1")),
                        "alice",
                        Map.of("email", "alice@example.com", "email_verified", true, "name", "Liddell, \"Alice\""),
                        List.of("admin", "editor"),
                        Optional.of(BCRYPT),
                        false));
    }

    @Test
    void readsJsonWithTheSameFields() {
        ImportedUser user = user(json("""
            {"username": "alice", "email": "alice@example.com", "email_verified": true, "roles": ["admin", "night shift"],\
             "password_hash": null, "disabled": true, "sub": "a-1"}
            """));
        assertThat(user)
                .isEqualTo(new ImportedUser(
                        Optional.of(new UserId("a-1")),
                        "alice",
                        Map.of("email", "alice@example.com", "email_verified", true),
                        List.of("admin", "night shift"),
                        Optional.empty(),
                        true));
    }

    @Test
    void namesTheLineOfEachRow() {
        assertThat(csv("username,name\nalice,\"two\nlines\"\n\nbob,Bob\ncarol\n\"dave\",D\n"))
                .satisfiesExactly(
                        two -> assertThat(two).isInstanceOfSatisfying(Refused.class, row -> {
                            assertThat(row.line()).isEqualTo(2);
                            assertThat(row.reason()).contains("field name");
                        }),
                        bob -> assertThat(bob.line()).isEqualTo(5),
                        carol -> assertThat(carol).isEqualTo(new Refused(6, "The row has 1 fields and the header 2.")),
                        dave -> assertThat(dave.line()).isEqualTo(7));
        assertThat(json("\n{\"username\":\"alice\"}\n{}\n\n{\"username\":\"bob\"}"))
                .extracting(UserImportRow::line)
                .containsExactly(2L, 3L, 5L);
    }

    @Test
    void aByteOrderMarkAndAMissingLastLineEndDoNoHarm() {
        assertThat(user(csv("\ufeffusername\nalice"))).isEqualTo(named("alice"));
        assertThat(user(json("\ufeff{\"username\":\"alice\"}"))).isEqualTo(named("alice"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "\n\n", "name\nalice", "username,username\na,b", "username,password\na,b", "\"username\na"})
    void aWrongHeaderIsOneRefusedRow(String file) {
        assertThat(csv(file)).singleElement().isInstanceOf(Refused.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
        al"i"ce,,,                 | quotes itself
        "alice"x,,,                 | comma or the end
        "alice,,,                   | not closed
        alice                       | fields
        ,,,                         | username
        alice,maybe,,               | true or false
        alice,,plain,               | format of the hash is not known
        alice,,$2b$31$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW, | costs too much
        alice,,,café                | ASCII
        """)
    void refusesAWrongCsvRow(String row, String why) {
        assertThat(csv("username,email_verified,password_hash,sub\n" + row))
                .singleElement()
                .isInstanceOfSatisfying(Refused.class, refused -> {
                    assertThat(refused.reason()).contains(why).endsWith(".");
                    assertThat(refused.line()).isEqualTo(2);
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alice",
                "[]",
                "{\"username\":\"alice\"",
                "{\"username\":\"alice\",\"username\":\"bob\"}",
                "{\"username\":7}",
                "{\"username\":\"alice\",\"shoe_size\":43}",
                "{\"username\":\"alice\",\"password\":\"plain\"}",
                "{\"username\":\"alice\",\"roles\":{}}",
                "{\"username\":\"alice\",\"roles\":[7]}",
                "{\"username\":\"alice\",\"disabled\":\"maybe\"}",
                "{\"username\":\"al\\u0000ice\"}",
                "{\"model\":\"auth.group\",\"pk\":1,\"fields\":{\"name\":\"editors\"}}",
                "{\"username\":\"service-account-x\",\"enabled\":true,\"serviceAccountClientId\":\"x\"}",
                "{\"username\":\"alice\",\"credentials\":[{\"type\":\"password\"}]}",
                "{\"username\":\"alice\",\"credentials\":[{\"type\":\"password\",\"secretData\":\"{\"}]}",
                "{\"username\":\"alice\",\"credentials\":[{\"type\":\"password\",\"secretData\":"
                        + "\"{\\\"value\\\":\\\"AAAA\\\",\\\"salt\\\":\\\"AAAA\\\"}\",\"credentialData\":"
                        + "\"{\\\"hashIterations\\\":1,\\\"algorithm\\\":\\\"md5\\\"}\"}]}",
            })
    void refusesAWrongJsonRowAndReadsOn(String row) {
        assertThat(json(row + "\n{\"username\":\"bob\"}"))
                .satisfiesExactly(
                        refused -> assertThat(refused).isInstanceOf(Refused.class),
                        bob -> assertThat(bob).isEqualTo(new Accepted(2, named("bob"))));
    }

    @Test
    void aLineThatIsTooLongIsRefusedAndTheNextRead() {
        assertThat(json("{\"username\":\"" + "x".repeat(100_000) + "\"}\n{\"username\":\"bob\"}"))
                .containsExactly(
                        new Refused(1, "The line is longer than 65536 characters."), new Accepted(2, named("bob")));
        assertThat(csv("username,name\n" + "x".repeat(100_000) + ",\nbob,\n"))
                .containsExactly(
                        new Refused(2, "The line is longer than 65536 characters."), new Accepted(3, named("bob")));
    }

    @Test
    void usersOfKeycloakAndDjangoKeepTheirPasswords() throws IOException {
        HashQueueSettings settings = HashQueueSettings.forMachine(2, 0, Argon2Settings.RECOMMENDED);
        try (Reader file = foreignUsers();
                HashQueue queue = new HashQueue(settings, HashQueueListener.NONE)) {
            PasswordHasher hasher = new PasswordHasher(new Argon2Settings(64, 1, 1), queue, new SecureRandom());
            assertThat(UserImport.jsonLines(file)).hasSize(6).allSatisfy(row -> {
                ImportedUser user = ((Accepted) row).user();
                String hash = user.passwordHash().orElseThrow();
                String password = "secret " + user.username();
                assertThat(hasher.verify(password, hash)).isInstanceOf(PasswordVerdict.Match.class);
                assertThat(hasher.verify(password + "?", hash)).isInstanceOf(PasswordVerdict.Mismatch.class);
            });
        }
    }

    @Test
    void usersOfKeycloakAndDjangoKeepWhatIsKnownOfThem() throws IOException {
        try (Reader file = foreignUsers()) {
            List<ImportedUser> users = UserImport.jsonLines(file)
                    .map(row -> ((Accepted) row).user())
                    .toList();
            ImportedUser keycloak = users.get(3);
            assertThat(keycloak.id()).contains(new UserId("8a2c1f0e-keycloak-argon2"));
            assertThat(keycloak.claims())
                    .isEqualTo(Map.of(
                            "email",
                            "keycloak-argon2@example.com",
                            "email_verified",
                            true,
                            "name",
                            "Kay Cloak",
                            "given_name",
                            "Kay",
                            "family_name",
                            "Cloak",
                            "locale",
                            "de"));
            assertThat(keycloak.roles()).containsExactly("editor");
            assertThat(keycloak.disabled()).isTrue();
            assertThat(users.get(0).disabled()).isFalse();
            ImportedUser django = users.get(4);
            assertThat(django.id()).isEmpty();
            assertThat(django.claims()).isEqualTo(Map.of("family_name", "Reinhardt", "name", "Reinhardt"));
            assertThat(django.roles()).containsExactly("superuser", "staff", "editors");
        }
    }

    @Test
    void aDjangoPasswordThatCannotBeUsedIsNone() {
        ImportedUser user =
                user(json("{\"model\":\"shop.customer\",\"pk\":1,\"fields\":{\"email\":\"a@b.c\",\"password\":\"!x\","
                        + "\"is_active\":false}}"));
        assertThat(user)
                .isEqualTo(new ImportedUser(
                        Optional.empty(), "a@b.c", Map.of("email", "a@b.c"), List.of(), Optional.empty(), true));
    }

    private static Reader foreignUsers() {
        return new InputStreamReader(
                Objects.requireNonNull(UserImportTest.class.getResourceAsStream("foreign-users.jsonl")),
                StandardCharsets.UTF_8);
    }

    @Property(tries = 500)
    void anyFieldsInQuotesAreReadAsTheyWere(@ForAll @Size(min = 1, max = 5) List<String> fields) {
        StringBuilder record = new StringBuilder();
        for (String field : fields) {
            record.append(record.isEmpty() ? "" : ",")
                    .append('"')
                    .append(field.replace("\"", "\"\""))
                    .append('"');
        }
        assertThat(UserImportCsv.fields(record.toString())).isEqualTo(fields);
    }
}
