package dev.latchkey.server.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.Answer;
import dev.latchkey.server.TestServer;
import dev.latchkey.server.UserAgent;
import dev.latchkey.server.authorize.CodeRequest;
import dev.latchkey.token.UnverifiedToken;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tokens that are asked for with a proof (RFC 9449 §5). */
class DpopTokenTest {
    private static final String[] PASSWORD_AT_APP = {
        "grant_type", "password", "client_id", "app", "username", "alice", "password", TestServer.PASSWORD
    };

    private static final String SERVICE = "service";
    private static final String SECRET = "service-secret-service-secret-00";
    private static final String CONFIGURATION = TestServer.CONFIGURATION + """
          - client_id: bound
            redirect_uris: [https://bound.example/callback]
            grant_types: [authorization_code, refresh_token, password]
            token_endpoint_auth_method: none
            scope: openid profile
            skip_consent: true
            dpop_bound_access_tokens: true
          - client_id: loose
            redirect_uris: [https://loose.example/callback]
            grant_types: [authorization_code, refresh_token]
            token_endpoint_auth_method: none
            scope: openid profile
            skip_consent: true
        """;

    private final TestServer server = TestServer.start(CONFIGURATION);
    private final Prover prover = new Prover(server.clock());
    private final Prover stranger = new Prover(server.clock());

    @AfterEach
    void stop() {
        server.close();
    }

    private static void assertRefused(Answer answer, String error) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.json()).containsEntry("error", error);
        assertThat(answer.header("WWW-Authenticate")).isEmpty();
        assertThat(answer.body()).doesNotContain("access_token");
    }

    private static @Nullable Object confirmation(String token) {
        return UnverifiedToken.parse(token).claims().get("cnf");
    }

    private void assertBound(Answer answer, Prover to) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json()).containsEntry("token_type", "DPoP");
        assertThat(confirmation(answer.text("access_token"))).isEqualTo(Map.of("jkt", to.thumbprint()));
    }

    private Answer passwordAtApp(Prover by) {
        return by.post(server, "/token", PASSWORD_AT_APP);
    }

    private Answer refreshAtApp(Prover by, String token) {
        return by.post(server, "/token", "grant_type", "refresh_token", "client_id", "app", "refresh_token", token);
    }

    private Answer asService(String... namesAndValues) {
        return asServiceWith(prover.proof("POST", server.url() + "/token"), namesAndValues);
    }

    private Answer asServiceWith(String proof, String... namesAndValues) {
        return server.send(Prover.form(server, "/token", namesAndValues)
                .header("Authorization", TestServer.basic(SERVICE, SECRET))
                .header("DPoP", proof));
    }

    private String code(String client, String redirectUri, String... more) {
        UserAgent alice = new UserAgent(server);
        return alice.signIn(alice.authorize(CodeRequest.of(client, redirectUri, more)))
                .code();
    }

    private String codeOfBound(String... more) {
        return code("bound", "https://bound.example/callback", more);
    }

    private static String[] redemption(String code, String client, String redirectUri) {
        return CodeRequest.redemption(code, redirectUri, "client_id", client);
    }

    private static String[] redemptionOfBound(String code) {
        return redemption(code, "bound", "https://bound.example/callback");
    }

    @Test
    void aClientsOwnTokenIsBound() {
        assertBound(asService("grant_type", "client_credentials"), prover);
    }

    @Test
    void withoutAProofTokensAreBearerTokens() {
        Answer answer = server.postAs(SERVICE, SECRET, "/token", "grant_type", "client_credentials");

        assertThat(answer.json()).containsEntry("token_type", "Bearer");
        assertThat(confirmation(answer.text("access_token"))).isNull();
    }

    @Test
    void aRefreshTokenOfAPublicClientIsOfUseWithItsKeyOnly() {
        Answer first = passwordAtApp(prover);
        assertBound(first, prover);
        String token = first.text("refresh_token");

        assertRefused(refreshWithoutProof(token), "invalid_dpop_proof");
        assertRefused(refreshAtApp(stranger, token), "invalid_grant");

        Answer second = refreshAtApp(prover, token);
        assertBound(second, prover);
        assertRefused(refreshAtApp(stranger, token), "invalid_grant");
        assertBound(refreshAtApp(prover, second.text("refresh_token")), prover);
    }

    @Test
    void whoHasAnOldRefreshTokenAndNotTheKeyCannotEndTheSession() {
        String oldest = passwordAtApp(prover).text("refresh_token");
        String newest = oldest;
        for (int i = 0; i < 3; i++) {
            newest = refreshAtApp(prover, newest).text("refresh_token");
        }

        assertRefused(refreshAtApp(stranger, oldest), "invalid_grant");
        assertBound(refreshAtApp(prover, newest), prover);
        assertRefused(refreshAtApp(prover, oldest), "invalid_grant");
    }

    /** Otherwise a thief could bind the session to a key of his own, and its user's replay would tell nobody. */
    @Test
    void whatBeganWithoutAKeyIsNotBoundLaterAndAReplayEndsIt() {
        String token = server.post("/token", PASSWORD_AT_APP).text("refresh_token");

        Answer stolen = refreshAtApp(stranger, token);
        assertBound(stolen, stranger);
        Answer parallel = refreshWithoutProof(token);
        assertThat(parallel.json()).containsEntry("token_type", "Bearer");
        server.clock().turn(Duration.ofMinutes(1));

        assertRefused(refreshWithoutProof(token), "invalid_grant");
        assertRefused(refreshAtApp(stranger, stolen.text("refresh_token")), "invalid_grant");
    }

    private Answer refreshWithoutProof(String token) {
        return server.post("/token", "grant_type", "refresh_token", "client_id", "app", "refresh_token", token);
    }

    @Test
    void aRefreshTokenOfAConfidentialClientIsNotBound() {
        String token = asService("grant_type", "password", "username", "alice", "password", TestServer.PASSWORD)
                .text("refresh_token");

        Answer withOther = asServiceWith(
                stranger.proof("POST", server.url() + "/token"), "grant_type", "refresh_token", "refresh_token", token);

        assertBound(withOther, stranger);
        Answer bearer = server.postAs(
                SERVICE,
                SECRET,
                "/token",
                "grant_type",
                "refresh_token",
                "refresh_token",
                withOther.text("refresh_token"));
        assertThat(bearer.json()).containsEntry("token_type", "Bearer");
    }

    @Test
    void aClientThatHasToUseItGetsNothingWithoutAProof() {
        assertRefused(server.post("/token", redemptionOfBound(codeOfBound())), "invalid_dpop_proof");
        assertRefused(
                server.post("/login", "client_id", "bound", "username", "alice", "password", TestServer.PASSWORD),
                "invalid_dpop_proof");
        Answer login = prover.post(
                server, "/login", "client_id", "bound", "username", "alice", "password", TestServer.PASSWORD);
        assertBound(login, prover);
    }

    @Test
    void aCodeAndWhatComesOfItAreBound() {
        Answer tokens = prover.post(server, "/token", redemptionOfBound(codeOfBound("dpop_jkt", prover.thumbprint())));

        assertBound(tokens, prover);
        assertThat(tokens.json()).containsKey("id_token");
        assertRefused(
                stranger.post(
                        server,
                        "/token",
                        "grant_type",
                        "refresh_token",
                        "client_id",
                        "bound",
                        "refresh_token",
                        tokens.text("refresh_token")),
                "invalid_grant");
    }

    @Test
    void aCodeThatIsBoundToAKeyIsRedeemedWithItOnly() {
        String code = code("loose", "https://loose.example/callback", "dpop_jkt", prover.thumbprint());
        String[] redemption = redemption(code, "loose", "https://loose.example/callback");

        assertRefused(server.post("/token", redemption), "invalid_dpop_proof");
        assertRefused(stranger.post(server, "/token", redemption), "invalid_grant");
        assertBound(prover.post(server, "/token", redemption), prover);
    }

    @Test
    void aProofIsTakenOnce() {
        String proof = prover.proof("POST", server.url() + "/token");
        assertBound(asServiceWith(proof, "grant_type", "client_credentials"), prover);

        Answer again = asServiceWith(proof, "grant_type", "client_credentials");

        assertRefused(again, "invalid_dpop_proof");
        assertThat(again.text("error_description")).contains("used before");
        Answer login =
                asServiceWith(proof, "grant_type", "password", "username", "alice", "password", TestServer.PASSWORD);
        assertRefused(login, "invalid_dpop_proof");
    }

    @Test
    void aUsedProofLeavesWhatItCameWithAlone() {
        String proof = prover.proof("POST", server.url() + "/token");
        Answer first = Prover.postWith(server, "/token", proof, redemptionOfBound(codeOfBound()));
        assertBound(first, prover);
        String code = codeOfBound();

        assertRefused(Prover.postWith(server, "/token", proof, redemptionOfBound(code)), "invalid_dpop_proof");
        assertBound(prover.post(server, "/token", redemptionOfBound(code)), prover);

        String[] refresh = {
            "grant_type", "refresh_token", "client_id", "bound", "refresh_token", first.text("refresh_token")
        };
        assertRefused(Prover.postWith(server, "/token", proof, refresh), "invalid_dpop_proof");
        assertBound(prover.post(server, "/token", refresh), prover);
    }

    @Test
    void aRefusedRequestDoesNotUseItsProofUp() {
        String proof = prover.proof("POST", server.url() + "/token");

        assertRefused(asServiceWith(proof, "grant_type", "refresh_token", "refresh_token", "forged"), "invalid_grant");
        assertBound(asServiceWith(proof, "grant_type", "client_credentials"), prover);
    }

    @Test
    void aProofIsTakenForAMinute() {
        Instant now = server.clock().instant();
        String url = server.url() + "/token";

        for (long seconds : List.of(-60L, 0L, 30L)) {
            assertBound(
                    asServiceWith(
                            prover.proofMadeAt(now.plusSeconds(seconds), url), "grant_type", "client_credentials"),
                    prover);
        }
        for (long seconds : List.of(-61L, -3600L, 31L, 3600L)) {
            assertRefused(
                    asServiceWith(
                            prover.proofMadeAt(now.plusSeconds(seconds), url), "grant_type", "client_credentials"),
                    "invalid_dpop_proof");
        }
    }

    @Test
    void aProofIsRememberedForAsLongAsItIsTaken() {
        String url = server.url() + "/token";
        String proof = prover.proofMadeAt(server.clock().instant().plusSeconds(30), url);
        assertBound(asServiceWith(proof, "grant_type", "client_credentials"), prover);
        for (int i = 0; i < 9; i++) {
            server.clock().turn(Duration.ofSeconds(10));
            server.keepHouse();
            assertThat(asServiceWith(proof, "grant_type", "client_credentials").text("error_description"))
                    .contains("used before");
        }
        server.clock().turn(Duration.ofMinutes(5));
        server.keepHouse();
        var stores = server.server().issuer().stores();
        int left = stores.unitOfWork()
                .<Integer>run(transaction -> stores.usedTokens()
                        .removeExpiredBefore(transaction, Instant.ofEpochMilli(Long.MAX_VALUE), 100));
        assertThat(left).as("nothing is kept").isZero();
    }

    Stream<String> unfit() {
        String url = server.url() + "/token";
        return Stream.of(
                "",
                "proof",
                prover.proof("GET", url),
                prover.proof("POST", server.url() + "/login"),
                prover.proof("POST", "https://elsewhere.example/token"),
                prover.proof("POST", url) + "x",
                prover.proof("POST", url) + ", " + prover.proof("POST", url),
                "x".repeat(9_000));
    }

    @Test
    void refusesWhatIsNoProofForTheRequest() {
        unfit().forEach(proof ->
                assertRefused(asServiceWith(proof, "grant_type", "client_credentials"), "invalid_dpop_proof"));
    }

    @Test
    void refusesTwoProofs() {
        String url = server.url() + "/token";
        Answer answer = server.send(Prover.form(server, "/token", "grant_type", "client_credentials")
                .header("Authorization", TestServer.basic(SERVICE, SECRET))
                .header("DPoP", prover.proof("POST", url))
                .header("DPoP", prover.proof("POST", url)));

        assertRefused(answer, "invalid_dpop_proof");
    }

    @Test
    void whoIsNotTheClientHearsOfThatFirst() {
        Answer answer = server.send(Prover.form(server, "/token", "grant_type", "client_credentials")
                .header("Authorization", TestServer.basic(SERVICE, "wrong"))
                .header("DPoP", "not even a proof"));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.json()).containsEntry("error", "invalid_client");
    }
}
