package dev.latchkey.server.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.TestServer;
import dev.latchkey.server.http.Headers;
import dev.latchkey.server.http.Request;
import dev.latchkey.server.http.Response;
import dev.latchkey.server.http.Route;
import dev.latchkey.token.Json;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpenApiTest {
    private static Request get(String path, String... headers) {
        return new Request("GET", path, "", Headers.of(headers), new byte[0], InetAddress.getLoopbackAddress(), "id");
    }

    private static Response answer(DocsPage page, String path, String... headers) {
        Route route = page.routes().stream()
                .filter(each -> each.path().equals(path))
                .findFirst()
                .orElseThrow();
        return route.handler().handle(get(path, headers));
    }

    private static final List<String> FOR_PEOPLE = List.of("/docs", "/authorize", "/account", "/logout");

    /** All but the pages, their forms and their files. */
    @Test
    void describesWhatIsServedAndNothingElse() {
        try (TestServer server = TestServer.start(TestServer.CONFIGURATION + "registration: {access: open}")) {
            assertThat(server.server().routes().stream()
                            .filter(route -> FOR_PEOPLE.stream().noneMatch(route.path()::startsWith))
                            .map(route -> route.method() + " " + route.path()))
                    .containsExactlyInAnyOrderElementsOf(OpenApi.operations());
        }
    }

    @Test
    void doesNotDescribeWhatIsSwitchedOff() {
        try (TestServer server = TestServer.start()) {
            assertThat(server.get("/openapi.json").body())
                    .contains("/token", "/openapi.json")
                    .doesNotContain("\"/register\"");
        }
    }

    @Test
    void namesTheIssuerWhereverAnAddressIs() {
        Response response = new OpenApi("https://id.example/a\"b", _ -> true).handle(get("/openapi.json"));
        Map<String, Object> document = Json.parseObject(response.body());
        assertThat(document).containsEntry("openapi", "3.1.0");
        assertThat(Json.write(document))
                .contains("https://id.example/a\\\"b/login")
                .doesNotContain("issuer.example");
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        Map<String, Object> document = Json.parseObject(new OpenApi("https://id.example", _ -> true)
                .handle(get("/openapi.json"))
                .body());
        List<String> references = new ArrayList<>();
        collect(document, references);
        assertThat(references).isNotEmpty().allSatisfy(reference -> {
            Object at = document;
            for (String step : reference.substring(2).split("/", -1)) {
                at = at instanceof Map<?, ?> map ? map.get(step) : null;
            }
            assertThat(at).as(reference).isNotNull();
        });
    }

    private static void collect(Object at, List<String> references) {
        switch (at) {
            case Map<?, ?> map ->
                map.forEach((key, value) -> {
                    if (key.equals("$ref")) {
                        references.add(value.toString());
                    } else if (value != null) {
                        collect(value, references);
                    }
                });
            case List<?> list -> list.forEach(value -> collect(value, references));
            default -> {}
        }
    }

    @Test
    void filesOfThePageAreKeptForGoodAndCompressed() {
        DocsPage page = new DocsPage(new DocsFiles(), "https://id.example", _ -> true);
        String bundle = page.routes().stream()
                .map(Route::path)
                .filter(path -> path.endsWith("swagger-ui-bundle.js"))
                .findFirst()
                .orElseThrow();
        assertThat(bundle).matches("/docs/[0-9a-f]{12}/swagger-ui-bundle.js");
        Response plain = answer(page, bundle);
        Response compressed = answer(page, bundle, "Accept-Encoding", "br, gzip");
        assertThat(plain.header("Cache-Control").orElseThrow()).contains("immutable");
        assertThat(plain.body().length).isGreaterThan(1_000_000);
        assertThat(compressed.header("Content-Encoding")).contains("gzip");
        assertThat(compressed.body().length).isLessThan(600_000);
    }

    @Test
    void thePageHasNothingInlineAndAStrictPolicy() {
        Response page = answer(new DocsPage(new DocsFiles(), "https://id.example/a&b", _ -> true), "/docs");
        String html = new String(page.body(), StandardCharsets.UTF_8);
        assertThat(html).contains("https://id.example/a&amp;b").doesNotContain("style=", "<style", "onclick", "{{");
        assertThat(html).doesNotContainPattern("<script[^>]*>[^<]");
        assertThat(page.header("Content-Security-Policy").orElseThrow())
                .contains("script-src 'self';", "default-src 'none'")
                .doesNotContain("unsafe");
    }
}
