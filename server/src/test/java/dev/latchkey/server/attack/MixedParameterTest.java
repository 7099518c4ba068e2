package dev.latchkey.server.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.Answer;
import dev.latchkey.server.TestServer;
import dev.latchkey.server.UserAgent;
import dev.latchkey.server.Visit;
import dev.latchkey.server.authorize.Pkce;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parameters that come twice, in two places, or under names that are nearly theirs (RFC 6749 §3.1). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MixedParameterTest {
    private static final String EVIL = "https://evil.example/";

    private final Scene scene = new Scene();
    private final UserAgent alice = scene.browser();

    MixedParameterTest() {
        scene.allowed(alice);
    }

    @AfterAll
    void stop() {
        scene.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "client_id",
                "redirect_uri",
                "response_type",
                "response_mode",
                "scope",
                "state",
                "nonce",
                "code_challenge",
                "code_challenge_method",
                "prompt",
                "max_age",
                "claims",
                "id_token_hint",
                "login_hint",
                "ui_locales",
                "acr_values",
                "display",
                "request",
                "request_uri",
                "latchkey_progress",
                "unknown"
            })
    void oneThatComesTwiceGoesNowhere(String name) {
        String own = form(name, "1");
        for (String query : List.of(
                Scene.query(name, "1") + "&" + own,
                own + "&" + Scene.query(name, "1"),
                Scene.query(name, "1") + "&" + form(name, "2"),
                Scene.query(name, "1") + "&" + name.replace("_", "%5f") + "=" + EVIL)) {
            Scene.isOurErrorPage(alice.get("/authorize?" + query).answer());
            Scene.isOurErrorPage(posted("/authorize", query));
        }
    }

    private static String form(String name, String value) {
        return Scene.form(name, value);
    }

    private Answer posted(String path, String body) {
        return scene.server.send(scene.server
                .request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Cookie", "latchkey=" + alice.cookies().get("latchkey"))
                .POST(BodyPublishers.ofString(body)));
    }

    @Test
    void anEmptyOneCountsAsNotSent() {
        assertThat(alice.get("/authorize?" + Scene.query() + "&state=&nonce=&redirect_uri=&prompt")
                        .query())
                .containsKey("code")
                .containsEntry("state", "state-1");
    }

    /** What stands in the query of a form's address is not read: of two places one could say what the other does not. */
    @Test
    void theQueryOfAPostIsNotRead() {
        String query = "redirect_uri=" + EVIL + "&client_id=spa&response_mode=fragment&state=evil&prompt=none";

        String location =
                posted("/authorize?" + query, Scene.query()).header("Location").orElseThrow();
        assertThat(location).isEqualTo("/authorize?" + Scene.query());
        assertThat(posted("/authorize?" + Scene.query(), "x=y").header("Location"))
                .hasValue("/authorize?x=y");

        Visit consent = scene.authorize(alice, "prompt", "consent");
        Visit denied = alice.post(
                consent.action() + "?decision=allow&continue=x",
                consent.hidden().entrySet().stream()
                        .flatMap(field -> Stream.of(field.getKey(), field.getValue()))
                        .toArray(String[]::new));
        assertThat(denied.query()).containsEntry("error", "access_denied");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redirect_uri[]",
                "redirect_uri[0]",
                "redirect_uri%00",
                "Redirect_uri",
                "REDIRECT_URI",
                "redirect-uri",
                "redirect_uri.",
                "+redirect_uri",
                "redirect_uri+",
                "%ef%bb%bfredirect_uri",
                "redirect\uff3furi"
            })
    void aNameThatIsNearlyOneIsPassedOverOrRefused(String name) {
        Visit visit = alice.get("/authorize?" + Scene.query() + "&"
                + name.replace("[", "%5B").replace("]", "%5D").replace("\uff3f", "%ef%bc%bf") + "=" + EVIL);

        if (visit.status() == 303) {
            assertThat(visit.location()).startsWith(Scene.REDIRECT_URI + "?code=");
        } else {
            Scene.isOurErrorPage(visit.answer());
        }
    }

    @Test
    void aSemicolonOrAQuestionMarkSeparatesNothing() {
        assertThat(alice.get("/authorize?" + Scene.query("state", "") + "&state=a;redirect_uri=" + EVIL)
                        .query())
                .containsEntry("state", "a;redirect_uri=" + EVIL);
        assertThat(alice.get("/authorize?" + Scene.query("state", "") + "&state=a?redirect_uri=" + EVIL)
                        .query())
                .containsEntry("state", "a?redirect_uri=" + EVIL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"code", "redirect_uri", "code_verifier", "grant_type", "client_id"})
    void atTheTokenEndpointOneThatComesTwiceRedeemsNothing(String name) {
        String code = scene.authorize(alice).code();
        String form = Scene.form(Scene.redemption(code, "client_id", "web"));
        for (String more : List.of(Scene.form(name, Pkce.VERIFIER), Scene.form(name, code), Scene.form(name, "web"))) {
            Answer refused = token("/token", form + "&" + more);

            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.text("error")).isEqualTo("invalid_request");
        }
        assertThat(token("/token?" + form, "grant_type=authorization_code").status())
                .isEqualTo(400);
        assertThat(token("/token?code=evil", form).status()).isEqualTo(200);
    }

    private Answer token(String path, String body) {
        return scene.server.send(scene.server
                .request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Authorization", TestServer.basic("web", Scene.SECRET))
                .POST(BodyPublishers.ofString(body)));
    }

    /** What the answer says is not to be mixed up with what the request or the redirect URI said (RFC 9207). */
    @Test
    void anAnswerSaysWhoItIsFromWhateverTheRequestSays() {
        Visit answer =
                alice.get("/authorize?" + Scene.query() + "&iss=" + EVIL + "&code=evil&error=evil&id_token=evil");

        assertThat(answer.query()).containsEntry("iss", scene.server.url()).containsOnlyKeys("code", "state", "iss");
        assertThat(answer.location()).doesNotContain("evil");
        assertThat(scene.authorize(alice, "scope", "evil").query()).containsEntry("iss", scene.server.url());
        assertThat(scene.authorize(alice, "state", "&iss=" + EVIL + "&code=evil")
                        .location())
                .doesNotContain("&iss=" + EVIL)
                .doesNotContain("&code=evil");
    }

    /** An ID token never stands in a query, and no answer goes another way than its type allows. */
    @Test
    void theModeDoesNotCarryWhatItMayNot() {
        for (String type : List.of("id_token", "code id_token")) {
            Visit refused = scene.authorize(alice, "response_type", type, "nonce", "n", "response_mode", "query");
            assertThat(refused.location()).startsWith(Scene.REDIRECT_URI + "#error=invalid_request");
        }
        for (String type : List.of(
                "token", "id_token token", "code token", "code id_token token", "none", "CODE", "id_token code code")) {
            Visit refused = scene.authorize(alice, "response_type", type, "nonce", "n");
            assertThat(refused.location()).contains("error=").doesNotContain("code=", "token=");
        }
    }
}
