package dev.latchkey.guard.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.latchkey.guard.contract.RawClient.Request;
import dev.latchkey.token.JwtBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What each adapter does the same way. Its module has a test class that extends this one and serves {@link OrdersApi}:
 *
 * <pre>{@code
 * class HttpGuardContractTest extends GuardContract {
 *     protected RunningApi serve(OrdersApi api) { … }
 * }
 * }</pre>
 */
public abstract class GuardContract extends RefusalContract {
    private static final String ALICE =
            "{\"sub\":\"alice-1\",\"name\":\"alice\",\"scopes\":[\"orders:read\"],\"roles\":[]}";

    @Test
    void tellsTheApiWhoCalls() throws Exception {
        Served served = start();

        assertServed(served.get("/me", bearer(issuer.aliceToken())), ALICE);
        assertServed(
                served.get("/admin", bearer(issuer.adminToken())),
                ALICE.replace("\"roles\":[]", "\"roles\":[\"admin\"]"));
        assertServed(served.get("/orders", bearer(issuer.aliceToken())), ALICE);
    }

    @Test
    void leavesAloneWhatIsNotGuarded() throws Exception {
        Served served = start();

        assertServed(served.get("/public"), "{\"open\":true}");
        assertServed(served.get("/public", bearer("nonsense")), "{\"open\":true}");
    }

    @Test
    void leavesPathAndBodyToTheApi() throws Exception {
        Served served = start();
        String token = issuer.sign(issuer.token().claim("scope", "orders:read orders:write"));
        List<String> headers = List.of(bearer(token), "Content-Type: text/plain");

        assertThat(served.client()
                        .send(new Request("POST", "/orders", headers, "two apples"))
                        .body())
                .endsWith(",\"placed\":\"two apples\"}");
        assertThat(served.get("/orders/caf%C3%A9%20au%20lait?x=1", bearer(token))
                        .body())
                .endsWith(",\"order\":\"caf\u00e9 au lait\"}");
    }

    @Test
    void knowsNobodyOrSomebodyWhereCredentialsAreOptional() throws Exception {
        Served served = start();

        assertServed(served.get("/optional"), "{\"hello\":\"anonymous\"}");
        assertServed(served.get("/optional", bearer(issuer.aliceToken())), "{\"hello\":\"alice\"}");
    }

    /** RFC 9110 §5.1, §11.1. */
    @Test
    void doesNotCareForTheCaseOfHeaderAndScheme() throws Exception {
        Served served = start();
        String token = issuer.aliceToken();

        assertServed(served.get("/me", "AUTHORIZATION: BEARER " + token), ALICE);
        assertServed(served.get("/me", "authorization: bearer " + token), ALICE);
    }

    @Test
    void takesKeysAndPasswords() throws Exception {
        Served served = start();

        assertThat(served.get("/orders", "x-api-key: key-of-the-robot").body()).startsWith("{\"sub\":\"robot\"");
        assertThat(served.get("/me", "Authorization: Basic Ym9iOnNlY3JldDox").body())
                .startsWith("{\"sub\":\"bob\"");
    }

    @Test
    void letsInWhoSteppedUp() throws Exception {
        Served served = start();
        JwtBuilder token = issuer.token()
                .claim("acr", "urn:example:two-factor")
                .claim("auth_time", issuer.instant().getEpochSecond());

        assertServed(served.get("/step-up", bearer(issuer.sign(token.expiresIn(Duration.ofHours(1))))), ALICE);
    }

    @Test
    void keepsCallersApart() throws Exception {
        Served served = start();
        ExecutorService threads = Executors.newFixedThreadPool(32);
        try {
            List<Future<@Nullable Void>> callers = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                String name = "user-" + i;
                String token = issuer.sign(issuer.token().subject(name).claim("username", name));
                callers.add(threads.submit(() -> {
                    for (String target : IntStream.range(0, 12)
                            .mapToObj(n -> n % 3 == 0 ? "/optional" : "/orders/" + n)
                            .toList()) {
                        assertThat(served.get(target, bearer(token)).body()).contains('"' + name + '"');
                    }
                    return null;
                }));
            }
            for (Future<@Nullable Void> caller : callers) {
                caller.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertServed(served.get("/optional"), "{\"hello\":\"anonymous\"}");
    }

    @Test
    void forgetsTheCallerOfTheLastRequest() throws Exception {
        Served served = start();
        List<String> alice = List.of(bearer(issuer.aliceToken()), "Connection: keep-alive");
        List<String> nobody = List.of("Connection: keep-alive");

        List<Answer> answers = served.client()
                .send(List.of(
                        new Request("GET", "/me", alice, ""),
                        new Request("GET", "/optional", nobody, ""),
                        new Request("GET", "/me", List.of(), "")));

        assertServed(answers.get(0), ALICE);
        assertServed(answers.get(1), "{\"hello\":\"anonymous\"}");
        assertThat(answers.get(2).status()).isEqualTo(401);
    }

    /** RFC 9449 §4.3: the address without its query, the path as it was sent. */
    @Test
    void takesATokenFromWhoProvesTheirKey() throws Exception {
        Served served = start();
        Sender sender = new Sender(issuer);
        String token = issuer.sign(issuer.token().claim("cnf", sender.confirmation()));
        String target = "/orders/caf%C3%A9%20au%20lait";

        String proof = sender.proof("GET", served.url(target), token);
        Answer answer = served.get(target + "?x=%2F&y", "Authorization: DPoP " + token, "DPoP: " + proof);
        String elsewhere = sender.proof("GET", served.url("/orders/other"), token);
        Answer refused = served.get(target, "Authorization: DPoP " + token, "DPoP: " + elsewhere);
        Answer stolen = served.get(target, bearer(token));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.values("WWW-Authenticate"))
                .containsExactly("DPoP error=\"invalid_dpop_proof\", error_description=\"The DPoP proof is for another"
                        + " address\", " + ALGS);
        assertThat(stolen.status()).isEqualTo(401);
        assertThat(served.api().served()).isEqualTo(1);
    }

    @Test
    void seesTheAddressThatTheClientAskedFor() throws Exception {
        Served direct = start();
        Served behindProxy = start(issuer.guard().publicOrigin("https://orders.example"));
        Sender sender = new Sender(issuer);
        String token = issuer.sign(issuer.token().claim("cnf", sender.confirmation()));
        String dpop = "Authorization: DPoP " + token;
        String host = "Host: orders.example";

        String plain = sender.proof("GET", "http://orders.example/me", token);
        String secure = sender.proof("GET", "https://orders.example/me", token);
        Answer pretended = direct.get("/me", host, dpop, "DPoP: " + secure, "X-Forwarded-Proto: https");

        assertThat(pretended.status()).isEqualTo(401); // whoever sends such a header is not asked
        assertServed(direct.get("/me", host, dpop, "DPoP: " + plain), ALICE);
        assertServed(behindProxy.get("/me", dpop, "DPoP: " + secure), ALICE);
    }

    /** RFC 8705 §3. */
    @Test
    void takesATokenFromWhoShowsTheirCertificate() throws Exception {
        Certificates certificates = new Certificates();
        OrdersApi api = new OrdersApi(opened(issuer.guard().build()));
        RunningApi running = serveTls(api, certificates.server());
        assumeTrue(running != null, "this adapter does not see certificates");
        int port = opened(running).port();
        String token = issuer.sign(issuer.token().claim("cnf", certificates.confirmation()));
        Request request = new Request("GET", "/me", List.of(bearer(token)), "");

        Answer own = new RawClient(certificates.client().getSocketFactory(), port).send(request);
        Answer other = new RawClient(certificates.otherClient().getSocketFactory(), port).send(request);
        Answer none = new RawClient(certificates.nobody().getSocketFactory(), port).send(request);

        assertServed(own, ALICE);
        assertThat(List.of(other, none)).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.body()).contains("The access token belongs to another certificate");
        });
        assertThat(api.served()).isEqualTo(1);
    }

    /** RFC 9728 §3. */
    @Test
    void publishesWhoseTokensItTakes() throws Exception {
        Served served = start(issuer.guard().resource("https://orders.example/v1"));
        String path = "/.well-known/oauth-protected-resource/v1";

        Answer metadata = served.get(path);
        Answer refused = served.get("/me");

        assertServed(metadata, served.api().guard().metadata().orElseThrow().body());
        assertThat(metadata.body()).startsWith("{\"resource\":\"https://orders.example/v1\"");
        assertThat(metadata.values("Content-Type")).containsExactly("application/json");
        assertThat(refused.values("WWW-Authenticate"))
                .startsWith("Bearer resource_metadata=\"https://orders.example" + path + '"');
    }

    private static void assertServed(Answer answer, String body) {
        assertThat(answer.body()).isEqualTo(body);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.values("WWW-Authenticate")).isEmpty();
    }
}
