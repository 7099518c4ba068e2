package dev.latchkey.server.setting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused, where it says so and in which words. */
class SettingsProblemTest {
    @Test
    void allProblemsAreToldAtOnceWithTheirLines() {
        String file = """
            port: 99999
            tokens:
              acces-lifetime: 5m
              refresh-lifetime: 30
            scopes: [a]
            users:
              - username: alice
                password: a password
                passwort: x
              - name: Nobody
            """;
        assertThat(Yaml.problems(file))
                .containsExactly(
                        "latchkey.yaml:1: port: has to be a whole number from 0 to 65535, not \"99999\"",
                        "latchkey.yaml:3: tokens.acces-lifetime: is not a key; did you mean tokens.access-lifetime?",
                        "latchkey.yaml:4: tokens.refresh-lifetime: has to be a duration such as 90s, 15m, 12h or 30d,"
                                + " from 1s to 3650d, not \"30\"",
                        "latchkey.yaml:5: scopes: has to be a mapping, not a list",
                        "latchkey.yaml:9: users[0].passwort: is not a key; did you mean password?",
                        "latchkey.yaml:10: users[1].username: is missing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "issuer: ftp://x | issuer: has to be a URL without query, fragment and trailing slash, not \"ftp://x\"",
                "issuer: https://x/ | issuer: has to be a URL without query, fragment and trailing slash, not"
                        + " \"https://x/\"",
                "issuer: https://x/?a=b | issuer: has to be a URL without query",
                "issuer: https://x/a#b | issuer: has to be a URL without query",
                "issuer: https://u:p@x | issuer: has to be a URL without query",
                "issuer: http://login.example | issuer: is plain http on a host other than localhost",
                "tokens: {refresh-lifetime: 40d, session-max-lifetime: 30d} | tokens.refresh-lifetime:"
                        + " tokens.refresh-lifetime is longer than",
                "tokens: {authorization-code-lifetime: 2m} | tokens.authorization-code-lifetime: has to be a duration"
                        + " such as",
                "tokens: {signing-algorithm: none} | tokens.signing-algorithm: has to be ES256, ES384, EdDSA, RS256,"
                        + " PS256, or HS256, not \"none\"",
                "tokens: {signing-algorithm: HS256} | tokens.signing-algorithm: HS256 needs tokens.shared-secret",
                "tokens: {shared-secret: hunter2hunter2hunter2hunter2hunter2} | tokens.shared-secret: is used by HS256"
                        + " only",
                "tokens: {signing-algorithm: HS256, shared-secret: hunter2} | tokens.shared-secret: has to have at"
                        + " least 32 bytes",
                "keys: {rotate-after: 1d, publish-before: 1d} | keys.publish-before: keys.publish-before has to be"
                        + " shorter",
                "keys: {master-key: hunter2} | keys.master-key: has to be 32 bytes in base64",
                "lock-out: {forget-after: 10m} | lock-out.forget-after: lock-out.forget-after is shorter",
                "limits: {body: 64} | limits.body: has to be a size such as 64KiB or 1MiB, from 1KiB to 1MiB, not"
                        + " \"64\"",
                "management-port: 9000 | management-port: is the same as port",
                "store: postgresql://u:hunter2@/db | store: has to be sqlite: and the path of a file",
                "trusted-proxies: [proxy.example] | trusted-proxies[0]: has to be an address range",
                "host: 0.0.0.0 | host: lets others in while passwords and tokens go by plain http",
                "trusted-proxies: [10.0.0.0/33] | trusted-proxies[0]: has to be an address range",
                "log: xml | log: has to be text or json, not \"xml\"",
                "registration: {access: always} | registration.access: has to be",
                "tls: {certificate: a} | tls.certificate: is given, and tls.private-key is not",
                "tls: {private-key: a} | tls.private-key: is given, and tls.certificate is not",
                "tls: {certificate: none.crt, private-key: none.key} | tls.certificate: none.crt: there is no such"
                        + " file",
                "tls: {client-certificates: requested} | tls.client-certificates: has to be none: certificates of"
                        + " clients are not supported",
                "outbound: {trust-certificates: none.pem} | outbound.trust-certificates: none.pem: there is no such"
                        + " file",
                "outbound: {timeout: 10m} | outbound.timeout: has to be a duration",
                "outbound: {allow-private-addresses: true} | outbound.allow-private-addresses: is not a key",
                "access_lifetime: 1m | access_lifetime: is not a key; did you mean tokens.access-lifetime?",
                "port: | port: has no value",
                "tokens: 5 | tokens: is not a key",
                "'scopes: {a b: c}' | scopes: has to be a scope",
                "users: alice | users[0]: has to be a mapping, not a single value",
            })
    void refuses(String file, String problem) {
        String text = file.startsWith("'") ? file.substring(1, file.length() - 1) : file;
        assertThat(Yaml.problems(text))
                .singleElement()
                .asString()
                .startsWith("latchkey.yaml:1: " + problem)
                .doesNotContain("hunter2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "grant_types: [client_credentials], token_endpoint_auth_method: none | grant_types: client_credentials"
                        + " needs a client that",
                "grant_types: [client_credentials], redirect_uris: ['https://a/'], client_secret: 0123456789abcdef"
                        + " | redirect_uris: is given, but grant_types has no authorization_code",
                "client_secret: 0123456789abcdef | redirect_uris: is missing: authorization_code needs one",
                "redirect_uris: ['https://a/'] | client_secret: is missing",
                "redirect_uris: ['https://a/'], client_secret: hunter2 | client_secret: has to be at least 16 visible"
                        + " characters",
                "redirect_uris: ['https://a/'], token_endpoint_auth_method: none, client_secret: 0123456789abcdef"
                        + " | client_secret: is given, but token_endpoint_auth_method is none",
                "redirect_uris: ['https://a/'], token_endpoint_auth_method: none, require_pkce: false | require_pkce:"
                        + " a public client",
                "redirect_uris: ['http://a.example/'], token_endpoint_auth_method: none | redirect_uris[0]: has to be"
                        + " an https URL",
                "redirect_uris: ['javascript:alert(1)'], token_endpoint_auth_method: none | redirect_uris[0]: has to"
                        + " be an https",
                "redirect_uris: ['https://a/#b'], token_endpoint_auth_method: none | redirect_uris[0]: has to be an"
                        + " https URL",
                "redirect_uris: ['https://u@a/'], token_endpoint_auth_method: none | redirect_uris[0]: has to be an"
                        + " https URL",
                "redirect_uris: ['https://a/'], token_endpoint_auth_method: none, scope: oders | scope: \"oders\" is"
                        + " not among the scopes; did you mean orders?",
                "redirect_uris: ['https://a/'], token_endpoint_auth_method: none, audience: [orders] | audience[0]:"
                        + " has to be an absolute",
                "grant_types: [refresh_token], client_secret: 0123456789abcdef | grant_types: refresh_token needs a"
                        + " grant",
                "grant_types: [], client_secret: 0123456789abcdef | grant_types: has to name a grant",
                "grant_types: [magic], client_secret: 0123456789abcdef, redirect_uris: ['https://a/'] |"
                        + " grant_types[0]: has to be",
                "clientid: x, token_endpoint_auth_method: none, redirect_uris: ['https://a/'] | clientid: is not a"
                        + " key; did you mean client_id?",
            })
    void refusesAClient(String metadata, String problem) {
        String file = "scopes: {orders: Orders}\nclients:\n  - {client_id: web, " + metadata + "}";
        assertThat(Yaml.problems(file))
                .anySatisfy(line -> assertThat(line).startsWith("latchkey.yaml:3: clients[0]." + problem))
                .allSatisfy(line -> assertThat(line).doesNotContain("hunter2"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:3000/cb",
                "http://127.0.0.1/cb",
                "http://[::1]:1/cb",
                "com.example.app:/cb",
                "https://a/b?c=d"
            })
    void acceptsRedirectUrisOfNativeApps(String uri) {
        assertThat(Yaml.problems(
                        "clients: [{client_id: a, token_endpoint_auth_method: none, redirect_uris: ['" + uri + "']}]"))
                .isEmpty();
    }

    @Test
    void namesAreGivenOnce() {
        assertThat(Yaml.problems("users:\n- username: Alice\n- username: alice"))
                .containsExactly("latchkey.yaml:3: users[1].username: another user has this name");
        assertThat(Yaml.problems("clients:\n"
                        + "- &a {client_id: a, token_endpoint_auth_method: none, redirect_uris:"
                        + " [https://a/]}\n"
                        + "- *a"))
                .containsExactly("latchkey.yaml:2: clients[1].client_id: another client has this id");
        assertThat(Yaml.problems("port: 1\nlog: text\nport: 2"))
                .containsExactly("latchkey.yaml:3: port: is given twice");
        assertThat(Yaml.problems("tokens.refresh-grace: 1s\ntokens:\n  refresh-grace: 2s"))
                .containsExactly("latchkey.yaml:3: tokens.refresh-grace: is given twice");
    }

    @Test
    void aUserHasOnePassword() {
        assertThat(Yaml.problems("users: [{username: a, password: hunter2, password-hash: hunter2}]"))
                .containsExactly("latchkey.yaml:1: users[0].password-hash: is given, and password too: one of them");
    }

    @Test
    void otherSourcesNameThemselves() {
        assertThat(Yaml.problems(
                        "",
                        Map.of("LATCHKEY_PORT", "no", "LATCHKEY_TOKENS_ACESS_LIFETIME", "1m"),
                        "host",
                        "prt=1",
                        "tokens.access-lifetime=never"))
                .containsExactly(
                        "environment LATCHKEY_TOKENS_ACESS_LIFETIME: is not a key; did you mean"
                                + " LATCHKEY_TOKENS_ACCESS_LIFETIME?",
                        "environment LATCHKEY_PORT: port: has to be a whole number from 0 to 65535, not \"no\"",
                        "--set: has to be key=value",
                        "--set: prt: is not a key; did you mean port?",
                        "--set: tokens.access-lifetime: has to be a duration such as 90s, 15m, 12h or 30d, from 1s to"
                                + " 1d, not \"never\"");
    }

    @Test
    void aMissingVariableIsNamedAndAnotherOnesValueIsNotRepeated() {
        assertThat(Yaml.problems("host: ${NO_SUCH}\nport: ${PORT}\nlog: ${", Map.of("PORT", "hunter2")))
                .containsExactly(
                        "latchkey.yaml:1: the environment has no variable NO_SUCH",
                        "latchkey.yaml:1: host: has to be an address or host name",
                        "latchkey.yaml:2: port: has to be a whole number from 0 to 65535",
                        "latchkey.yaml:3: ${ begins the name of an environment variable, as in ${NAME}; write $${ for"
                                + " the text",
                        "latchkey.yaml:3: log: has to be text or json");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "password: *hunter2 | a value that begins with * or & needs quotes",
                "password: !hunter2!x y | a value that begins with ! needs quotes",
                "password: @hunter2 | a value that begins with @, ` or % needs quotes",
                "password: a: hunter2 | a value that contains \": \" needs quotes, or the indentation is wrong",
                "password: [hunter2 | check indentation, quotes and brackets",
                "password: \"hunter2 | check indentation, quotes and brackets",
                "password: !!binary hunter2 | tags are not used here",
                "[a, hunter2] | has to be a mapping of keys, not a list",
                "hunter2 | has to be a mapping of keys, not a single value",
                "{[a]: b} | a key has to be a single word",
            })
    void textThatIsNotYamlIsNotRepeated(String text, String problem) {
        assertThat(Yaml.problems(text))
                .anySatisfy(line -> assertThat(line).contains(problem))
                .allSatisfy(line -> assertThat(line).startsWith("latchkey.yaml").doesNotContain("hunter2"));
    }

    @Test
    void aDocumentIsBounded() {
        assertThat(Yaml.problems("a: " + "[".repeat(40) + "]".repeat(40)))
                .containsExactly("latchkey.yaml:1: is nested deeper than 16 levels");
        String laughs = """
            a: &a [x,x,x,x,x,x,x,x,x,x]
            b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]
            c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]
            d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]
            e: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d,*d]
            f: [*e,*e,*e,*e,*e,*e,*e,*e,*e,*e]
            """;
        assertThat(Yaml.problems(laughs)).singleElement().asString().contains("has more than 200000 values");
        assertThat(Yaml.problems("a: &a [*a]")).singleElement().asString().contains("nested deeper");
        assertThat(Yaml.problems("a: " + "[".repeat(100_000))).isNotEmpty();
    }
}
