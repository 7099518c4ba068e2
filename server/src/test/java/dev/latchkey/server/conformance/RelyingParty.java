package dev.latchkey.server.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import dev.latchkey.server.Answer;
import dev.latchkey.server.TestServer;
import dev.latchkey.server.UserAgent;
import dev.latchkey.server.Visit;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A relying party as the certification suite plays one: one client, one user agent, no PKCE, and ID tokens that are validated
 * by a library of others.
 */
final class RelyingParty {
    static final String REDIRECT_URI = "https://rp.example/callback";

    /** One user with every claim, and one client that asks without PKCE, in each way. */
    static final String CONFIGURATION = """
        passwords: {argon2-memory: 7MiB, argon2-iterations: 1}
        users:
          - username: alice
            password: correct horse battery staple
            name: Alice Liddell
            given_name: Alice
            family_name: Liddell
            middle_name: Pleasance
            nickname: Ali
            profile: https://alice.example/
            picture: https://alice.example/me.png
            website: https://alice.example/blog
            gender: female
            birthdate: '1852-05-04'
            zoneinfo: Europe/London
            locale: en-GB
            email: alice@example.com
            email_verified: true
            phone_number: '+44 20 7946 0000'
            phone_number_verified: false
            address: {formatted: '1 Deanery, Oxford', locality: Oxford, country: GB}
          - {username: bob, password: bobs password is a long one}
        clients:
          - client_id: rp
            client_secret: rp-secret-rp-secret-rp-secret-0000
            redirect_uris: [https://rp.example/callback, 'https://rp.example/callback?foo=bar']
            grant_types: [authorization_code, refresh_token, implicit]
            response_types: [code, code id_token, id_token]
            scope: openid profile email address phone offline_access
            require_pkce: false
            initiate_login_uri: https://rp.example/start
          - client_id: post
            client_secret: post-secret-post-secret-post-00000
            token_endpoint_auth_method: client_secret_post
            redirect_uris: [https://rp.example/callback]
            grant_types: [authorization_code]
            scope: openid
            require_pkce: false
          - client_id: rs256
            client_secret: rs-secret-rs-secret-rs-secret-0000
            redirect_uris: [https://rp.example/callback]
            grant_types: [authorization_code]
            scope: openid
            require_pkce: false
            id_token_signed_response_alg: RS256
            userinfo_signed_response_alg: RS256
        """;

    private final TestServer server;
    private final String clientId;
    private final String secret;
    private UserAgent agent;

    RelyingParty(TestServer server) {
        this(server, "rp", "rp-secret-rp-secret-rp-secret-0000");
    }

    RelyingParty(TestServer server, String clientId, String secret) {
        this.server = server;
        this.clientId = clientId;
        this.secret = secret;
        this.agent = new UserAgent(server);
    }

    UserAgent agent() {
        return agent;
    }

    /** Another browser from now on. */
    void newAgent() {
        agent = new UserAgent(server);
    }

    /** Asks for a code with the scope openid; what is given replaces or adds to that, and "" leaves a parameter out. */
    Visit authorize(String... more) {
        return agent.authorize(request(more));
    }

    String[] request(String... more) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("client_id", clientId);
        parameters.put("redirect_uri", REDIRECT_URI);
        parameters.put("response_type", "code");
        parameters.put("scope", "openid");
        parameters.put("state", "state-1");
        parameters.put("nonce", "nonce-1");
        for (int i = 0; i < more.length; i += 2) {
            parameters.put(more[i], more[i + 1]);
        }
        return parameters.entrySet().stream()
                .filter(parameter -> !parameter.getValue().isEmpty())
                .flatMap(parameter -> java.util.stream.Stream.of(parameter.getKey(), parameter.getValue()))
                .toArray(String[]::new);
    }

    /** The same, through whatever pages come, as alice who allows everything, to the answer. */
    Visit login(String... more) {
        return through(authorize(more));
    }

    /** Through the pages to the answer. */
    Visit through(Visit first) {
        Visit visit = first;
        for (int pages = 0; pages < 5 && visit.status() == 200 && visit.html().contains("name=\"token\""); pages++) {
            visit = visit.html().contains("name=\"password\"")
                    ? agent.signIn(visit)
                    : agent.submit(visit, "decision", "allow");
        }
        return visit;
    }

    /** Whether the page asks for a password. */
    static boolean asksForLogin(Visit visit) {
        return visit.status() == 200 && visit.html().contains("name=\"password\"");
    }

    Answer redeem(String code) {
        return redeem(code, REDIRECT_URI);
    }

    Answer redeem(String code, String redirectUri) {
        return server.postAs(
                clientId,
                secret,
                "/token",
                "grant_type",
                "authorization_code",
                "code",
                code,
                "redirect_uri",
                redirectUri);
    }

    /** The tokens of a login. */
    Answer tokens(String... more) {
        Answer answer = redeem(login(more).code());
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    Answer refresh(String refreshToken) {
        return server.postAs(clientId, secret, "/token", "grant_type", "refresh_token", "refresh_token", refreshToken);
    }

    /** The claims of an ID token that holds up. */
    Map<String, Object> idToken(String text, String nonce) {
        try {
            JWKSet keys = JWKSet.parse(server.get("/jwks").body());
            SignedJWT token = SignedJWT.parse(text);
            IDTokenValidator validator = new IDTokenValidator(
                    new Issuer(server.url()),
                    new ClientID(clientId),
                    token.getHeader().getAlgorithm(),
                    keys);
            validator.setMaxClockSkew(1_000_000_000); // the server's clock is a turned one
            IDTokenClaimsSet claims = validator.validate(token, nonce.isEmpty() ? null : new Nonce(nonce));
            return claims.toJSONObject();
        } catch (Exception e) {
            throw new AssertionError("not a good ID token: " + text, e);
        }
    }

    Map<String, Object> idToken(Answer tokens) {
        return idToken(tokens.text("id_token"), "nonce-1");
    }
}
