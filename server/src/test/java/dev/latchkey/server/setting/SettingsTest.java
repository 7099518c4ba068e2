package dev.latchkey.server.setting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.client.AuthenticationMethod;
import dev.latchkey.server.client.ClientMetadata;
import dev.latchkey.server.log.LogFormat;
import dev.latchkey.server.password.Argon2Settings;
import dev.latchkey.server.protocol.ClientId;
import dev.latchkey.server.protocol.GrantType;
import dev.latchkey.server.protocol.ResponseType;
import dev.latchkey.server.protocol.Scope;
import dev.latchkey.server.sql.SqliteSettings;
import dev.latchkey.token.Algorithm;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    private static final String SAMPLE = """
        issuer: https://login.example
        host: 0.0.0.0
        port: 9001
        store: sqlite:/var/lib/latchkey/l.db
        tokens:
          access-lifetime: 5m
          refresh-lifetime: 14d
          session-max-lifetime: 90d
          authorization-code-lifetime: 30s
          refresh-grace: 0s
          signing-algorithm: EdDSA
        passwords:
          argon2-memory: 46MiB
        scopes:
          orders:read: Read your orders
        users:
          - username: alice
            email: alice@example.com
            email_verified: true
            name: Alice Liddell
            password: correct horse battery staple
            roles: [admin, author]
          - username: bob
            password-hash: '$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$aGFzaA'
            disabled: true
        clients:
          - client_id: web
            client_secret: ${WEB_SECRET}
            client_name: Orders web
            redirect_uris: [http://localhost:3000/callback]
            grant_types: [authorization_code, refresh_token]
            token_endpoint_auth_method: client_secret_basic
            scope: openid profile email offline_access orders:read
            audience: [https://orders.example]
            require_pkce: true
        login-client: web
        trusted-proxies: [127.0.0.1/32, "fd00::/8"]
        log: json
        """;
    private static final String WEB_SECRET = "0123456789abcdefghijklmnopqrstuv";
    private static final Map<String, String> ENVIRONMENT = Map.of("WEB_SECRET", WEB_SECRET);

    @Test
    void withoutAnythingTheDefaultsHold() {
        Settings settings = Yaml.accepted("");
        assertThat(settings.issuerAt(9000)).isEqualTo("http://localhost:9000");
        assertThat(settings.host()).isEqualTo("127.0.0.1");
        assertThat(settings.port()).isEqualTo(9000);
        assertThat(settings.store()).isEqualTo(SqliteSettings.of(Path.of("latchkey-data", "latchkey.db")));
        assertThat(settings.keys().masterKeyFile()).isEqualTo(Path.of("latchkey-data", "master.key"));
        assertThat(settings.tokens().accessLifetime()).isEqualTo(Duration.ofMinutes(15));
        assertThat(settings.tokens().signingAlgorithm()).isEqualTo(Algorithm.ES256);
        assertThat(settings.passwords().argon2()).isEqualTo(Argon2Settings.RECOMMENDED);
        assertThat(settings.loginClient()).isEqualTo("first-party");
        assertThat(settings.log()).isEqualTo(LogFormat.TEXT);
        assertThat(settings.users()).isEmpty();
        assertThat(settings.clients()).isEmpty();
    }

    @Test
    void readsTokensAndTheRest() {
        Settings settings = Yaml.accepted(SAMPLE, ENVIRONMENT);
        assertThat(settings.issuerAt(1)).isEqualTo("https://login.example");
        assertThat(settings.store()).isEqualTo(SqliteSettings.of(Path.of("/var/lib/latchkey/l.db")));
        assertThat(settings.tokens().refreshLifetime()).isEqualTo(Duration.ofDays(14));
        assertThat(settings.tokens().refreshGrace()).isZero();
        assertThat(settings.tokens().signingAlgorithm()).isEqualTo(Algorithm.EdDSA);
        assertThat(settings.scopes()).containsExactly(Map.entry("orders:read", "Read your orders"));
        assertThat(settings.trustedProxies().trusts(InetAddress.ofLiteral("fd12::1")))
                .isTrue();
        assertThat(settings.trustedProxies().trusts(InetAddress.ofLiteral("127.0.0.2")))
                .isFalse();
        assertThat(settings.log()).isEqualTo(LogFormat.JSON);
    }

    @Test
    void readsUsersByTheNamesOfOpenIdConnect() {
        List<UserSettings> users = Yaml.accepted(SAMPLE, ENVIRONMENT).users();
        assertThat(users).hasSize(2);
        assertThat(users.get(0))
                .isEqualTo(new UserSettings(
                        "alice",
                        Optional.of("correct horse battery staple"),
                        Optional.empty(),
                        List.of("admin", "author"),
                        false,
                        Map.of("email", "alice@example.com", "email_verified", true, "name", "Alice Liddell")));
        assertThat(users.get(1).passwordHash().orElseThrow()).startsWith("$argon2id$v=19$");
        assertThat(users.get(1).disabled()).isTrue();
    }

    @Test
    void readsClientsByTheNamesOfRfc7591() {
        assertThat(Yaml.accepted(SAMPLE, ENVIRONMENT).clients())
                .containsExactly(new ClientSettings(
                        new ClientId("web"),
                        Optional.of(WEB_SECRET),
                        new ClientMetadata(
                                "Orders web",
                                List.of("http://localhost:3000/callback"),
                                Set.of(GrantType.AUTHORIZATION_CODE, GrantType.REFRESH_TOKEN),
                                Set.of(ResponseType.CODE),
                                AuthenticationMethod.CLIENT_SECRET_BASIC,
                                Scope.of("openid", "profile", "email", "offline_access", "orders:read"),
                                List.of("https://orders.example"),
                                true,
                                ClientMetadata.About.NOTHING,
                                ClientMetadata.SignIn.PLAIN,
                                ClientMetadata.Jose.PLAIN,
                                ClientMetadata.Logout.NONE,
                                ClientMetadata.Bound.NOT)));
    }

    @Test
    void anOverrideCountsBeforeTheEnvironmentAndThatBeforeTheFile() {
        String file = "port: 1\nhost: 127.0.0.2\ntokens: {access-lifetime: 1m, refresh-lifetime: 1d}";
        Map<String, String> environment = Map.of("LATCHKEY_HOST", "127.0.0.3", "LATCHKEY_TOKENS_ACCESS_LIFETIME", "2m");
        Settings settings = Yaml.accepted(file, environment, "tokens.access-lifetime=3m", "tokens.access-lifetime=4m");
        assertThat(settings.port()).isEqualTo(1);
        assertThat(settings.host()).isEqualTo("127.0.0.3");
        assertThat(settings.tokens().refreshLifetime()).isEqualTo(Duration.ofDays(1));
        assertThat(settings.tokens().accessLifetime()).isEqualTo(Duration.ofMinutes(4));
    }

    @Test
    void listsAndMappingsCanBeGivenWithoutAFile() {
        Settings settings = Yaml.accepted(
                "",
                Map.of(
                        "LATCHKEY_USERS", "[{username: alice, password: 'a, b: c'}]",
                        "LATCHKEY_SCOPES", "{orders:read: Read}",
                        "LATCHKEY_TRUSTED_PROXIES", "10.0.0.1, 10.1.0.0/16"),
                "scopes.orders:write=Write, all of it");
        assertThat(settings.users().getFirst().password()).contains("a, b: c");
        assertThat(settings.scopes())
                .containsEntry("orders:read", "Read")
                .containsEntry("orders:write", "Write, all of it");
        assertThat(settings.trustedProxies().trusts(InetAddress.ofLiteral("10.1.2.3")))
                .isTrue();
    }

    @Test
    void variablesOfOthersAreLeftAlone() {
        Map<String, String> environment = Map.of(
                "LATCHKEY_PORT", "tcp://10.0.0.1:9000",
                "LATCHKEY_PORT_9000_TCP_ADDR", "10.0.0.1",
                "LATCHKEY_SERVICE_HOST", "10.0.0.1",
                "LATCHKEY_JAVA_OPTS", "-Xmx1g",
                "PATH", "/bin");
        assertThat(Yaml.accepted("", environment).port()).isEqualTo(9000);
    }

    @Test
    void theEnvironmentIsReadInsideValuesAndCannotAddKeys() {
        Map<String, String> environment = Map.of("NAME", "x: y\nport: 1", "FIRST", "Read", "SECOND", "orders");
        Settings settings = Yaml.accepted(
                "scopes:\n  a: ${NAME}\n  b: ${FIRST} your ${SECOND}\n  c: costs $5, not $${5}", environment);
        assertThat(settings.scopes().values())
                .containsExactly("x: y\nport: 1", "Read your orders", "costs $5, not ${5}");
        assertThat(settings.port()).isEqualTo(9000);
    }

    @Test
    void dataMovesTheStoreAndTheMasterKey() {
        Settings settings = Yaml.accepted("", Map.of(), "data=/srv/l");
        assertThat(settings.store()).isEqualTo(SqliteSettings.of(Path.of("/srv/l/latchkey.db")));
        assertThat(settings.keys().masterKeyFile()).isEqualTo(Path.of("/srv/l/master.key"));
    }

    @Test
    void settingsDoNotPrintSecrets() {
        String printed = Yaml.accepted(
                        SAMPLE,
                        ENVIRONMENT,
                        "keys.master-key=" + "A".repeat(43) + "=",
                        "tokens.signing-algorithm=HS256",
                        "tokens.shared-secret=" + "s3cr".repeat(8))
                .toString();
        assertThat(printed).doesNotContain("correct horse", "0123456789abcdef", "$argon2id", "AAAA", "s3cr");
    }

    @Test
    void readsAFile(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("l.yaml");
        Files.writeString(file, "port: 7");
        SettingsInput input = new SettingsInput(Optional.of(file), Map.of(), List.of());
        assertThat(input.load())
                .isInstanceOfSatisfying(
                        SettingsOutcome.Accepted.class,
                        accepted -> assertThat(accepted.settings().port()).isEqualTo(7));
    }

    @Test
    void aFileThatCannotBeReadIsAProblem(@TempDir Path folder) throws IOException {
        Path binary = folder.resolve("l.bin");
        Files.write(binary, new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertThat(problem(folder.resolve("none.yaml"))).endsWith("none.yaml: there is no such file");
        assertThat(problem(binary)).endsWith("l.bin: is not UTF-8 text");
        assertThat(problem(folder)).endsWith(": cannot be read");
    }

    private static String problem(Path file) {
        SettingsOutcome outcome = new SettingsInput(Optional.of(file), Map.of(), List.of()).load();
        return ((SettingsOutcome.Refused) outcome).problems().getFirst().toString();
    }
}
