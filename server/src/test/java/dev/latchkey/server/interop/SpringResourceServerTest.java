package dev.latchkey.server.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.Answer;
import dev.latchkey.server.TestServer;
import dev.latchkey.token.Algorithm;
import dev.latchkey.token.Jwk;
import dev.latchkey.token.Jwt;
import dev.latchkey.token.UnverifiedToken;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.resource.OAuth2ResourceServerConfigurer;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoders;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.security.oauth2.server.resource.introspection.SpringOpaqueTokenIntrospector;
import org.springframework.security.web.SecurityFilterChain;

/** An API that Spring Security guards with this server's tokens: JWTs by discovery, and opaque ones by introspection. */
class SpringResourceServerTest {
    private static final String SECRET = "service-secret-service-secret-00";

    private static final String ORDERS = "https://orders.example";

    private final TestServer server = TestServer.start();

    @BeforeEach
    void turnToPresent() {
        server.clock().turnToPresent();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** What an application's configuration class says: orders need a scope, all else a token. */
    private static void guard(
            GenericApplicationContext context,
            Customizer<OAuth2ResourceServerConfigurer<HttpSecurity>> resourceServer) {
        context.registerBean(
                SecurityFilterChain.class,
                () -> context.getBean(HttpSecurity.class)
                        .authorizeHttpRequests(requests -> requests.requestMatchers("/orders")
                                .hasAuthority("SCOPE_orders:read")
                                .anyRequest()
                                .authenticated())
                        .oauth2ResourceServer(resourceServer)
                        .build());
    }

    private static SpringApi guardedByJwts(JwtDecoder decoder) {
        return SpringApi.start(context -> {
            context.registerBean(JwtDecoder.class, () -> decoder);
            guard(context, resourceServer -> resourceServer.jwt(Customizer.withDefaults()));
        });
    }

    private static SpringApi guardedByIntrospection(OpaqueTokenIntrospector introspector) {
        return SpringApi.start(context -> {
            context.registerBean(OpaqueTokenIntrospector.class, () -> introspector);
            guard(context, resourceServer -> resourceServer.opaqueToken(Customizer.withDefaults()));
        });
    }

    private OpaqueTokenIntrospector introspector() {
        return SpringOpaqueTokenIntrospector.withIntrospectionUri(server.url() + "/introspect")
                .clientId("service")
                .clientSecret(SECRET)
                .build();
    }

    /** The decoder of docs/guide/spring-security.md: what RFC 9068 §4 has a resource server take. */
    private static NimbusJwtDecoder accessTokenDecoder(String issuer, String audience) {
        NimbusJwtDecoder decoder =
                NimbusJwtDecoder.withIssuerLocation(issuer).validateType(false).build();
        decoder.setJwtValidator(JwtValidators.createAtJwtValidator()
                .issuer(issuer)
                .audience(audience)
                .validators(all -> all.put("client_id", new JwtClaimValidator<>("client_id", Objects::nonNull)))
                .build());
        return decoder;
    }

    private static String subject(String token) {
        return (String) UnverifiedToken.parse(token).claims().get("sub");
    }

    private static void assertUnauthorized(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("WWW-Authenticate").orElse("")).startsWith("Bearer");
    }

    private void assertGuards(SpringApi api) {
        Answer login = server.login();
        String token = login.text("access_token");
        assertThat(api.getAs(token, "/me").body()).isEqualTo(subject(token));
        assertThat(api.getAs(token, "/orders").statusCode()).isEqualTo(200);
        Answer less = server.post(
                "/token",
                "grant_type",
                "refresh_token",
                "refresh_token",
                login.text("refresh_token"),
                "scope",
                "openid");
        assertThat(api.getAs(less.text("access_token"), "/me").statusCode()).isEqualTo(200);
        assertThat(api.getAs(less.text("access_token"), "/orders").statusCode()).isEqualTo(403);
        assertUnauthorized(api.get("/me"));
        assertUnauthorized(api.getAs(less.text("refresh_token"), "/me"));
        UnverifiedToken genuine = UnverifiedToken.parse(token);
        Jwk other = Jwk.generate(Algorithm.ES256)
                .withKeyId(String.valueOf(genuine.header().get("kid")));
        assertUnauthorized(api.getAs(
                Jwt.create(server.clock())
                        .type("at+jwt")
                        .claims(genuine.claims())
                        .sign(other),
                "/me"));
        server.clock().turn(Duration.ofMinutes(-17));
        String old = server.login().text("access_token");
        server.clock().turn(Duration.ofMinutes(17));
        assertUnauthorized(api.getAs(old, "/me"));
    }

    @Test
    void takesAccessTokensByDiscovery() {
        try (SpringApi api = guardedByJwts(accessTokenDecoder(server.url(), server.url()))) {
            assertGuards(api);
            Answer ofAClient = server.post(
                    "/token",
                    "grant_type",
                    "client_credentials",
                    "client_id",
                    "form",
                    "client_secret",
                    "form-secret-form-secret-form-000");
            assertThat(api.getAs(ofAClient.text("access_token"), "/me").body()).isEqualTo("form");
            Answer forAnotherApi =
                    server.postAs("service", SECRET, "/token", "grant_type", "client_credentials", "resource", ORDERS);
            assertUnauthorized(api.getAs(forAnotherApi.text("access_token"), "/me"));
        }
    }

    /** Without a word about the type it takes {@code JWT} and none other: so it refuses every token of RFC 9068. */
    @Test
    void hasToBeToldTheTypeOfAccessTokens() {
        try (SpringApi api = guardedByJwts(JwtDecoders.<JwtDecoder>fromIssuerLocation(server.url()))) {
            HttpResponse<String> response = api.getAs(server.login().text("access_token"), "/me");
            assertUnauthorized(response);
            assertThat(response.headers().firstValue("WWW-Authenticate").orElse(""))
                    .contains("typ");
        }
    }

    @Test
    void followsARotationOfKeys() {
        try (TestServer rotating = TestServer.start("keys: {publish-before: 0s}\n" + TestServer.CONFIGURATION)) {
            rotating.clock().turnToPresent();
            JwtDecoder decoder = accessTokenDecoder(rotating.url(), rotating.url());
            Object before = decoder.decode(rotating.login().text("access_token"))
                    .getHeaders()
                    .get("kid");
            String next = rotating.server().issuer().keys().rotate(Algorithm.ES256);
            Object after = decoder.decode(rotating.login().text("access_token"))
                    .getHeaders()
                    .get("kid");
            assertThat(after).isEqualTo(next).isNotEqualTo(before);
        }
    }

    @Test
    void takesTokensByIntrospectionUntilTheyAreRevoked() {
        try (SpringApi api = guardedByIntrospection(introspector())) {
            assertGuards(api);
            Answer login = server.login();
            assertThat(api.getAs(login.text("access_token"), "/me").statusCode())
                    .isEqualTo(200);
            server.post("/revoke", "token", login.text("refresh_token"));
            assertUnauthorized(api.getAs(login.text("access_token"), "/me"));
        }
    }

    @Test
    void theCodeOfTheGuideIsThatOfThisTest() throws IOException {
        String guide = Files.readString(Path.of("../docs/guide/spring-security.md"));
        String code = guide.substring(guide.indexOf("```java") + 7, guide.lastIndexOf("```"));
        Path test = Path.of("src/test/java", getClass().getName().replace('.', '/') + ".java");
        assertThat(Files.readString(test).replaceAll("\\s+", " "))
                .contains(code.strip().replaceAll("\\s+", " "));
    }
}
