package dev.latchkey.server.docs;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.latchkey.server.http.HttpServer;
import dev.latchkey.server.http.HttpSettings;
import dev.latchkey.server.http.Request;
import dev.latchkey.server.http.RequestObserver;
import dev.latchkey.server.http.Response;
import dev.latchkey.server.http.Route;
import dev.latchkey.server.http.Router;
import dev.latchkey.token.Algorithm;
import dev.latchkey.token.Jwk;
import dev.latchkey.token.JwkSet;
import dev.latchkey.token.Jwt;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** The inspector in a real browser, against a small server with keys of every algorithm. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DocsPageTest {
    private static final String ISSUER = "https://login.example";
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private final Map<Algorithm, Jwk> keys = Map.of(
            Algorithm.ES256, Jwk.generate(Algorithm.ES256),
            Algorithm.ES384, Jwk.generate(Algorithm.ES384),
            Algorithm.RS256, Jwk.generate(Algorithm.RS256),
            Algorithm.PS256, Jwk.generate(Algorithm.PS256),
            Algorithm.EdDSA, Jwk.generate(Algorithm.EdDSA));
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private Browser chromium;
    private BrowserContext context;
    private Page page;
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    @BeforeAll
    void start() {
        chromium = Browser.openOrSkip("DocsPageTest");
        List<Route> routes = new ArrayList<>(new DocsPage(new DocsFiles(), ISSUER, _ -> true).routes());
        Response keySet = Response.json(JwkSet.of(keys.values()).toPublicMap());
        routes.add(Route.get("/jwks", _ -> keySet));
        server = HttpServer.start(HttpSettings.of("127.0.0.1", 0), new Router(routes, new RequestObserver() {
            @Override
            public void answered(String route, Request request, Response response, long nanos) {
                requests.add(request.method() + " " + request.path() + "?" + request.query()
                        + new String(request.body(), java.nio.charset.StandardCharsets.UTF_8));
            }

            @Override
            public void failed(String route, Request request, Throwable failure) {
                complaints.add(failure.toString());
            }
        }));
    }

    @AfterAll
    void stop() {
        if (chromium != null) {
            chromium.close();
            server.close();
        }
    }

    @BeforeEach
    void open() {
        open(ColorScheme.LIGHT, 1280, 900);
    }

    private void open(ColorScheme scheme, int width, int height) {
        requests.clear();
        complaints.clear();
        context = chromium.browser()
                .newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                        .setColorScheme(scheme)
                        .setViewportSize(width, height));
        page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        page.navigate("http://127.0.0.1:" + server.port() + "/docs");
    }

    @AfterEach
    void close() {
        context.close();
        assertThat(complaints)
                .as("what the browser complained of, the content policy included")
                .isEmpty();
    }

    private Jwk key(Algorithm algorithm) {
        return Objects.requireNonNull(keys.get(algorithm));
    }

    private void inspect(String token) {
        page.clock().setFixedTime(NOW.toEpochMilli());
        page.getByText("Token inspector").first().click();
        page.locator("#token").fill(token);
    }

    private Locator verdict() {
        return page.locator("#verdict-title");
    }

    private String token(Jwk key, Instant expires) {
        return Jwt.create(() -> NOW)
                .issuer(ISSUER)
                .subject("alice<script>alert(1)</script>")
                .issuedAt(NOW.minusSeconds(600))
                .expiresAt(expires)
                .sign(key);
    }

    @ParameterizedTest
    @EnumSource(
            value = Algorithm.class,
            names = {"ES256", "ES384", "RS256", "PS256", "EdDSA"},
            mode = Mode.INCLUDE)
    void knowsWhatThisServerSigned(Algorithm algorithm) {
        inspect(token(key(algorithm), NOW.plusSeconds(870)));
        assertThat(verdict()).hasText("Signed by this server");
        assertThat(page.locator("#times")).containsText("in 14 minutes");
        assertThat(page.locator("#claims")).containsText("alice<script>");
    }

    @Test
    void tellsTimesInWords() {
        inspect(token(key(Algorithm.ES256), NOW.minusSeconds(190)));
        assertThat(verdict()).hasText("Signed by this server, but it expired 3 minutes ago");
        assertThat(page.locator("#times")).containsText("10 minutes ago");
    }

    @Test
    void knowsForgeries() {
        String good = token(key(Algorithm.ES256), NOW.plus(Duration.ofHours(1)));
        String[] parts = good.split("\\.", -1);
        String other = token(key(Algorithm.ES256), NOW.plus(Duration.ofHours(2)));
        inspect(parts[0] + "." + other.split("\\.", -1)[1] + "." + parts[2]);
        assertThat(verdict()).hasText("Not what this server signed");
        inspect(token(Jwk.generate(Algorithm.ES256), NOW));
        assertThat(verdict()).hasText("Not signed by this server");
        inspect(token(Jwk.secret(Algorithm.HS256, new byte[32]), NOW));
        assertThat(verdict()).hasText("Signed with a shared secret");
        inspect("eyJhbGciOiJub25lIn0.e30.");
        assertThat(verdict()).hasText("Not signed at all");
        inspect(good + "=");
        assertThat(verdict()).hasText("Not a token");
        inspect("what is this");
        assertThat(verdict()).hasText("Not a token");
    }

    @Test
    void aPastedTokenLeavesThePageByNoRequestUrlOrStorage() {
        assertThat(page.locator("#operations-User-currentUser")).isVisible(); // of the last file that it fetches
        page.waitForLoadState(com.microsoft.playwright.options.LoadState.NETWORKIDLE);
        requests.clear();
        String token = token(key(Algorithm.ES256), NOW.plusSeconds(60));
        inspect(token);
        assertThat(verdict()).hasText("Signed by this server");

        assertThat(requests).allMatch(request -> request.equals("GET /jwks?"));
        assertThat(page.url()).doesNotContain("eyJ");
        Object stored = page.evaluate(
                "JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, history.state])");
        assertThat(String.valueOf(stored)).doesNotContain("eyJ");
    }

    @Test
    void worksByKeyboard() {
        page.locator("#tab-api").focus();
        page.keyboard().press("ArrowRight");
        assertThat(page.locator("#inspector")).isVisible();
        assertThat(page.locator("#api")).isHidden();
        page.keyboard().press("Tab");
        page.keyboard().type("a.b");
        assertThat(verdict()).hasText("Not a token");
    }

    @Test
    void fitsPhonesAndTheDark() {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            for (int width : new int[] {390, 1280}) {
                context.close();
                open(scheme, width, 860);
                assertThat(page.locator("#operations-User-currentUser")).isVisible();
                Browser.picture(page, "api-" + scheme + "-" + width);
                inspect(token(key(Algorithm.ES256), NOW.plusSeconds(870)));
                assertThat(verdict()).hasText("Signed by this server");
                Browser.picture(page, "inspector-" + scheme + "-" + width);
                Object overflow =
                        page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
                assertThat(overflow).as("pixels to the right of the page").isEqualTo(0);
            }
        }
    }
}
