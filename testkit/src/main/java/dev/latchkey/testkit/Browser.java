package dev.latchkey.testkit;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A browser without a screen: keeps cookies, sends the forms of pages back, follows redirects as long as they stay here. */
final class Browser {
    private static final int MAX_HOPS = 10;
    private static final Pattern FORM =
            Pattern.compile("<form[^>]*action=\"([^\"]*)\"[^>]*>(.*?)</form>", Pattern.DOTALL);
    private static final Pattern HIDDEN = Pattern.compile("<input[^>]*type=\"hidden\"[^>]*>");
    private static final Pattern ATTRIBUTE = Pattern.compile("(name|value)=\"([^\"]*)\"");

    private final Http http;
    private final String server;
    private final Map<String, String> cookies = new LinkedHashMap<>();

    /** @param server its address, from which pages and redirects go on */
    Browser(Http http, String server) {
        this.http = http;
        this.server = server;
    }

    HttpResponse<String> get(String path) {
        HttpResponse<String> answer = kept(http.get(server + path, cookieHeader()));
        for (int hops = 0; hops < MAX_HOPS; hops++) {
            String location = answer.headers().firstValue("Location").orElse("");
            if (!location.startsWith("/") && !location.startsWith(server + "/")) {
                return answer;
            }
            answer = kept(http.get(server + location.replace(server, ""), cookieHeader()));
        }
        throw new IllegalStateException("redirects without end");
    }

    /** Whether the answer is a page that asks for something. */
    static boolean hasForm(HttpResponse<String> page) {
        return page.statusCode() == 200 && FORM.matcher(page.body()).find();
    }

    /** Sends the form of a page back, with what a user types and clicks. */
    HttpResponse<String> submit(HttpResponse<String> page, Map<String, String> typed) {
        Matcher form = FORM.matcher(page.body());
        if (!form.find()) {
            throw new IllegalStateException("the page has no form");
        }
        Map<String, String> fields = hidden(form.group(2));
        fields.putAll(typed);
        HttpResponse<String> answer = kept(http.post(server + unescape(form.group(1)), fields, cookieHeader()));
        String location = answer.headers().firstValue("Location").orElse("");
        boolean stays = location.startsWith("/") || location.startsWith(server + "/");
        return stays ? get(location.replace(server, "")) : answer;
    }

    private static Map<String, String> hidden(String form) {
        Map<String, String> fields = new LinkedHashMap<>();
        Matcher input = HIDDEN.matcher(form);
        while (input.find()) {
            Map<String, String> attributes = new LinkedHashMap<>();
            Matcher attribute = ATTRIBUTE.matcher(input.group());
            while (attribute.find()) {
                attributes.put(attribute.group(1), unescape(attribute.group(2)));
            }
            fields.put(attributes.getOrDefault("name", ""), attributes.getOrDefault("value", ""));
        }
        return fields;
    }

    private static String unescape(String html) {
        return html.replace("&quot;", "\"")
                .replace("&#34;", "\"")
                .replace("&#39;", "'")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
    }

    private String[] cookieHeader() {
        List<String> pairs = new ArrayList<>();
        cookies.forEach((name, value) -> pairs.add(name + "=" + value));
        return pairs.isEmpty() ? new String[0] : new String[] {"Cookie", String.join("; ", pairs)};
    }

    private HttpResponse<String> kept(HttpResponse<String> answer) {
        for (String cookie : answer.headers().allValues("Set-Cookie")) {
            String pair = cookie.substring(0, (cookie + ";").indexOf(';'));
            int equals = pair.indexOf('=');
            if (equals == pair.length() - 1) {
                cookies.remove(pair.substring(0, equals));
            } else {
                cookies.put(pair.substring(0, equals), pair.substring(equals + 1));
            }
        }
        return answer;
    }

    /** The query of the address that the answer sends the browser to. */
    static String query(HttpResponse<String> redirect) {
        String location = redirect.headers()
                .firstValue("Location")
                .orElseThrow(() -> new IllegalStateException("the login ended with a page, " + redirect.statusCode()));
        return String.valueOf(URI.create(location).getRawQuery());
    }
}
