package dev.latchkey.bench.load;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Signs alice in at the application and allows it, by the pages, before the code flow is measured. */
final class SignedInBrowser {
    private static final Pattern HIDDEN =
            Pattern.compile("<input[^>]*type=\"hidden\"[^>]*name=\"([^\"]*)\"[^>]*value=\"([^\"]*)\"");
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    private static final String REDIRECT_URI = "https://rp.example/callback";

    private final URI server;
    private String cookie = "";

    SignedInBrowser(ServerProcess server) {
        this.server = URI.create("http://localhost:" + server.address().getPort());
    }

    Exchange codeFlow() throws IOException {
        String path = "/authorize?" + form(authorization());
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> login = send(client, get(path));
            Map<String, String> fields = hidden(login.body());
            fields.put("username", "alice");
            fields.put("password", Scenarios.PASSWORD);
            HttpResponse<String> signedIn = send(client, post("/authorize/sign-in", fields));
            String resumed = signedIn.headers().firstValue("Location").orElseThrow();
            Map<String, String> consent = hidden(send(client, get(resumed)).body());
            if (!consent.isEmpty()) { // else another browser of hers has allowed it
                consent.put("decision", "allow");
                send(client, post("/authorize/consent", consent));
            }
        }
        Map<String, String> redemption = new LinkedHashMap<>();
        redemption.put("grant_type", "authorization_code");
        redemption.put("redirect_uri", REDIRECT_URI);
        redemption.put("code_verifier", VERIFIER);
        return new CodeFlow(path, cookie, redemption, Scenarios.basic("web"));
    }

    private static Map<String, String> authorization() {
        Map<String, String> request = new LinkedHashMap<>();
        request.put("client_id", "web");
        request.put("redirect_uri", REDIRECT_URI);
        request.put("response_type", "code");
        request.put("scope", "openid profile email");
        request.put("state", "af0ifjsldkj");
        request.put("nonce", "n-0S6_WzA2Mj");
        request.put("code_challenge", CHALLENGE);
        request.put("code_challenge_method", "S256");
        return request;
    }

    private static Map<String, String> hidden(String page) {
        Map<String, String> fields = new LinkedHashMap<>();
        Matcher inputs = HIDDEN.matcher(page);
        while (inputs.find()) {
            fields.put(inputs.group(1), inputs.group(2).replace("&amp;", "&"));
        }
        return fields;
    }

    private HttpRequest.Builder get(String path) {
        return HttpRequest.newBuilder(server.resolve(path));
    }

    private HttpRequest.Builder post(String path, Map<String, String> fields) {
        return get(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form(fields)));
    }

    private HttpResponse<String> send(HttpClient client, HttpRequest.Builder request) throws IOException {
        if (!cookie.isEmpty()) {
            request.header("Cookie", cookie);
        }
        try {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            response.headers()
                    .firstValue("Set-Cookie")
                    .ifPresent(header -> cookie = header.substring(0, header.indexOf(';')));
            return response;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static String form(Map<String, String> fields) {
        StringJoiner form = new StringJoiner("&");
        fields.forEach((name, value) -> form.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return form.toString();
    }
}
