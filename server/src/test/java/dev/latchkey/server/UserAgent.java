package dev.latchkey.server;

import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A browser without a screen: keeps cookies, reads the form of a page, sends it back, and follows redirects within the
 * server but not beyond.
 */
public final class UserAgent {
    private static final Pattern FORM =
            Pattern.compile("<form[^>]*action=\"([^\"]*)\"[^>]*>(.*?)</form>", Pattern.DOTALL);
    private static final Pattern HIDDEN = Pattern.compile("<input[^>]*type=\"hidden\"[^>]*>");
    private static final Pattern ATTRIBUTE = Pattern.compile("(name|value)=\"([^\"]*)\"");

    private final TestServer server;
    private final Map<String, String> cookies = new LinkedHashMap<>();

    public UserAgent(TestServer server) {
        this.server = server;
    }

    /** What a visit ended with: an answer of the server that leads nowhere else within it. */
    public record Visit(Answer answer) {
        public int status() {
            return answer.status();
        }

        /** Where it sends the browser beyond the server. */
        public String location() {
            return answer.header("Location").orElseThrow(() -> new AssertionError("no redirect: " + answer));
        }

        /** The parameters of an answer in the query of that address. */
        public Map<String, String> query() {
            return parameters(URI.create(location()).getRawQuery());
        }

        /** The code of an answer in the query. */
        public String code() {
            return Objects.requireNonNull(query().get("code"), "no code in " + location());
        }

        /** The parameters of an answer in the fragment of that address. */
        public Map<String, String> fragment() {
            return parameters(URI.create(location()).getRawFragment());
        }

        public String html() {
            return answer.body();
        }

        /** The hidden fields of the form on the page. */
        public Map<String, String> hidden() {
            Map<String, String> fields = new LinkedHashMap<>();
            Matcher inputs = HIDDEN.matcher(form().group(2));
            while (inputs.find()) {
                Map<String, String> attributes = new LinkedHashMap<>();
                Matcher attribute = ATTRIBUTE.matcher(inputs.group());
                while (attribute.find()) {
                    attributes.put(attribute.group(1), unescape(attribute.group(2)));
                }
                fields.put(attributes.getOrDefault("name", ""), attributes.getOrDefault("value", ""));
            }
            return fields;
        }

        /** Where the form goes. */
        public String action() {
            return unescape(form().group(1));
        }

        private Matcher form() {
            Matcher form = FORM.matcher(html());
            if (!form.find()) {
                throw new AssertionError("no form on the page: " + answer);
            }
            return form;
        }

        private static String unescape(String html) {
            return html.replace("&quot;", "\"")
                    .replace("&#34;", "\"")
                    .replace("&#39;", "'")
                    .replace("&lt;", "<")
                    .replace("&gt;", ">")
                    .replace("&amp;", "&");
        }

        private static Map<String, String> parameters(String form) {
            Map<String, String> parameters = new LinkedHashMap<>();
            for (String pair : form.split("&", -1)) {
                String[] parts = pair.split("=", 2);
                parameters.put(decode(parts[0]), decode(parts[1]));
            }
            return parameters;
        }

        private static String decode(String text) {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        }
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
