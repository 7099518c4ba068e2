package dev.latchkey.example.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.testkit.LatchkeyServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The API by itself, with tokens that the testkit mints. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NotesApiTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private NotesApplication application;
    private LatchkeyServer latchkey;

    @BeforeAll
    void start() {
        application = new NotesApplication();
        latchkey = application.latchkey();
    }

    @AfterAll
    void stop() {
        client.close();
        application.close();
    }

    @AfterEach
    void recover() {
        latchkey.recover();
    }

    private HttpRequest.Builder to(String path, String token) {
        return HttpRequest.newBuilder(URI.create(application.url() + path)).header("Authorization", "Bearer " + token);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path, String token) throws IOException, InterruptedException {
        return send(to(path, token));
    }

    private HttpResponse<String> post(String path, String token, String body) throws IOException, InterruptedException {
        return send(to(path, token).POST(BodyPublishers.ofString(body)));
    }

    private String token(String user, String scope) {
        return latchkey.tokenFor(user).audience(NotesApi.AUDIENCE).scope(scope).mint();
    }

    @Test
    void notesAreOnesOwn() throws Exception {
        String alice = token("alice", "notes:read notes:write");

        assertThat(post("/api/notes", alice, "{\"text\": \"buy milk\"}").statusCode())
                .isEqualTo(201);
        assertThat(get("/api/notes", alice).body()).contains("buy milk");
        assertThat(get("/api/notes", token("bob", "notes:read")).body()).doesNotContain("buy milk");
    }

    @Test
    void whoMayOnlyReadDoesNotWrite() throws Exception {
        HttpResponse<String> refused = post("/api/notes", token("bob", "notes:read"), "{\"text\": \"buy milk\"}");

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.headers().firstValue("WWW-Authenticate").orElse(""))
                .contains("error=\"insufficient_scope\"")
                .contains("scope=\"notes:write\"");
    }

    @Test
    void statisticsAreForAdministrators() throws Exception {
        assertThat(get("/api/statistics", token("alice", "notes:read")).statusCode())
                .isEqualTo(200);
        assertThat(get("/api/statistics", token("bob", "notes:read")).statusCode())
                .isEqualTo(403);
    }

    @Test
    void nobodyIsLetInWithoutATokenThatCounts() throws Exception {
        HttpRequest.Builder without = HttpRequest.newBuilder(URI.create(application.url() + "/api/notes"));
        String good = token("alice", "notes:read");
        String ofAnotherApi =
                latchkey.tokenFor("alice").audience("https://mail.example").mint();

        assertThat(send(without).statusCode()).isEqualTo(401);
        assertThat(get("/api/notes", ofAnotherApi).statusCode()).isEqualTo(401);
        assertThat(get("/api/notes", good).statusCode()).isEqualTo(200);
        latchkey.clock().advance(Duration.ofHours(1));
        assertThat(get("/api/notes", good).statusCode()).isEqualTo(401);
    }

    @Test
    void whatIsNoNoteIsNotKept() throws Exception {
        String bob = token("bob", "notes:read notes:write");

        for (String body :
                List.of("", "[]", "{\"text\": 1}", "{\"text\": \" \"}", "{\"text\":\"" + "x".repeat(1000) + "\"}")) {
            assertThat(post("/api/notes", bob, body).statusCode()).as(body).isEqualTo(422);
        }
        assertThat(get("/api/notes", bob).body()).isEqualTo("{\"notes\":[]}");
    }

    @Test
    void thePageMayRunNoScriptButItsOwn() throws Exception {
        HttpResponse<String> page = send(HttpRequest.newBuilder(URI.create(application.url() + "/")));

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("script-src 'self';")
                .contains("connect-src 'self' " + latchkey.issuer() + ";");
        assertThat(send(HttpRequest.newBuilder(URI.create(application.url() + "/latchkey.yaml")))
                        .statusCode())
                .isEqualTo(404);
    }
}
