package dev.latchkey.guard.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.guard.contract.RawClient.Request;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whom the guard refuses, and how: status, headers and body, to the letter. */
abstract class RefusalContract extends ServedApi {
    private static final String BAD = "Could not validate credentials";

    @Test
    void asksForCredentials() throws Exception {
        Served served = start();

        assertRefused(served, served.get("/me"), 401, challenges(), "{\"detail\":\"Not authenticated\"}");
    }

    @Test
    void saysWhichScopesACallerWillNeed() throws Exception {
        Served served = start();

        Answer answer = served.send("POST", "/orders");

        List<String> challenges = challenges("scope=\"orders:read orders:write\"");
        assertRefused(served, answer, 401, challenges, "{\"detail\":\"Not authenticated\"}");
    }

    @Test
    void refusesWhatIsNoToken() throws Exception {
        Served served = start();

        for (String text : List.of("", "nonsense", "a.b.c", "white space", "kaesekr\u00e4iner", "a,b")) {
            assertBadToken(served, text, "The access token is malformed");
        }
    }

    @Test
    void refusesAnExpiredToken() throws Exception {
        Served served = start();
        String token = issuer.aliceToken();
        issuer.turn(Duration.ofMinutes(5));

        assertBadToken(served, token, "The access token expired");
    }

    @Test
    void refusesATokenForAnotherApi() throws Exception {
        String token = issuer.sign(issuer.token().audience("https://stock.example"));

        assertBadToken(start(), token, "The access token is meant for somebody else");
    }

    @Test
    void refusesATokenWithAWrongSignature() throws Exception {
        assertBadToken(start(), issuer.signFalsely(issuer.token()), "The signature of the access token is wrong");
    }

    @Test
    void refusesAWrongTokenEvenWhereNoneIsNeeded() throws Exception {
        Served served = start();
        String description = "The access token is malformed";

        Answer answer = served.get("/optional", bearer("nonsense"));

        assertRefused(
                served, answer, 401, failed("invalid_token", description), json("invalid_token", description, BAD));
    }

    @Test
    void refusesWhoLacksAScope() throws Exception {
        Served served = start();
        String description = "The request needs more than the access token allows";

        Answer answer = served.send("POST", "/orders", bearer(issuer.aliceToken()));

        List<String> challenges = failed("insufficient_scope", description, "scope=\"orders:read orders:write\"");
        String body = json("insufficient_scope", description, "Not enough permissions");
        assertRefused(served, answer, 403, challenges, body);
    }

    @Test
    void refusesWhoLacksARole() throws Exception {
        Served served = start();
        String description = "The caller lacks a role that this needs";

        Answer answer = served.get("/admin", bearer(issuer.aliceToken()));

        String body = json("insufficient_scope", description, "Not enough permissions");
        assertRefused(served, answer, 403, failed("insufficient_scope", description), body);
    }

    /** RFC 9470 §3. */
    @Test
    void asksWhoLoggedInTooWeaklyToStepUp() throws Exception {
        Served served = start();
        String description = "A more recent or stronger authentication is needed";

        Answer answer = served.get("/step-up", bearer(issuer.aliceToken()));

        String error = "insufficient_user_authentication";
        List<String> challenges =
                failed(error, description, "acr_values=\"urn:example:two-factor\"", "max_age=\"300\"");
        assertRefused(served, answer, 401, challenges, json(error, description, description));
    }

    @Test
    void refusesTwoAuthorizationHeaders() throws Exception {
        Served served = start();
        String description = "There is more than one Authorization header";

        Answer answer = served.get("/me", bearer(issuer.aliceToken()), bearer(issuer.aliceToken()));

        String body = json("invalid_request", description, description);
        assertRefused(served, answer, 400, failed("invalid_request", description), body);
    }

    @Test
    void refusesTwoKindsOfCredentials() throws Exception {
        Served served = start();
        String description = "There are two kinds of credentials";

        Answer answer = served.get("/me", bearer(issuer.aliceToken()), "X-API-Key: key-of-the-robot");

        String body = json("invalid_request", description, description);
        assertRefused(served, answer, 400, failed("invalid_request", description), body);
    }

    @Test
    void refusesAWrongKeyAndAWrongPassword() throws Exception {
        Served served = start();

        for (String header : List.of("X-API-Key: key-of-nobody", "Authorization: Basic Ym9iOndyb25n")) {
            assertRefused(served, served.get("/me", header), 401, challenges(), "{\"detail\":\"" + BAD + "\"}");
        }
    }

    @Test
    void saysWhenToComeBackWhereNobodyCanTell() throws Exception {
        Served served = start(issuer.guard(issuer.trusted().keysAt("http://127.0.0.1:1/jwks")));
        String description = "The keys of the issuer cannot be had at the moment";

        Answer answer = served.get("/me", bearer(issuer.aliceToken()));

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.ownHeaders(headersOfTheFramework()))
                .containsExactlyInAnyOrder(
                        "retry-after: 1", "content-type: application/json", "cache-control: no-store");
        assertThat(answer.body()).isEqualTo(json("temporarily_unavailable", description, description));
        assertThat(served.api().served()).isZero();
    }

    /** RFC 6750 §2.2 and §2.3 are not offered: such tokens end in logs and histories (RFC 9700 §4.3.2). */
    @Test
    void takesNoTokenOutOfTheQueryOrAForm() throws Exception {
        Served served = start();
        String token = issuer.sign(issuer.token().claim("scope", "orders:read orders:write"));
        Request form = new Request(
                "POST", "/orders", List.of("Content-Type: application/x-www-form-urlencoded"), "access_token=" + token);

        assertThat(served.get("/me?access_token=" + token).status()).isEqualTo(401);
        assertThat(served.client().send(form).status()).isEqualTo(401);
        assertThat(served.api().served()).isZero();
    }

    /** A body that was refused must not be read as the next request (RFC 9112 §11.2). */
    @Test
    void doesNotTakeARefusedBodyForARequest() throws Exception {
        Served served = start();
        String smuggled = "GET /public HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
        Request refused = new Request("POST", "/orders", List.of("Connection: keep-alive"), smuggled);
        Request next = new Request("GET", "/optional", List.of(), "");

        List<Answer> answers = served.client().send(List.of(refused, next));

        assertThat(answers).isNotEmpty().hasSizeLessThanOrEqualTo(2);
        assertThat(answers.get(0).status()).isEqualTo(401);
        assertThat(answers.stream().skip(1))
                .allSatisfy(answer -> assertThat(answer.body()).isEqualTo("{\"hello\":\"anonymous\"}"));
    }

    /** What may not be read may not be asked about: HEAD is refused as GET is (RFC 9110 §9.3.2). */
    @Test
    void refusesHeadAsItDoesGet() throws Exception {
        Served served = start();

        Answer answer = served.send("HEAD", "/me");

        assertThat(answer.status()).isIn(statusOfHead());
        if (answer.status() == 401) {
            assertRefused(served, answer, 401, challenges(), "");
        }
        assertThat(served.api().served()).isZero();
    }

    /** Of a request that was not let in. Where each route is guarded by itself, there may be none for HEAD. */
    protected Set<Integer> statusOfHead() {
        return Set.of(401, 404, 405);
    }

    /** No method opens a way past the guard, and one that was made up does not either. */
    @Test
    void guardsEveryMethod() throws Exception {
        Served served = start();

        for (String method : List.of("PUT", "DELETE", "PATCH", "TRACE", "PROPFIND", "get")) {
            assertThat(served.send(method, "/me").status()).as(method).isIn(400, 401, 404, 405, 501);
        }
        assertThat(served.api().served()).isZero();
    }

    /**
     * A preflight has no credentials (Fetch §3.3) and is refused like any request without: whoever answers those of the API,
     * a CORS filter of the framework, has to stand before the guard. Were preflights let through, everybody could send the
     * two headers that make one, to reach a handler that does not look at the method.
     */
    @Test
    void letsNoPreflightThrough() throws Exception {
        Served served = start();

        Answer answer =
                served.send("OPTIONS", "/me", "Origin: https://shop.example", "Access-Control-Request-Method: GET");

        assertThat(answer.values("Access-Control-Allow-Origin")).isEmpty();
        assertThat(served.api().served()).isZero();
    }

    private void assertBadToken(Served served, String token, String description) throws IOException {
        assertRefused(
                served,
                served.get("/me", bearer(token)),
                401,
                failed("invalid_token", description),
                json("invalid_token", description, BAD));
    }
}
