package dev.latchkey.server;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A browser without a screen: keeps cookies, reads the form of a page, sends it back, and follows redirects within the
 * server but not beyond.
 */
public final class UserAgent {

    private final Site server;
    private final Map<String, String> cookies = new LinkedHashMap<>();

    public UserAgent(Site server) {
        this.server = server;
    }

    /** The same browser, led to another instance. */
    public UserAgent at(TestServer instance) {
        UserAgent there = new UserAgent(instance);
        there.cookies.putAll(cookies);
        return there;
    }

    /** The value of a cookie that the server set, or none. */
    public Map<String, String> cookies() {
        return cookies;
    }

    public Visit get(String path) {
        return follow(server.request(path));
    }

    /** Asks for authorization with names and values. */
    public Visit authorize(String... namesAndValues) {
        return get("/authorize?" + TestServer.form(namesAndValues));
    }

    /** Sends the form of a page back, with more names and values; a hidden field of the same name is replaced. */
    public Visit submit(Visit page, String... namesAndValues) {
        Map<String, String> fields = page.hidden();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        List<String> all = new ArrayList<>();
        fields.forEach((name, value) -> {
            all.add(name);
            all.add(value);
        });
        return post(page.action(), all.toArray(String[]::new));
    }

    public Visit post(String path, String... namesAndValues) {
        return follow(server.request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(TestServer.form(namesAndValues))));
    }

    /** Signs alice in on a login page. */
    public Visit signIn(Visit loginPage) {
        return submit(loginPage, "username", "alice", "password", TestServer.PASSWORD);
    }

    private Visit follow(HttpRequest.Builder request) {
        Answer answer = send(request);
        for (int hops = 0; hops < 10; hops++) {
            String location = answer.header("Location").orElse("");
            if (!location.startsWith("/") && !location.startsWith(server.url() + "/")) {
                return new Visit(answer);
            }
            answer = send(server.request(location.replace(server.url(), "")));
        }
        throw new AssertionError("redirects without end");
    }

    private Answer send(HttpRequest.Builder request) {
        if (!cookies.isEmpty()) {
            List<String> pairs = new ArrayList<>();
            cookies.forEach((name, value) -> pairs.add(name + "=" + value));
            request.header("Cookie", String.join("; ", pairs));
        }
        Answer answer = server.send(request);
        answer.headers("Set-Cookie").forEach(this::keep);
        return answer;
    }

    private void keep(String setCookie) {
        String[] parts = setCookie.split(";", 2);
        String[] pair = parts[0].split("=", 2);
        if (pair[1].isEmpty()) {
            cookies.remove(pair[0]);
        } else {
            cookies.put(pair[0], pair[1]);
        }
    }
}
