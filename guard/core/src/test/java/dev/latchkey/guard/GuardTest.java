package dev.latchkey.guard;

import static dev.latchkey.guard.Outcome.admitted;
import static dev.latchkey.guard.Outcome.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.guard.Decision.Anonymous;
import dev.latchkey.token.Algorithm;
import dev.latchkey.token.Jwk;
import dev.latchkey.token.Jwt;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GuardTest {
    private static final Access ANY = Access.authenticated();

    private final TestIssuer issuer = new TestIssuer();
    private final Guard guard = issuer.guard().build();

    @AfterEach
    void close() {
        guard.close();
    }

    @Test
    void tellsWhoCalls() {
        Instant login = issuer.instant().minusSeconds(60);
        String token = issuer.sign(issuer.token()
                .claim("username", "alice@example")
                .claim("roles", List.of("admin"))
                .claim("sid", "session-1")
                .claim("acr", "urn:example:two-factor")
                .claim("auth_time", login.getEpochSecond())
                .claim("tenant", "acme"));

        Caller caller = admitted(guard.check(SentRequest.bearer(token), ANY));

        assertThat(caller.subject()).isEqualTo("alice");
        assertThat(caller.username()).contains("alice@example");
        assertThat(caller.displayName()).isEqualTo("alice@example");
        assertThat(caller.getName()).isEqualTo("alice"); // a key, so never a name that changes hands
        assertThat(caller.clientId()).contains("web");
        assertThat(caller.issuer()).contains(TestIssuer.NAME);
        assertThat(caller.scopes()).containsExactlyInAnyOrder("orders:read", "profile");
        assertThat(caller.roles()).containsExactly("admin");
        assertThat(caller.sessionId()).contains("session-1");
        assertThat(caller.acr()).contains("urn:example:two-factor");
        assertThat(caller.authTime()).contains(login);
        assertThat(caller.expiresAt()).contains(issuer.instant().plusSeconds(300));
        assertThat(caller.claims()).containsEntry("tenant", "acme");
    }

    @Test
    void asksForCredentialsWhereThereAreNone() {
        RefusedAnswer answer = refused(guard.check(SentRequest.get("https://orders.example/"), ANY));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body()).isEqualTo("{\"detail\":\"Not authenticated\"}");
        assertThat(answer.challenges()).first().isEqualTo("Bearer");
    }

    @Test
    void letsAnybodyInWhereCredentialsAreOptional() {
        Decision decision = guard.check(SentRequest.get("https://orders.example/"), Access.optional());

        assertThat(decision).isInstanceOf(Anonymous.class);
        assertThat(decision.caller()).isEmpty();
    }

    @Test
    void refusesWrongCredentialsEvenWhereTheyAreOptional() {
        RefusedAnswer answer = refused(guard.check(SentRequest.bearer("nonsense"), Access.optional()));

        assertThat(answer.status()).isEqualTo(401);
    }

    @Test
    void saysWhatIsWrongWithAToken() {
        String token = issuer.signed();
        issuer.turn(Duration.ofMinutes(5));

        RefusedAnswer answer = refused(guard.check(SentRequest.bearer(token), ANY));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.error()).isEqualTo("invalid_token");
        assertThat(answer.body())
                .isEqualTo("{\"error\":\"invalid_token\",\"error_description\":\"The access token expired\","
                        + "\"detail\":\"Could not validate credentials\"}");
        assertThat(answer.challenges())
                .first()
                .isEqualTo("Bearer error=\"invalid_token\", error_description=\"The access token expired\"");
    }

    @Test
    void looksAtTheExpiryOfATokenThatItHasSeenBefore() {
        String token = issuer.signed();
        admitted(guard.check(SentRequest.bearer(token), ANY));
        issuer.turn(Duration.ofMinutes(5).minusMillis(1));
        admitted(guard.check(SentRequest.bearer(token), ANY));

        issuer.turn(Duration.ofMillis(1));

        refused(guard.check(SentRequest.bearer(token), ANY));
    }

    @Test
    void allowsForAnotherClockByTheLeeway() {
        try (Guard lenient = issuer.guard().leeway(Duration.ofSeconds(10)).build()) {
            String token = issuer.signed();
            issuer.turn(Duration.ofMinutes(5).plusSeconds(9));
            admitted(lenient.check(SentRequest.bearer(token), ANY));
            admitted(lenient.check(SentRequest.bearer(token), ANY));

            issuer.turn(Duration.ofSeconds(1));

            refused(lenient.check(SentRequest.bearer(token), ANY));
        }
    }

    @Test
    void asksForAllScopes() {
        String token = issuer.signed();
        admitted(guard.check(SentRequest.bearer(token), ANY.scopes("orders:read", "profile")));

        RefusedAnswer answer =
                refused(guard.check(SentRequest.bearer(token), ANY.scopes("orders:read", "orders:write")));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.challenges())
                .first()
                .asString()
                .startsWith("Bearer error=\"insufficient_scope\"")
                .endsWith("scope=\"orders:read orders:write\"");
        assertThat(answer.body()).contains("\"detail\":\"Not enough permissions\"");
    }

    @Test
    void asksForOneOfTheRoles() {
        String token = issuer.sign(issuer.token().claim("roles", List.of("clerk")));
        admitted(guard.check(SentRequest.bearer(token), ANY.roles("admin", "clerk")));

        assertThat(refused(guard.check(SentRequest.bearer(token), ANY.roles("admin")))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void asksForAStrongerLogin() {
        String token = issuer.sign(issuer.token().claim("acr", "one"));

        RefusedAnswer answer = refused(guard.check(SentRequest.bearer(token), ANY.acr("two", "three")));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.challenges())
                .first()
                .asString()
                .startsWith("Bearer error=\"insufficient_user_authentication\"")
                .endsWith("acr_values=\"two three\"");
    }

    @Test
    void asksForARecentLogin() {
        String token =
                issuer.sign(issuer.token().claim("auth_time", issuer.instant().getEpochSecond()));
        Access recent = ANY.maxAge(Duration.ofMinutes(2));
        issuer.turn(Duration.ofMinutes(2));
        admitted(guard.check(SentRequest.bearer(token), recent));

        issuer.turn(Duration.ofSeconds(1));
        RefusedAnswer answer = refused(guard.check(SentRequest.bearer(token), recent));

        assertThat(answer.error()).isEqualTo("insufficient_user_authentication");
        assertThat(answer.challenges()).first().asString().endsWith("max_age=\"120\"");
    }

    @Test
    void decidesLaterForSomebodyWhoWasLetInBefore() {
        Optional<Caller> alice = guard.check(SentRequest.bearer(issuer.signed()), Access.optional())
                .caller();

        assertThat(admitted(guard.authorize(alice, ANY.scopes("profile"))).subject())
                .isEqualTo("alice");
        assertThat(refused(guard.authorize(alice, ANY.scopes("orders:write"))).status())
                .isEqualTo(403);
        assertThat(refused(guard.authorize(Optional.empty(), ANY.scopes("orders:write")))
                        .challenges())
                .first()
                .isEqualTo("Bearer scope=\"orders:write\"");
        assertThat(guard.authorize(Optional.empty(), Access.optional())).isInstanceOf(Anonymous.class);
        assertThat(guard.deny(ANY).description()).isEqualTo("The caller may not do this");
        assertThat(guard.deny(ANY.scopes("orders:write")))
                .isEqualTo(refused(guard.authorize(alice, ANY.scopes("orders:write"))));
    }

    @Test
    void refusesTwoAuthorizationHeaders() {
        SentRequest request = SentRequest.bearer(issuer.signed()).with("Authorization", "Bearer x");

        assertThat(refused(guard.check(request, ANY)).status()).isEqualTo(400);
    }

    @Test
    void doesNotCareForTheCaseOfTheScheme() {
        admitted(guard.check(
                SentRequest.get("https://orders.example/").with("authorization", "bEARER " + issuer.signed()), ANY));
    }

    @Test
    void takesATokenOfEachOfSeveralIssuers() {
        TestIssuer other = new TestIssuer();
        try (Guard both = issuer.guard()
                .issuer(TrustedIssuer.of("https://other.example").keys(other.keys()))
                .build()) {
            String fromOther = other.sign(other.token().issuer("https://other.example"));
            String borrowed = other.sign(other.token()); // signed by one, said to be of the other

            assertThat(admitted(both.check(SentRequest.bearer(issuer.signed()), ANY))
                            .issuer())
                    .contains(TestIssuer.NAME);
            assertThat(admitted(both.check(SentRequest.bearer(fromOther), ANY)).issuer())
                    .contains("https://other.example");
            assertThat(refused(both.check(SentRequest.bearer(borrowed), ANY)).error())
                    .isEqualTo("invalid_token");
            assertThat(refused(both.check(
                                    SentRequest.bearer(other.sign(other.token().issuer("https://third.example"))), ANY))
                            .error())
                    .isEqualTo("invalid_token");
        }
    }

    @Test
    void takesTheTokensOfTutorials() {
        String secret = "09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7";
        Jwk key = Jwk.secret(Algorithm.HS256, secret.getBytes(StandardCharsets.UTF_8));
        String token = Jwt.create(issuer)
                .subject("johndoe")
                .expiresIn(Duration.ofMinutes(30))
                .sign(key);
        try (Guard shared =
                Guard.sharedSecret(secret).anyAudience().clock(issuer).build()) {
            assertThat(admitted(shared.check(SentRequest.bearer(token), ANY)).subject())
                    .isEqualTo("johndoe");
            refused(shared.check(SentRequest.bearer(issuer.signed()), ANY));
        }
    }

    @Test
    void readsScopesAndRolesWhereOthersPutThem() {
        TrustedIssuer elsewhere = TrustedIssuer.of(TestIssuer.NAME)
                .keys(issuer.keys())
                .tokenType("JWT")
                .scopesIn("scp")
                .rolesIn("realm_access.roles");
        String token = issuer.sign(Jwt.create(issuer)
                .type("JWT")
                .issuer(TestIssuer.NAME)
                .audience(TestIssuer.AUDIENCE)
                .subject("alice")
                .expiresIn(Duration.ofMinutes(5))
                .claim("azp", "web")
                .claim("scp", List.of("read", "write"))
                .claim("realm_access", Map.of("roles", List.of("admin"))));
        try (Guard other = Guard.issuer(elsewhere)
                .audience(TestIssuer.AUDIENCE)
                .clock(issuer)
                .build()) {
            Caller caller = admitted(other.check(SentRequest.bearer(token), ANY));

            assertThat(caller.scopes()).containsExactlyInAnyOrder("read", "write");
            assertThat(caller.roles()).containsExactly("admin");
            assertThat(caller.clientId()).contains("web");
        }
    }

    @Test
    void takesApiKeysAndPasswordsBesideTokens() {
        try (Guard several = issuer.guard()
                .apiKey(
                        "X-API-Key",
                        ApiKeys.of(Map.of("key-of-the-robot", Caller.of("robot").withRoles("machine"))))
                .basic(
                        "orders",
                        (name, password) -> name.equals("bob") && password.equals("secret:1")
                                ? Optional.of(Caller.of(name))
                                : Optional.empty())
                .build()) {
            SentRequest byKey = SentRequest.get("https://orders.example/").with("x-api-key", "key-of-the-robot");
            SentRequest byPassword = SentRequest.get("https://orders.example/")
                    .with("Authorization", "Basic Ym9iOnNlY3JldDox"); // bob:secret:1
            assertThat(admitted(several.check(byKey, ANY.roles("machine"))).subject())
                    .isEqualTo("robot");
            assertThat(admitted(several.check(byPassword, ANY)).subject()).isEqualTo("bob");
            assertThat(refused(several.check(
                                    SentRequest.get("https://orders.example/").with("X-API-Key", "other"), ANY))
                            .status())
                    .isEqualTo(401);
            assertThat(refused(several.check(
                                    SentRequest.bearer(issuer.signed()).with("X-API-Key", "key-of-the-robot"), ANY))
                            .status())
                    .isEqualTo(400);
            assertThat(refused(several.check(SentRequest.get("https://orders.example/"), ANY))
                            .challenges())
                    .extracting(challenge -> challenge.split(" ", 2)[0])
                    .containsExactly("Bearer", "DPoP", "Basic", "ApiKey");
        }
    }

    @Test
    void publishesWhoseTokensItTakes() {
        try (Guard resource = Guard.issuer(TrustedIssuer.of(TestIssuer.NAME).keys(issuer.keys()))
                .resource("https://orders.example/v1")
                .scopesSupported("orders:read")
                .clock(issuer)
                .build()) {
            ProtectedResource metadata = resource.metadata().orElseThrow();

            assertThat(metadata.path()).isEqualTo("/.well-known/oauth-protected-resource/v1");
            assertThat(metadata.body())
                    .startsWith("{\"resource\":\"https://orders.example/v1\","
                            + "\"authorization_servers\":[\"https://login.example\"],"
                            + "\"scopes_supported\":[\"orders:read\"],\"bearer_methods_supported\":[\"header\"]");
            assertThat(refused(resource.check(SentRequest.get("https://orders.example/v1"), ANY))
                            .challenges())
                    .first()
                    .isEqualTo("Bearer resource_metadata=\"https://orders.example"
                            + "/.well-known/oauth-protected-resource/v1\"");
        }
    }

    @Test
    void takesATimeBeyondAllTimesForNone() {
        String token = issuer.sign(issuer.token().claim("auth_time", Long.MAX_VALUE));

        assertThat(admitted(guard.check(SentRequest.bearer(token), ANY)).authTime())
                .isEmpty();
    }

    @Test
    void wantsAnOriginAndAResourceThatAreUrls() {
        assertThatThrownBy(() -> issuer.guard().publicOrigin("orders.example")).hasMessageContaining("scheme");
        assertThatThrownBy(() -> issuer.guard().resource("orders")).hasMessageContaining("URL");
    }

    @Test
    void wantsToKnowForWhomTokensHaveToBe() {
        GuardBuilder unfinished = Guard.issuer(TrustedIssuer.of(TestIssuer.NAME).keys(issuer.keys()));

        assertThatThrownBy(unfinished::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("audience(…)");
        assertThatThrownBy(() -> unfinished.audience("a").anyAudience().build()).hasMessageContaining("contradict");
    }

    @Test
    void saysForWhomThereIsNoTls() {
        assertThatThrownBy(() ->
                        Guard.issuer("http://login.example").audience("orders").build())
                .hasMessageContaining("not an https address");
    }
}
