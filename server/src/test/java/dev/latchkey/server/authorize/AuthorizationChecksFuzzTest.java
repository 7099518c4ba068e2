package dev.latchkey.server.authorize;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.latchkey.server.Issuer;
import dev.latchkey.server.TestServer;
import dev.latchkey.server.http.Parameters;
import dev.latchkey.server.protocol.OAuthException;
import dev.latchkey.server.token.IdTokenHints;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/**
 * Any query is either a request with everything that it needs or refused, to a page or to a client by an address that this
 * has registered; nothing else comes of it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuthorizationChecksFuzzTest {
    private static final Set<String> SCOPES =
            Set.of("openid", "profile", "email", "address", "phone", "offline_access", "orders:read", "orders:write");
    private static final String HONEST = "client_id=web&redirect_uri=https://rp.example/callback&response_type=code"
            + "&code_challenge=" + Pkce.CHALLENGE + "&code_challenge_method=S256&scope=openid&";

    private final TestServer server = TestServer.start();
    private final AuthorizationChecks checks = checks(server.server().issuer(), server.clock());

    private static AuthorizationChecks checks(Issuer issuer, InstantSource clock) {
        return new AuthorizationChecks(
                new AuthorizationSettings(issuer.url(), SCOPES, Map.of(), Duration.ofSeconds(60), false),
                issuer.stores().clients(),
                new IdTokenHints(issuer.url(), issuer.keys(), clock));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @FuzzTest
    void check(byte[] data) {
        String query = new String(data, StandardCharsets.ISO_8859_1);
        checkQuery(query);
        checkQuery(HONEST + query);
    }

    private void checkQuery(String query) {
        try {
            Parameters parameters = Parameters.parse(query, "resource");
            isWhole(checks.check(parameters, Arrival.byItself(parameters)));
        } catch (RefusedRequestException refused) {
            isProven(refused.recipient());
        } catch (OAuthException refused) {
            if (refused.error().code().isEmpty()) {
                throw new AssertionError("refused without a reason: " + query);
            }
        }
    }

    private static void isWhole(AuthorizationRequest request) {
        isProven(request.recipient());
        boolean pkce = request.codeChallenge().isPresent()
                || !request.responseType().hasCode()
                || !request.client().metadata().requirePkce();
        boolean nonce = request.nonce().isPresent() || !request.responseType().hasIdToken();
        boolean scope =
                request.client().metadata().scope().containsAll(request.wanted().toBeAllowed());
        if (!pkce
                || !nonce
                || !scope
                || !request.responseType().allows(request.recipient().mode())) {
            throw new AssertionError("let pass: " + request);
        }
        Parameters again = Parameters.parse(request.parameters().toForm(), "resource");
        if (!again.toForm().equals(request.parameters().toForm())) {
            throw new AssertionError("another request when it comes back: " + request);
        }
    }

    private static void isProven(Recipient recipient) {
        List<String> own = recipient.client().metadata().redirectUris();
        if (own.stream().noneMatch(uri -> RedirectUris.match(uri, recipient.redirectUri()))) {
            throw new AssertionError("somebody else's: " + recipient.redirectUri());
        }
    }
}
