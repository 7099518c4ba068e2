package dev.latchkey.server.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.Answer;
import dev.latchkey.server.Stores;
import dev.latchkey.server.TestServer;
import dev.latchkey.server.session.StatusIndex;
import dev.latchkey.token.Algorithm;
import dev.latchkey.token.Jwk;
import dev.latchkey.token.JwkSet;
import dev.latchkey.token.KeySource;
import dev.latchkey.token.UnverifiedToken;
import dev.latchkey.token.VerifiedToken;
import dev.latchkey.token.Verifier;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The list itself: what tokens refer to, what is served there, and when it changes (IETF Token Status List). */
class StatusListTest {
    private static final String LIST = "/status-list?list=0";
    private static final int BYTES = 128 * 1024;

    private final TestServer server = TestServer.start();
    private final StatusReader reader = new StatusReader(server);

    @AfterEach
    void stop() {
        server.close();
    }

    private Answer poll(String tag) {
        return server.send(server.request(LIST).header("If-None-Match", tag));
    }

    private static String tag(Answer list) {
        return list.header("ETag").orElseThrow();
    }

    private Answer revoke(String token) {
        return server.post("/revoke", "token", token);
    }

    private VerifiedToken verified(Answer list, KeySource keys, Algorithm algorithm) {
        return (VerifiedToken) Verifier.with(keys)
                .issuer(server.url())
                .anyAudience()
                .type("statuslist+jwt")
                .algorithms(algorithm)
                .clock(server.clock())
                .maxLength(256 * 1024)
                .build()
                .check(list.body());
    }

    @Test
    void aTokenOfASessionRefersToItsPlaceAndKeepsIt() {
        Answer login = server.login();
        Map<?, ?> reference = StatusReader.reference(login.text("access_token"));

        assertThat(reference.keySet().stream().map(Object::toString)).containsExactlyInAnyOrder("idx", "uri");
        assertThat(reference.get("uri")).isEqualTo(server.url() + LIST);
        assertThat(StatusReader.place(login.text("access_token"))).isBetween(0, 1023);
        Answer refreshed = server.refresh(login.text("refresh_token"));
        assertThat(StatusReader.reference(refreshed.text("access_token"))).isEqualTo(reference);
        assertThat(StatusReader.reference(server.login().text("access_token"))).isNotEqualTo(reference);
    }

    @Test
    void aTokenWithoutASessionRefersToNothing() {
        Answer answer = server.postAs(
                "service", "service-secret-service-secret-00", "/token", "grant_type", "client_credentials");

        assertThat(StatusReader.reference(answer.text("access_token"))).isEmpty();
    }

    @Test
    void theListIsATokenSignedByThePublishedKey() {
        Instant now = server.clock().instant();

        Answer list = server.get(LIST);

        assertThat(list.status()).isEqualTo(200);
        assertThat(list.header("Content-Type")).contains("application/statuslist+jwt");
        assertThat(list.header("Cache-Control")).contains("public, max-age=1");
        VerifiedToken token = verified(list, JwkSet.parse(server.get("/jwks").body()), Algorithm.ES256);
        assertThat(token.header()).containsEntry("typ", "statuslist+jwt");
        assertThat(token.subject()).isEqualTo(server.url() + LIST);
        assertThat(token.issuedAt()).isEqualTo(now);
        assertThat(token.expiresAt()).isBetween(now.plus(Duration.ofMinutes(30)), now.plus(Duration.ofHours(1)));
        assertThat(token.claims()).containsOnlyKeys("iss", "sub", "iat", "exp", "ttl", "status_list");
        assertThat(StatusReader.member(token.claims(), "ttl")).hasToString("5");
        Map<?, ?> claim = StatusReader.claim(token.claims());
        assertThat(StatusReader.member(claim, "bits")).hasToString("1");
        assertThat(StatusReader.inflate(claim)).isEqualTo(new byte[BYTES]);
        assertThat(list.body()).hasSizeLessThan(1_000);
    }

    @Test
    void whoHasItIsSparedItUntilSomethingEnds() {
        Answer login = server.login();
        Answer list = server.get(LIST);

        Answer unchanged = poll(tag(list));
        assertThat(unchanged.status()).isEqualTo(304);
        assertThat(unchanged.body()).isEmpty();
        assertThat(unchanged.header("ETag")).contains(tag(list));
        assertThat(unchanged.header("Cache-Control")).contains("public, max-age=1");
        assertThat(poll("\"other\", " + tag(list)).status()).isEqualTo(304);
        assertThat(poll("*").status()).isEqualTo(304);
        assertThat(poll("\"other\"").status()).isEqualTo(200);

        server.login(); // changes the store, and no list
        server.clock().turn(Duration.ofSeconds(1));
        assertThat(poll(tag(list)).status()).isEqualTo(304);

        assertThat(revoke(login.text("refresh_token")).status()).isEqualTo(200);
        server.clock().turn(Duration.ofSeconds(1));
        Answer changed = poll(tag(list));
        assertThat(changed.status()).isEqualTo(200);
        assertThat(tag(changed)).isNotEqualTo(tag(list));
        assertThat(StatusReader.places(changed)).containsExactly(StatusReader.place(login.text("access_token")));
        assertThat(poll(tag(changed)).status()).isEqualTo(304);
    }

    @Test
    void headTellsTheSameWithoutTheList() {
        Answer list = server.get(LIST);

        Answer head = server.send(server.request(LIST).method("HEAD", BodyPublishers.noBody()));

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("ETag")).contains(tag(list));
        assertThat(head.body()).isEmpty();
    }

    @Test
    void theSameStateHasTheSameTagAfterARestart() {
        Answer login = server.login();
        revoke(login.text("refresh_token"));
        Answer list = server.get(LIST);

        server.restartAfter(Duration.ofSeconds(2));

        assertThat(poll(tag(list)).status()).isEqualTo(304);
        String fresh = server.login().text("access_token");
        assertThat(StatusReader.reference(fresh).get("idx"))
                .isNotEqualTo(StatusReader.reference(login.text("access_token")).get("idx"));
        assertThat(StatusReader.place(fresh)).as("a block of its own").isBetween(1024, 2047);
        assertThat(StatusReader.places(server.get(LIST)))
                .containsExactly(StatusReader.place(login.text("access_token")));
    }

    @Test
    void aListIsMadeAnewWhenHalfOfItsLifeIsOver() {
        Answer list = server.get(LIST);

        server.clock().turn(Duration.ofMinutes(30));
        Answer later = poll(tag(list));

        assertThat(later.status()).isEqualTo(200);
        VerifiedToken token = verified(later, JwkSet.parse(server.get("/jwks").body()), Algorithm.ES256);
        assertThat(token.issuedAt()).isEqualTo(server.clock().instant());
        assertThat(token.expiresAt()).isAfterOrEqualTo(server.clock().instant().plus(Duration.ofMinutes(30)));
    }

    /** An access token lives for 15 minutes; an hour more is for other clocks and earlier settings. */
    @Test
    void whatIsDeadForLongLeavesTheList() {
        Answer login = server.login();
        String token = login.text("access_token");
        revoke(login.text("refresh_token"));

        assertThat(reader.tellsOfNothingBut(token)).isTrue();
        server.clock().turn(Duration.ofMinutes(74));
        assertThat(reader.tellsOfNothingBut(token)).isTrue();
        server.clock().turn(Duration.ofMinutes(2));
        assertThat(StatusReader.places(server.get(LIST))).isEmpty();
    }

    @Test
    void whatIsRevokedWhileAListIsReadAnewIsToldToo() {
        Answer first = server.login();
        Answer second = server.login();
        server.get(LIST);
        revoke(first.text("refresh_token"));
        assertThat(reader.tellsOfNothingBut(first.text("access_token"))).isTrue();

        server.clock().turn(Duration.ofMinutes(2));
        revoke(second.text("refresh_token"));

        assertThat(reader.tellsOfNothingBut(first.text("access_token"), second.text("access_token")))
                .isTrue();
    }

    @Test
    void aListThatWasBegunThisInstantIsThere() {
        Stores stores = server.server().issuer().stores();
        assertThat(server.get("/status-list?list=1").status()).isEqualTo(404);
        stores.unitOfWork().run(transaction -> stores.statusIndexes().reserve(transaction, StatusIndex.LIST_SIZE));

        Answer login = server.login();

        assertThat(StatusReader.reference(login.text("access_token")).get("uri"))
                .isEqualTo(server.url() + "/status-list?list=1");
        assertThat(server.get("/status-list?list=1").status()).isEqualTo(200);
        revoke(login.text("refresh_token"));
        assertThat(reader.tellsOfNothingBut(login.text("access_token"))).isTrue();
        assertThat(StatusReader.places(server.get(LIST))).isEmpty();
        assertThat(server.get("/status-lists").json())
                .isEqualTo(Map.of("status_lists", List.of(server.url() + LIST, server.url() + "/status-list?list=1")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "999999999999", "9999999999999999999", "-1", "+0", "00", "0x0", "a", "%30%20", ""})
    void thereIsNoSuchList(String number) {
        assertThat(server.get("/status-list?list=" + number).status()).isIn(404, 400);
    }

    @Test
    void theListHasToBeNamedOnceAndThePastIsNotKept() {
        assertThat(server.get("/status-list").text("error")).isEqualTo("invalid_request");
        assertThat(server.get(LIST + "&list=0").text("error")).isEqualTo("invalid_request");
        assertThat(server.get(LIST + "&time=1686925000").status()).isEqualTo(501);
    }

    @Test
    void metadataLeadsToTheLists() {
        Map<String, Object> metadata =
                server.get("/.well-known/oauth-authorization-server").json();

        assertThat(metadata).containsEntry("status_list_aggregation_endpoint", server.url() + "/status-lists");
        Answer lists = server.get("/status-lists");
        assertThat(lists.json()).isEqualTo(Map.of("status_lists", List.of(server.url() + LIST)));
        assertThat(lists.header("Content-Type")).contains("application/json");
    }

    @Test
    void scriptsOfOtherSitesMayReadIt() {
        Answer list = server.send(server.request(LIST).header("Origin", "https://spa.example"));

        assertThat(list.header("Access-Control-Allow-Origin")).contains("*");
    }

    @Test
    void theNextKeySignsItAsSoonAsItSignsTokens() {
        Answer list = server.get(LIST);
        server.server().issuer().keys().rotate(Algorithm.ES256);
        assertThat(poll(tag(list)).status()).isEqualTo(304);

        server.clock().turn(Duration.ofDays(1).plusMinutes(1));

        Answer later = server.get(LIST);
        assertThat(UnverifiedToken.parse(later.body()).header().get("kid"))
                .isNotEqualTo(UnverifiedToken.parse(list.body()).header().get("kid"))
                .isEqualTo(UnverifiedToken.parse(server.login().text("access_token"))
                        .header()
                        .get("kid"));
    }

    @Test
    void aSharedSecretSignsItToo() {
        String secret = "0123456789abcdef0123456789abcdef";
        server.restartWith(
                TestServer.CONFIGURATION + "tokens: {signing-algorithm: HS256, shared-secret: " + secret + "}");

        Answer list = server.get(LIST);

        JwkSet keys = JwkSet.of(Jwk.secret(Algorithm.HS256, secret.getBytes(StandardCharsets.UTF_8)));
        assertThat(verified(list, keys, Algorithm.HS256).subject()).isEqualTo(server.url() + LIST);
    }

    @Test
    void itCanBeSwitchedOffAndOnAgain() {
        String before = server.login().text("refresh_token");
        server.restartWith(TestServer.CONFIGURATION + "tokens: {status-list: false}");

        assertThat(server.get(LIST).status()).isEqualTo(404);
        assertThat(server.get("/status-lists").status()).isEqualTo(404);
        assertThat(server.get("/.well-known/openid-configuration").json())
                .doesNotContainKey("status_list_aggregation_endpoint");
        assertThat(server.get("/openapi.json").body()).doesNotContain("/status-list");
        Answer login = server.login();
        assertThat(StatusReader.reference(login.text("access_token"))).isEmpty();
        Answer old = server.refresh(before);
        assertThat(StatusReader.reference(old.text("access_token"))).isEmpty();

        server.restartWith(TestServer.CONFIGURATION);

        assertThat(StatusReader.reference(
                        server.refresh(login.text("refresh_token")).text("access_token")))
                .as("a session that was begun without")
                .isEmpty();
        assertThat(StatusReader.reference(
                        server.refresh(old.text("refresh_token")).text("access_token")))
                .isNotEmpty();
    }
}
