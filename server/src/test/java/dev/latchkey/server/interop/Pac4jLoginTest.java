package dev.latchkey.server.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.TestServer;
import dev.latchkey.server.interop.Visitor.Page;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pac4j.core.config.Config;
import org.pac4j.core.profile.ProfileManager;
import org.pac4j.jee.context.JEEContext;
import org.pac4j.jee.context.session.JEESessionStore;
import org.pac4j.jee.filter.CallbackFilter;
import org.pac4j.jee.filter.LogoutFilter;
import org.pac4j.jee.filter.SecurityFilter;
import org.pac4j.oidc.client.OidcClient;
import org.pac4j.oidc.config.OidcConfiguration;
import org.pac4j.oidc.profile.OidcProfile;

/** The filters of pac4j in a servlet container, configured by discovery. */
class Pac4jLoginTest {
    private static final String SECRET = "pac4j-secret-pac4j-secret-0000000";

    private final Container application = Container.start();
    private final Visitor alice = new Visitor();
    private TestServer server;

    /** Says who is signed in, in some lines; the filter before it refreshes, and so does this. */
    private static final class WhoAmI extends HttpServlet {
        private final Config config;

        WhoAmI(Config config) {
            this.config = config;
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            ProfileManager profiles = new ProfileManager(new JEEContext(request, response), new JEESessionStore());
            profiles.setConfig(config);
            response.getWriter()
                    .print(profiles.getProfile(OidcProfile.class)
                            .map(WhoAmI::describe)
                            .orElse("nobody"));
        }

        private static String describe(OidcProfile profile) {
            return String.join(
                    "\n",
                    profile.getDisplayName(),
                    profile.getEmail(),
                    profile.getId(),
                    profile.getAccessToken().getValue());
        }
    }

    @BeforeEach
    void start() {
        server = TestServer.start(
                TestServer.CONFIGURATION + """
                      - client_id: pac4j
                        client_secret: %s
                        redirect_uris: ['%s/callback?client_name=OidcClient']
                        post_logout_redirect_uris: ['%s/signed-out']
                        grant_types: [authorization_code, refresh_token]
                        scope: openid profile email offline_access
                    """.formatted(SECRET, application.url(), application.url()));
        server.clock().turnToPresent();
        application.deploy((_, servletContext) -> deploy(servletContext));
    }

    @AfterEach
    void stop() {
        alice.close();
        application.close();
        server.close();
    }

    private OidcConfiguration configuration() {
        OidcConfiguration configuration = new OidcConfiguration();
        configuration.setDiscoveryURI(server.url() + "/.well-known/openid-configuration");
        configuration.setClientId("pac4j");
        configuration.setSecret(SECRET);
        configuration.setScope("openid profile email offline_access");
        configuration.setUseNonce(true);
        configuration.setUseNonceOnRefresh(false); // OpenID Connect Core §12.2: there should be none
        configuration.setExpireSessionWithToken(true);
        configuration.setTokenExpirationAdvance(20 * 60); // tokens of 15 minutes: it refreshes at every visit
        return configuration;
    }

    private void deploy(ServletContext context) {
        Config config = new Config(application.url() + "/callback", new OidcClient(configuration()));
        LogoutFilter logout = new LogoutFilter(config, application.url() + "/signed-out");
        logout.setCentralLogout(true);
        addFilter(context, "security", new SecurityFilter(config, "OidcClient"), "/me");
        addFilter(context, "callback", new CallbackFilter(config, "/me"), "/callback");
        addFilter(context, "logout", logout, "/logout");
        context.addServlet("api", new WhoAmI(config)).addMapping("/");
    }

    private static void addFilter(ServletContext context, String name, Filter filter, String path) {
        context.addFilter(name, filter).addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, path);
    }

    private String[] visit() {
        return alice.get(application.url() + "/me").text().split("\n", -1);
    }

    @Test
    void signsInReadsTheUserAndRefreshes() {
        Page login = alice.get(application.url() + "/me");
        assertThat(login.uri().toString()).startsWith(server.url());

        Page me = alice.signIn(login);

        assertThat(me.uri()).as(me.text()).hasToString(application.url() + "/me");
        String[] first = me.text().split("\n", -1);
        assertThat(first).startsWith("Alice Liddell", "alice@example.com");
        String[] second = visit();
        assertThat(second[2]).isEqualTo(first[2]);
        assertThat(second[3]).isNotEqualTo(first[3]);
        assertThat(server.getAs(second[3], "/userinfo").json()).containsEntry("sub", second[2]);
    }

    @Test
    void signsOutHereAndAtTheServer() {
        alice.signIn(alice.get(application.url() + "/me"));

        Page signedOut = alice.get(application.url() + "/logout");

        assertThat(signedOut.uri().toString()).as(signedOut.text()).startsWith(application.url() + "/signed-out");
        assertThat(signedOut.text()).isEqualTo("nobody");
        assertThat(alice.get(application.url() + "/me").text()).contains("password");
    }
}
