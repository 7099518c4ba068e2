package dev.latchkey.server.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.TestServer;
import dev.latchkey.server.Visit;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the certification profile Dynamic OP tests of redirect URIs; of registration see {@code DynamicRegistrationTest}. */
class DynamicOpTest {
    private static final String WITH_QUERY = RelyingParty.REDIRECT_URI + "?foo=bar";

    private final TestServer server = TestServer.start(RelyingParty.CONFIGURATION);
    private final RelyingParty rp = new RelyingParty(server);

    @AfterEach
    void stop() {
        server.close();
    }

    @Certifies("oidcc-redirect-uri-query-OK")
    @Test
    void aRegisteredQueryIsKeptBesideTheAnswer() {
        Visit visit = rp.login("redirect_uri", WITH_QUERY);

        Map<String, String> query = visit.query();
        assertThat(query).containsEntry("foo", "bar").containsEntry("state", "state-1");
        assertThat(rp.redeem(visit.code(), WITH_QUERY).status()).isEqualTo(200);
    }

    @Certifies("oidcc-redirect-uri-query-mismatch")
    @Test
    void anotherQueryThanTheRegisteredOneGetsAPageOfOurs() {
        assertRefused(rp.authorize("redirect_uri", RelyingParty.REDIRECT_URI + "?foo=baz"));
        assertRefused(rp.authorize("redirect_uri", WITH_QUERY + "&and=more"));
    }

    @Certifies("oidcc-redirect-uri-query-added")
    @Test
    void anAddedQueryGetsAPageOfOurs() {
        RelyingParty post = new RelyingParty(server, "post", "post-secret-post-secret-post-00000");

        assertRefused(post.authorize("redirect_uri", WITH_QUERY));
    }

    private static void assertRefused(Visit visit) {
        assertThat(visit.status()).isEqualTo(400);
        assertThat(visit.answer().header("Location")).isEmpty();
    }
}
