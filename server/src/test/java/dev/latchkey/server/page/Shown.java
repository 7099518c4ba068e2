package dev.latchkey.server.page;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Route;
import dev.latchkey.server.http.HeaderField;
import dev.latchkey.server.http.Request;
import dev.latchkey.server.http.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A browser that gets one page, with its headers, at every address of the issuer; whatever else it asks for is noted. */
final class Shown implements AutoCloseable {
    private static final String ISSUER = "https://login.example";

    private final BrowserContext context;
    private final com.microsoft.playwright.Page tab;
    private final List<String> sent = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();
    private Response answer = Response.empty(204);

    Shown(com.microsoft.playwright.Browser browser, com.microsoft.playwright.Browser.NewContextOptions options) {
        context = browser.newContext(options);
        tab = context.newPage();
        tab.onConsoleMessage(message -> {
            if (!message.type().equals("log")) {
                complaints.add(message.text());
            }
        });
        tab.onPageError(complaints::add);
        context.route("**/*", this::answer);
    }

    private void answer(Route route) {
        com.microsoft.playwright.Request request = route.request();
        if (request.method().equals("GET") && request.url().equals(ISSUER + "/page")) {
            Map<String, String> headers =
                    answer.headers().stream().collect(Collectors.toMap(HeaderField::name, HeaderField::value));
            route.fulfill(new Route.FulfillOptions()
                    .setStatus(200)
                    .setHeaders(headers)
                    .setBodyBytes(answer.body()));
            return;
        }
        String data = request.postData();
        sent.add(request.method() + " " + request.url() + (data == null ? "" : " " + data));
        route.fulfill(new Route.FulfillOptions().setContentType("text/html").setBody("<title>elsewhere</title>there"));
    }

    com.microsoft.playwright.Page show(Page page, String language) {
        Request request = SamplePages.request("accept-language", language);
        answer = SamplePages.pages().render(page, request);
        tab.navigate(ISSUER + "/page");
        return tab;
    }

    /** What left the page, as {@code POST https://login.example/x a=1&b=2}. */
    List<String> sent() {
        return sent;
    }

    /** What the browser found wrong: policies that block, scripts that fail. */
    List<String> complaints() {
        return complaints;
    }

    @Override
    public void close() {
        context.close();
    }
}
