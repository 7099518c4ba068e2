package dev.latchkey.server.setting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.sql.PostgresSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an issuer has of its own, what it takes over from the top of the file, and what is refused. */
class IssuersSettingsTest {
    private static final String FILE = """
        issuer: https://login.example
        data: d
        tokens: {access-lifetime: 5m, refresh-grace: 0s}
        scopes: {'a:read': Read}
        issuers:
          red:
          blue:
            issuer: https://blue.example
            store: sqlite:elsewhere.db
            tokens: {access-lifetime: 7m}
            users: [{username: alice}]
        """;

    private static Settings one(Settings all, String name) {
        return Objects.requireNonNull(all.hosting().issuers().get(name));
    }

    @Test
    void withoutIssuersThereIsOne() {
        assertThat(Yaml.accepted("").hosting().isMany()).isFalse();
        assertThat(Yaml.accepted("").hosting().name()).isEmpty();
        assertThat(Yaml.accepted("issuers: {}").hosting().isMany()).isFalse();
    }

    @Test
    void whatStandsAtTheTopHoldsForAllUnlessOneSaysOtherwise() {
        Settings all = Yaml.accepted(FILE);
        Settings red = one(all, "red");
        Settings blue = one(all, "blue");

        assertThat(all.hosting().issuers()).containsOnlyKeys("red", "blue");
        assertThat(red.hosting().name()).contains("red");
        assertThat(red.tokens().accessLifetime()).isEqualTo(Duration.ofMinutes(5));
        assertThat(red.scopes()).containsKey("a:read");
        assertThat(red.users()).isEmpty();
        assertThat(red.keys().masterKeyFile()).isEqualTo(Path.of("d/master.key"));
        assertThat(blue.tokens().accessLifetime()).isEqualTo(Duration.ofMinutes(7));
        assertThat(blue.tokens().refreshGrace()).isEqualTo(Duration.ZERO);
        assertThat(blue.users()).hasSize(1);
    }

    @Test
    void anIssuerHasItsOwnAddressAndStore() {
        Settings all = Yaml.accepted(FILE);

        assertThat(all.issuerAt(9000, "red")).isEqualTo("https://login.example/red");
        assertThat(all.issuerAt(9000, "blue")).isEqualTo("https://blue.example");
        assertThat(Yaml.accepted("issuers: {red: {}}").issuerAt(1234, "red")).isEqualTo("http://localhost:1234/red");
        assertThat(one(all, "red").store().toString()).contains("d/issuers/red.db");
        assertThat(one(all, "blue").store().toString()).contains("elsewhere.db");
    }

    @Test
    void aSchemaEachIsAStoreEachAndKeepsFewConnections() {
        Settings settings = Yaml.accepted("""
            issuers:
              red: {store: 'postgresql://u:p@h/d?currentSchema=red'}
              blue: {store: 'postgresql://u:p@h/d?currentSchema=blue', postgresql: {connections: 9}}
            """);

        assertThat(one(settings, "red").store()).isInstanceOfSatisfying(PostgresSettings.class, store -> {
            assertThat(store.connections()).isEqualTo(4);
            assertThat(store.idleConnections()).isZero();
        });
        assertThat(one(settings, "blue").store())
                .isInstanceOfSatisfying(
                        PostgresSettings.class,
                        store -> assertThat(store.connections()).isEqualTo(9));
    }

    @Test
    void theEnvironmentMayNameThem() {
        Settings settings = Yaml.accepted("", Map.of("LATCHKEY_ISSUERS", "{red: {login-client: x}}"));

        assertThat(one(settings, "red").loginClient()).isEqualTo("x");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "issuers: [red] | issuers: has to be a mapping, not a list",
                "issuers: {Red: {}} | issuers.Red: a name has small letters",
                "issuers: {../x: {}} | a name has small letters",
                "issuers: {red: 7} | issuers.red: has to be a mapping, not a single value",
                "issuers: {red: {port: 1}} | issuers.red.port: belongs to the process",
                "issuers: {red: {data: x}} | issuers.red.data: belongs to the process",
                "issuers: {red: {limits: {body: 2KiB}}} | issuers.red.limits.body: belongs to the process",
                "issuers: {red: {issuers: {}}} | issuers.red.issuers: belongs to the process",
                "issuers: {red: {tokns: {}}} | issuers.red.tokns: is not a key",
                "issuers: {red: {tokens: {access-lifetime: 7}}} | issuers.red.tokens.access-lifetime: has to be",
                "issuers: {red: {store: 'sqlite:a.db'}, blue: {store: 'sqlite:./a.db'}} | issuers.blue.store: is the"
                        + " store of red too",
                "issuers: {red: {store: 'postgresql://u:p@h/d'}, blue: {store: 'postgresql://v@h/d'}} |"
                        + " issuers.blue.store: is the store of red too",
                "issuers: {red: {issuer: 'http://red.example'}} | issuers.red.issuer: is plain http",
                "issuers: {red: {issuer: 'https://a.example'}, blue: {issuer: 'https://A.example:8443'}} |"
                        + " issuers.blue.issuer: has the host and path of red",
                "issuers: {red: {issuer: 'https://a.example'}, blue: {issuer: 'https://a.example/b'}} |"
                        + " issuers.blue.issuer: lies under the address of red",
                "issuers: {red: {issuer: 'https://a.example/b/c'}, blue: {issuer: 'https://a.example/b'}} |"
                        + " issuers.red.issuer: lies under the address of blue",
                "issuers: {health: {}} | issuers.health.issuer: has a path of the server's own",
                "issuers: {red: {issuer: 'https://a.example/.well-known/x'}} | has a path of the server's own",
            })
    void whatIsWrongIsToldOfTheIssuer(String file, String problem) {
        assertThat(Yaml.problems(file)).anyMatch(told -> told.contains(problem));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "users: [{username: alice}] | users: belongs to one issuer",
                "clients: [] | clients: belongs to one issuer",
                "store: sqlite:a.db | store: belongs to one issuer",
                "postgresql: {replica: postgresql://a@b/c} | postgresql.replica: belongs to one issuer",
                "tokens: {signing-algorithm: HS256, shared-secret: 'hunter2hunter2hunter2hunter2hunter2'} |"
                        + " tokens.shared-secret: belongs to one issuer"
            })
    void whatIssuersMustNotShareDoesNotStandAtTheTop(String top, String problem) {
        assertThat(Yaml.problems(top + "\nissuers: {red: {}}")).anyMatch(told -> told.contains(problem));
    }

    @Test
    void twoIssuersDoNotSignByOneSecret() {
        String tokens = "{tokens: {signing-algorithm: HS256, shared-secret: hunter2hunter2hunter2hunter2hunter2}}";

        assertThat(Yaml.problems("issuers: {red: " + tokens + "}")).isEmpty();
        assertThat(Yaml.problems("issuers: {red: " + tokens + ", blue: " + tokens + "}"))
                .singleElement()
                .asString()
                .contains("issuers.blue.tokens.shared-secret: is the secret of red too")
                .doesNotContain("hunter2");
    }

    @Test
    void aProblemOfTheTopIsToldOnce() {
        assertThat(Yaml.problems("port: x\ntokens: {access-lifetime: 7}\nissuers: {red: {}, blue: {}}"))
                .hasSize(2);
    }
}
