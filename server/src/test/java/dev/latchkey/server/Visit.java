package dev.latchkey.server;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a visit ended with: an answer of the server that leads nowhere else within it. */
public record Visit(Answer answer) {
    private static final Pattern FORM =
            Pattern.compile("<form[^>]*action=\"([^\"]*)\"[^>]*>(.*?)</form>", Pattern.DOTALL);
    private static final Pattern HIDDEN = Pattern.compile("<input[^>]*type=\"hidden\"[^>]*>");
    private static final Pattern ATTRIBUTE = Pattern.compile("(name|value)=\"([^\"]*)\"");

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
