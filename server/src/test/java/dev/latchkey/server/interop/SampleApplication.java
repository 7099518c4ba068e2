package dev.latchkey.server.interop;

import static org.springframework.security.config.Customizer.withDefaults;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.AnnotatedBeanDefinitionReader;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientProviderBuilder;
import org.springframework.security.oauth2.client.oidc.web.logout.OidcClientInitiatedLogoutSuccessHandler;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.web.HttpSessionOAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.web.context.support.GenericWebApplicationContext;

/**
 * A web application whose users sign in at the server: Spring Security's {@code oauth2Login}, configured by discovery,
 * with PKCE, user info, refresh and both ways of logout. Its pages are {@link SamplePages}.
 */
final class SampleApplication implements AutoCloseable {
    static final String SIGN_IN = "/oauth2/authorization/latchkey";
    private static final String CLIENT_ID = "sample";
    private static final String SECRET = "sample-secret-sample-secret-00000";

    private final Container container = Container.start();

    @EnableWebSecurity
    private static final class Security {}

    /** What the server has to know of it, as an entry of {@code clients}. */
    String registration() {
        return """
              - client_id: %s
                client_secret: %s
                client_name: Sample shop
                redirect_uris: ['%s/login/oauth2/code/latchkey']
                post_logout_redirect_uris: ['%s/']
                backchannel_logout_uri: '%s/logout/connect/back-channel/latchkey'
                grant_types: [authorization_code, refresh_token]
                token_endpoint_auth_method: client_secret_basic
                scope: openid profile email offline_access
            """.formatted(CLIENT_ID, SECRET, url(), url(), url());
    }

    String url() {
        return container.url();
    }

    /** Asks the server for its metadata and starts. */
    void start(String issuer) {
        ClientRegistration registration = ClientRegistrations.fromIssuerLocation(issuer)
                .registrationId("latchkey")
                .clientId(CLIENT_ID)
                .clientSecret(SECRET)
                .scope("openid", "profile", "email", "offline_access")
                .build();
        container.deploy((_, servletContext) -> deploy(servletContext, registration));
    }

    private static void deploy(ServletContext servletContext, ClientRegistration registration) {
        ClientRegistrationRepository registrations = new InMemoryClientRegistrationRepository(registration);
        OAuth2AuthorizedClientRepository clients = new HttpSessionOAuth2AuthorizedClientRepository();
        GenericWebApplicationContext context = new GenericWebApplicationContext(servletContext);
        new AnnotatedBeanDefinitionReader(context).register(Security.class);
        context.registerBean(ClientRegistrationRepository.class, () -> registrations);
        context.registerBean(OAuth2AuthorizedClientRepository.class, () -> clients);
        context.registerBean(
                SecurityFilterChain.class, () -> filterChain(context.getBean(HttpSecurity.class), registrations));
        context.refresh();
        servletContext
                .addFilter("security", context.getBean("springSecurityFilterChain", Filter.class))
                .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
        servletContext
                .addServlet("pages", new SamplePages(manager(registrations, clients)))
                .addMapping("/");
    }

    private static SecurityFilterChain filterChain(HttpSecurity http, ClientRegistrationRepository registrations) {
        OidcClientInitiatedLogoutSuccessHandler logout = new OidcClientInitiatedLogoutSuccessHandler(registrations);
        logout.setPostLogoutRedirectUri("{baseUrl}/");
        return http.authorizeHttpRequests(requests ->
                        requests.requestMatchers("/").permitAll().anyRequest().authenticated())
                .oauth2Login(login -> login.loginPage("/")
                        .authorizationEndpoint(endpoint ->
                                endpoint.authorizationRequestResolver(new AuthorizationRequests(registrations)))
                        .failureHandler(toHome())
                        .defaultSuccessUrl("/me", true))
                .oidcLogout(oidc -> oidc.backChannel(withDefaults()))
                .logout(out -> out.logoutSuccessHandler(logout))
                .build();
    }

    /** Requests with PKCE, and with {@code prompt} where the link says so. */
    private record AuthorizationRequests(DefaultOAuth2AuthorizationRequestResolver resolver)
            implements OAuth2AuthorizationRequestResolver {
        AuthorizationRequests(ClientRegistrationRepository registrations) {
            this(new DefaultOAuth2AuthorizationRequestResolver(registrations, "/oauth2/authorization"));
            resolver.setAuthorizationRequestCustomizer(OAuth2AuthorizationRequestCustomizers.withPkce());
        }

        @Override
        public @Nullable OAuth2AuthorizationRequest resolve(HttpServletRequest request) {
            return withPrompt(resolver.resolve(request), request);
        }

        @Override
        public @Nullable OAuth2AuthorizationRequest resolve(HttpServletRequest request, String registrationId) {
            return withPrompt(resolver.resolve(request, registrationId), request);
        }

        private static @Nullable OAuth2AuthorizationRequest withPrompt(
                @Nullable OAuth2AuthorizationRequest authorization, HttpServletRequest request) {
            String prompt = request.getParameter("prompt");
            return authorization == null || prompt == null
                    ? authorization
                    : OAuth2AuthorizationRequest.from(authorization)
                            .additionalParameters(more -> more.put("prompt", prompt))
                            .build();
        }
    }

    private static AuthenticationFailureHandler toHome() {
        return (_, response, failure) -> response.sendRedirect("/?error="
                + (failure instanceof OAuth2AuthenticationException refused
                        ? refused.getError().getErrorCode()
                        : failure.getClass().getSimpleName()));
    }

    /** Refreshes whenever it is asked: 20 minutes before the end of a token is always, for one of 15 minutes. */
    private static DefaultOAuth2AuthorizedClientManager manager(
            ClientRegistrationRepository registrations, OAuth2AuthorizedClientRepository clients) {
        DefaultOAuth2AuthorizedClientManager manager = new DefaultOAuth2AuthorizedClientManager(registrations, clients);
        manager.setAuthorizedClientProvider(OAuth2AuthorizedClientProviderBuilder.builder()
                .refreshToken(refresh -> refresh.clockSkew(Duration.ofMinutes(20)))
                .build());
        return manager;
    }

    @Override
    public void close() {
        container.close();
    }
}
