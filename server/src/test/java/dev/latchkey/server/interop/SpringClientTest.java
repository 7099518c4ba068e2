package dev.latchkey.server.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.server.TestServer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.AuthorizedClientServiceOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.ClientAuthorizationException;
import org.springframework.security.oauth2.client.InMemoryOAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientProviderBuilder;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.client.userinfo.DefaultOAuth2UserService;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserRequest;
import org.springframework.security.oauth2.client.web.client.OAuth2ClientHttpRequestInterceptor;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.endpoint.DefaultMapOAuth2AccessTokenResponseConverter;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.RestClient;

/**
 * Spring Security's OAuth2 client, configured by discovery. It has no password grant: the login is the form that its user
 * sends with a {@code RestClient}, from there on it is on its own.
 */
class SpringClientTest {
    private static final String ALICE = "alice";
    private static final String SECRET = "service-secret-service-secret-00";
    private static final ParameterizedTypeReference<Map<String, Object>> MEMBERS =
            new ParameterizedTypeReference<>() {};

    private final TestServer server = TestServer.start();

    @BeforeEach
    void turnToPresent() {
        server.clock().turnToPresent();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** What an application is wired of. */
    private record Application(
            ClientRegistration registration,
            OAuth2AuthorizedClientService clients,
            AuthorizedClientServiceOAuth2AuthorizedClientManager manager) {
        static Application of(ClientRegistration registration) {
            InMemoryClientRegistrationRepository registrations = new InMemoryClientRegistrationRepository(registration);
            OAuth2AuthorizedClientService clients = new InMemoryOAuth2AuthorizedClientService(registrations);
            AuthorizedClientServiceOAuth2AuthorizedClientManager manager =
                    new AuthorizedClientServiceOAuth2AuthorizedClientManager(registrations, clients);
            manager.setAuthorizedClientProvider(OAuth2AuthorizedClientProviderBuilder.builder()
                    .clientCredentials()
                    .refreshToken()
                    .build());
            return new Application(registration, clients, manager);
        }

        OAuth2AuthorizedClient authorized(String principal) {
            OAuth2AuthorizeRequest request = OAuth2AuthorizeRequest.withClientRegistrationId(
                            registration.getRegistrationId())
                    .principal(principal)
                    .build();
            return Objects.requireNonNull(manager.authorize(request));
        }

        OAuth2AuthorizedClient stored(String principal) {
            return clients.loadAuthorizedClient(registration.getRegistrationId(), principal);
        }
    }

    private ClientRegistration.Builder registration(String clientId) {
        return ClientRegistrations.fromIssuerLocation(server.url())
                .registrationId("latchkey")
                .clientId(clientId);
    }

    private Application service() {
        return Application.of(registration("service")
                .clientSecret(SECRET)
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .scope("orders:read")
                .build());
    }

    private Application firstParty() {
        return Application.of(registration("first-party")
                .clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
                .authorizationGrantType(new AuthorizationGrantType("password"))
                .build());
    }

    private static MultiValueMap<String, String> form(Map<String, String> fields) {
        return new LinkedMultiValueMap<>(MultiValueMap.fromSingleValue(fields));
    }

    private OAuth2AccessTokenResponse login() {
        Map<String, Object> members = RestClient.create(server.url())
                .post()
                .uri("/login")
                .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                .body(form(Map.of("username", ALICE, "password", TestServer.PASSWORD)))
                .retrieve()
                .body(MEMBERS);
        return new DefaultMapOAuth2AccessTokenResponseConverter().convert(Objects.requireNonNull(members));
    }

    /** Logs in and keeps an access token that the application takes for expired, so that it refreshes. */
    private OAuth2AccessTokenResponse loginLongAgo(Application application) {
        OAuth2AccessTokenResponse login = login();
        OAuth2AccessToken token = login.getAccessToken();
        Instant issuedAt = Objects.requireNonNull(token.getIssuedAt()).minus(Duration.ofHours(1));
        OAuth2AccessToken expired = new OAuth2AccessToken(
                token.getTokenType(),
                token.getTokenValue(),
                issuedAt,
                issuedAt.plus(Duration.ofMinutes(15)),
                token.getScopes());
        OAuth2AuthorizedClient client =
                new OAuth2AuthorizedClient(application.registration(), ALICE, expired, login.getRefreshToken());
        application.clients().saveAuthorizedClient(client, principal());
        return login;
    }

    private static Authentication principal() {
        return new TestingAuthenticationToken(ALICE, "");
    }

    @Test
    void findsEveryEndpoint() {
        ClientRegistration.ProviderDetails provider = service().registration().getProviderDetails();
        assertThat(provider.getIssuerUri()).isEqualTo(server.url());
        assertThat(provider.getTokenUri()).isEqualTo(server.url() + "/token");
        assertThat(provider.getJwkSetUri()).isEqualTo(server.url() + "/jwks");
        assertThat(provider.getUserInfoEndpoint().getUri()).isEqualTo(server.url() + "/userinfo");
    }

    @Test
    void getsATokenOfItsOwnAndKeepsItWhileItIsValid() {
        Application application = service();
        OAuth2AccessToken token = application.authorized("service").getAccessToken();
        assertThat(token.getScopes()).containsExactly("orders:read");
        assertThat(Duration.between(token.getIssuedAt(), token.getExpiresAt())).isEqualTo(Duration.ofMinutes(15));
        assertThat(application.authorized("service").getAccessToken()).isEqualTo(token);
    }

    @Test
    void refreshesByItselfAndStoresTheNextRefreshToken() {
        Application application = firstParty();
        OAuth2AccessTokenResponse login = loginLongAgo(application);
        OAuth2AuthorizedClient refreshed = application.authorized(ALICE);
        assertThat(refreshed.getAccessToken().getTokenValue())
                .isNotEqualTo(login.getAccessToken().getTokenValue());
        assertThat(Objects.requireNonNull(refreshed.getRefreshToken()).getTokenValue())
                .isNotEqualTo(Objects.requireNonNull(login.getRefreshToken()).getTokenValue());
        assertThat(application.stored(ALICE).getRefreshToken()).isEqualTo(refreshed.getRefreshToken());
        assertThat(userOf(application, refreshed.getAccessToken())).containsEntry("name", "Alice Liddell");
    }

    private static Map<String, Object> userOf(Application application, OAuth2AccessToken token) {
        ClientRegistration registration = ClientRegistration.withClientRegistration(application.registration())
                .userInfoUri(application
                        .registration()
                        .getProviderDetails()
                        .getUserInfoEndpoint()
                        .getUri())
                .userNameAttributeName("sub")
                .build();
        return new DefaultOAuth2UserService()
                .loadUser(new OAuth2UserRequest(registration, token))
                .getAttributes();
    }

    @Test
    void addsTokensToTheRequestsOfARestClient() {
        Application application = firstParty();
        loginLongAgo(application);
        OAuth2ClientHttpRequestInterceptor tokens = new OAuth2ClientHttpRequestInterceptor(application.manager());
        tokens.setClientRegistrationIdResolver(_ -> "latchkey");
        tokens.setPrincipalResolver(_ -> principal());
        Map<String, Object> user = RestClient.builder()
                .requestInterceptor(tokens)
                .build()
                .get()
                .uri(URI.create(server.url() + "/users/me"))
                .retrieve()
                .body(MEMBERS);
        assertThat(user).containsEntry("username", ALICE);
    }

    @Test
    void forgetsASessionThatWasRevoked() {
        Application application = firstParty();
        OAuth2AccessTokenResponse login = loginLongAgo(application);
        RestClient.create(server.url())
                .post()
                .uri("/revoke")
                .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                .body(form(Map.of(
                        "token",
                        Objects.requireNonNull(login.getRefreshToken()).getTokenValue(),
                        "client_id",
                        "first-party")))
                .retrieve()
                .toBodilessEntity();
        assertThatThrownBy(() -> application.authorized(ALICE))
                .isInstanceOfSatisfying(
                        ClientAuthorizationException.class,
                        refused -> assertThat(refused.getError().getErrorCode()).isEqualTo("invalid_grant"));
        assertThat(application.stored(ALICE)).isNull();
    }
}
