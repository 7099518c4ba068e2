package dev.latchkey.server.instances;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.Answer;
import dev.latchkey.server.TestServer;
import dev.latchkey.server.UserAgent;
import dev.latchkey.server.Visit;
import dev.latchkey.server.authorize.CodeRequest;
import dev.latchkey.server.authorize.Pkce;
import dev.latchkey.server.client.Client;
import dev.latchkey.server.client.ClientAssertions;
import dev.latchkey.server.proof.Prover;
import dev.latchkey.server.protocol.ClientId;
import dev.latchkey.server.protocol.UserId;
import dev.latchkey.token.Algorithm;
import dev.latchkey.token.Jwk;
import dev.latchkey.token.Jwt;
import dev.latchkey.token.UnverifiedToken;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Three instances on one database act as one server. */
class ManyInstancesTest {
    private static final String ISSUER = "http://localhost:9000";
    private static final String REDIRECT_URI = "https://rp.example/callback";
    private static final String SECRET = "web-secret-web-secret-web-secret-0";
    private static final String SHARED_SECRET = "a shared secret that is long enough for HS256";
    private static final String CONFIGURATION = "issuer: " + ISSUER + "\n"
            + "keys: {master-key: AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=}\n"
            + TestServer.CONFIGURATION
            + """
              - client_id: asserting
                token_endpoint_auth_method: client_secret_jwt
                client_secret: '%s'
                grant_types: [client_credentials]
                scope: orders:read
            """.formatted(SHARED_SECRET).indent(0);

    private static final int RACERS = 12;

    private final List<TestServer> instances = TestServer.startInstances(3, CONFIGURATION);
    private final TestServer first = instances.get(0);
    private final TestServer second = instances.get(1);
    private final TestServer third = instances.get(2);

    @AfterEach
    void stop() {
        instances.forEach(TestServer::close);
    }

    private TestServer instance(int number) {
        return instances.get(number % instances.size());
    }

    /** Asks all instances at the same time, a few times each. */
    private List<Answer> together(Call call) throws Exception {
        List<Callable<Answer>> calls = IntStream.range(0, RACERS)
                .<Callable<Answer>>mapToObj(number -> () -> call.ask(instance(number)))
                .toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(RACERS)) {
            List<Answer> answers = new ArrayList<>();
            for (Future<Answer> answer : threads.invokeAll(calls)) {
                answers.add(answer.get());
            }
            return answers;
        }
    }

    private interface Call {
        Answer ask(TestServer instance) throws Exception;
    }

    private static Visit authorize(UserAgent browser) {
        return browser.authorize(
                "client_id", "web",
                "redirect_uri", REDIRECT_URI,
                "response_type", "code",
                "scope", "openid profile offline_access",
                "state", "s",
                "code_challenge", Pkce.CHALLENGE,
                "code_challenge_method", "S256");
    }

    private static Answer redeem(TestServer instance, String code) {
        return instance.postAs("web", SECRET, "/token", CodeRequest.redemption(code, REDIRECT_URI));
    }

    private static Answer refresh(TestServer instance, String token) {
        return instance.postAs("web", SECRET, "/token", "grant_type", "refresh_token", "refresh_token", token);
    }

    private static Map<String, Object> introspect(TestServer instance, String token) {
        return instance.postAs("web", SECRET, "/introspect", "token", token).json();
    }

    @Test
    void aLoginThatBeginsAtOneEndsAtAnother() {
        UserAgent atFirst = new UserAgent(first);
        Visit loginPage = authorize(atFirst);
        UserAgent atSecond = atFirst.at(second);
        Visit consentPage = atSecond.signIn(loginPage);
        UserAgent atThird = atSecond.at(third);
        String code = atThird.submit(consentPage, "decision", "allow").code();

        Answer tokens = redeem(first, code);
        Answer next = refresh(second, tokens.text("refresh_token"));

        assertThat(third.getAs(next.text("access_token"), "/userinfo").json()).containsEntry("name", "Alice Liddell");
        assertThat(introspect(first, next.text("access_token"))).containsEntry("active", true);
        assertThat(first.get("/jwks").body()).isEqualTo(third.get("/jwks").body());
        assertThat(authorize(atThird.at(second)).code())
                .as("signed in everywhere")
                .isNotEmpty();
    }

    @Test
    void aCodeIsRedeemedOnce() throws Exception {
        UserAgent alice = new UserAgent(first);
        alice.submit(alice.signIn(authorize(alice)), "decision", "allow");
        for (int round = 0; round < 10; round++) {
            first.clock().turn(Duration.ofMillis(1));
            String code = authorize(alice).code();

            List<Answer> answers = together(instance -> redeem(instance, code));

            assertThat(answers.stream().filter(answer -> answer.status() == 200))
                    .hasSize(1);
            assertThat(answers.stream().filter(answer -> answer.status() == 400))
                    .hasSize(RACERS - 1);
        }
    }

    private static String push(TestServer instance) {
        return instance.postAs(
                        "web",
                        SECRET,
                        "/par",
                        "client_id",
                        "web",
                        "redirect_uri",
                        REDIRECT_URI,
                        "response_type",
                        "code",
                        "scope",
                        "openid profile offline_access",
                        "code_challenge",
                        Pkce.CHALLENGE,
                        "code_challenge_method",
                        "S256")
                .text("request_uri");
    }

    @Test
    void aRequestThatIsPushedToOneIsAnsweredByAnother() {
        String uri = push(first);

        UserAgent atSecond = new UserAgent(second);
        Visit loginPage = atSecond.authorize("client_id", "web", "request_uri", uri);
        UserAgent atThird = atSecond.at(third);
        Visit consentPage = atThird.signIn(loginPage);
        UserAgent atFirst = atThird.at(first);
        String code = atFirst.submit(consentPage, "decision", "allow").code();

        assertThat(redeem(second, code).status()).isEqualTo(200);
        assertThat(atFirst.at(third)
                        .authorize("client_id", "web", "request_uri", uri)
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aPushedRequestHasOneAnswer() throws Exception {
        UserAgent alice = new UserAgent(first);
        alice.submit(alice.signIn(authorize(alice)), "decision", "allow");
        for (int round = 0; round < 10; round++) {
            first.clock().turn(Duration.ofMillis(1));
            String uri = push(instance(round));

            List<Answer> answers = together(instance -> alice.at(instance)
                    .authorize("client_id", "web", "request_uri", uri)
                    .answer());

            List<Answer> winners =
                    answers.stream().filter(answer -> answer.status() == 303).toList();
            assertThat(winners).hasSize(1);
            assertThat(answers.stream().filter(answer -> answer.status() == 400))
                    .hasSize(RACERS - 1);
            assertThat(redeem(second, new Visit(winners.getFirst()).code()).status())
                    .isEqualTo(200);
        }
    }

    @Test
    void aRefreshTokenHasOneSuccessor() throws Exception {
        String token = first.login().text("refresh_token");
        Set<String> chain = new HashSet<>();
        for (int round = 0; round < 10; round++) {
            String present = token;
            List<Answer> answers = together(instance -> instance.refresh(present));

            assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isEqualTo(200));
            Set<String> successors = new HashSet<>();
            answers.forEach(answer -> successors.add(answer.text("refresh_token")));
            assertThat(successors).hasSize(1);
            token = successors.iterator().next();
            assertThat(chain.add(token)).isTrue();
        }
    }

    @Test
    void anAssertionIsUsedOnce() throws Exception {
        for (int round = 0; round < 5; round++) {
            String assertion = Jwt.create(first.clock())
                    .issuer("asserting")
                    .subject("asserting")
                    .audience(ISSUER)
                    .expiresIn(Duration.ofMinutes(1))
                    .id("jti-" + round)
                    .sign(Jwk.secret(Algorithm.HS256, SHARED_SECRET.getBytes(StandardCharsets.UTF_8)));

            List<Answer> answers = together(instance -> instance.post(
                    "/token",
                    "grant_type",
                    "client_credentials",
                    "client_assertion_type",
                    ClientAssertions.TYPE,
                    "client_assertion",
                    assertion));

            assertThat(answers.stream().filter(answer -> answer.status() == 200))
                    .hasSize(1);
            assertThat(answers.stream().filter(answer -> answer.status() == 401))
                    .hasSize(RACERS - 1);
        }
    }

    @Test
    void aProofIsUsedOnce() throws Exception {
        Prover prover = new Prover(first.clock());
        for (int round = 0; round < 5; round++) {
            String proof = prover.proof("POST", ISSUER + "/login");

            List<Answer> answers = together(instance ->
                    Prover.postWith(instance, "/login", proof, "username", "alice", "password", TestServer.PASSWORD));

            assertThat(answers.stream().filter(answer -> answer.status() == 200))
                    .hasSize(1);
            assertThat(answers.stream().filter(answer -> answer.status() == 400))
                    .hasSize(RACERS - 1)
                    .allSatisfy(answer -> assertThat(answer.json()).containsEntry("error", "invalid_dpop_proof"));
        }
    }

    @Test
    void failedLoginsCountTogether() {
        for (int i = 0; i < 5; i++) {
            assertThat(instance(i)
                            .post("/login", "username", "alice", "password", "wrong")
                            .status())
                    .isEqualTo(401);
        }

        assertThat(instances)
                .allSatisfy(instance -> assertThat(instance.login().status())
                        .as("locked, also with the right password")
                        .isNotEqualTo(200));
        first.clock().turn(Duration.ofMinutes(16));
        assertThat(third.login().status()).isEqualTo(200);
    }

    @Test
    void aRevocationCountsEverywhereAtOnce() {
        Answer tokens = first.login();
        String access = tokens.text("access_token");
        assertThat(second.getAs(access, "/users/me").status()).isEqualTo(200);

        first.post("/revoke", "token", tokens.text("refresh_token"), "client_id", "first-party");

        assertThat(second.getAs(access, "/users/me").status()).isEqualTo(401);
        assertThat(introspect(third, access)).containsEntry("active", false);
        assertThat(third.refresh(tokens.text("refresh_token")).status()).isEqualTo(400);
    }

    @Test
    void aRevokedAccessTokenCountsNowhere() {
        String access = second.login().text("access_token");
        assertThat(third.getAs(access, "/users/me").status()).isEqualTo(200);

        first.post("/revoke", "token", access, "client_id", "first-party");

        assertThat(instances)
                .allSatisfy(instance ->
                        assertThat(instance.getAs(access, "/users/me").status()).isEqualTo(401));
    }

    @Test
    void aDisabledUserIsOutEverywhereAtOnce() {
        Answer tokens = first.login();
        UserId alice = new UserId(String.valueOf(
                UnverifiedToken.parse(tokens.text("access_token")).claims().get("sub")));
        var stores = second.server().issuer().stores();

        stores.unitOfWork().run(transaction -> stores.users().setDisabled(transaction, alice, true));

        assertThat(third.login().status()).isEqualTo(401);
        assertThat(first.refresh(tokens.text("refresh_token")).status()).isEqualTo(400);
        assertThat(introspect(third, tokens.text("access_token"))).containsEntry("active", false);
    }

    @Test
    void aDisabledClientIsOutEverywhereWithinASecond() throws Exception {
        Call ask = instance -> instance.postAs(
                "service", "service-secret-service-secret-00", "/token", "grant_type", "client_credentials");
        assertThat(together(ask))
                .allSatisfy(answer -> assertThat(answer.status()).isEqualTo(200));
        var stores = first.server().issuer().stores();
        Client service = stores.clients().find(new ClientId("service")).orElseThrow();

        stores.unitOfWork().run(transaction -> {
            stores.clients().save(transaction, service.withDisabled(true));
            return true;
        });

        long end = System.nanoTime() + Duration.ofSeconds(1).toNanos();
        long asked = System.nanoTime();
        while (ask.ask(second).status() == 200) {
            assertThat(asked)
                    .as("when it was asked, and not when it was answered")
                    .isLessThan(end);
            asked = System.nanoTime();
        }
        assertThat(together(ask))
                .allSatisfy(answer -> assertThat(answer.status()).isEqualTo(401));
    }

    @Test
    void oneOfThemRotatesAKeyAndAllSignWithIt() throws Exception {
        int before = keys(first);
        first.clock().turn(Duration.ofDays(89).plusMinutes(1));

        together(instance -> {
            instance.server().catchUp();
            return instance.get("/jwks");
        });

        // each of two algorithms has one more
        assertThat(instances).allSatisfy(instance -> assertThat(keys(instance)).isEqualTo(before * 2));
        first.clock().turn(Duration.ofDays(1));
        String signedByNew = second.login().text("access_token");
        assertThat(instances)
                .allSatisfy(instance -> assertThat(
                                instance.getAs(signedByNew, "/users/me").status())
                        .isEqualTo(200));
    }

    private static int keys(TestServer instance) {
        return ((List<?>) instance.get("/jwks").json().get("keys")).size();
    }

    @Test
    void aFirstStartOfThreeMakesOneOfEverything() {
        var stores = first.server().issuer().stores();

        assertThat(stores.keys().list())
                .extracting(key -> key.purpose() + key.algorithm())
                .doesNotHaveDuplicates();
        assertThat(stores.users().list("", 100)).hasSize(2);
        assertThat(instances)
                .allSatisfy(
                        instance -> assertThat(instance.server().firstUser()).isEmpty());
    }
}
