package dev.latchkey.testkit;

import dev.latchkey.server.client.AuthenticationMethod;
import dev.latchkey.server.http.Parameters;
import dev.latchkey.server.setting.ClientSettings;
import dev.latchkey.server.setting.Settings;
import dev.latchkey.server.setting.UserSettings;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** Logs users in over HTTP, as their applications do. */
final class Logins {
    private final Http http;
    private final String url;
    private final Settings settings;
    private final SecureRandom random;

    Logins(Http http, String url, Settings settings, SecureRandom random) {
        this.http = http;
        this.url = url;
        this.settings = settings;
        this.random = random;
    }

    /** By name and password at {@code /login}. */
    Tokens password(String username) {
        Map<String, String> form = Map.of("username", username, "password", passwordOf(username));
        return new Tokens(settings.loginClient(), Http.members(http.post(url + "/login", form)));
    }

    /** By the pages, with a code and PKCE (RFC 6749 §4.1, RFC 7636). */
    Tokens code(String username, String clientId, String scope) {
        ClientSettings client = client(clientId);
        String redirectUri = client.metadata().redirectUris().stream()
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the client " + clientId + " has no redirect URI"));
        String verifier = unguessable();
        Map<String, String> request = new LinkedHashMap<>();
        request.put("response_type", "code");
        request.put("client_id", clientId);
        request.put("redirect_uri", redirectUri);
        request.put("scope", scope.isEmpty() ? client.metadata().scope().toString() : scope);
        request.put("state", unguessable());
        request.put("nonce", unguessable());
        request.put("code_challenge", challenge(verifier));
        request.put("code_challenge_method", "S256");

        Map<String, String> redemption = new LinkedHashMap<>();
        redemption.put("grant_type", "authorization_code");
        redemption.put("code", code(username, request));
        redemption.put("redirect_uri", redirectUri);
        redemption.put("code_verifier", verifier);
        return new Tokens(clientId, token(client, redemption));
    }

    private String code(String username, Map<String, String> request) {
        Browser browser = new Browser(http, url);
        HttpResponse<String> page = browser.get("/authorize?" + Http.form(request));
        if (Browser.hasForm(page)) {
            page = browser.submit(page, Map.of("username", username, "password", passwordOf(username)));
        }
        if (Browser.hasForm(page)) {
            page = browser.submit(page, Map.of("decision", "allow"));
        }
        if (page.statusCode() / 100 != 3) {
            throw new RefusedException(page.statusCode(), "", "the pages did not let " + username + " in");
        }
        Parameters answer = Parameters.parse(Browser.query(page));
        return answer.first("code")
                .orElseThrow(() -> new RefusedException(
                        400,
                        answer.first("error").orElse(""),
                        answer.first("error_description").orElse("no description")));
    }

    Tokens refresh(Tokens tokens) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "refresh_token");
        form.put("refresh_token", tokens.refreshToken());
        boolean builtIn = settings.clients().stream()
                .noneMatch(client -> client.id().value().equals(tokens.clientId()));
        return new Tokens(
                tokens.clientId(),
                builtIn ? Http.members(http.post(url + "/token", form)) : token(client(tokens.clientId()), form));
    }

    private Map<String, Object> token(ClientSettings client, Map<String, String> form) {
        Map<String, String> fields = new LinkedHashMap<>(form);
        String id = client.id().value();
        AuthenticationMethod method = client.metadata().authenticationMethod();
        return switch (method) {
            case CLIENT_SECRET_BASIC ->
                Http.members(http.post(url + "/token", fields, "Authorization", Http.basic(id, secretOf(id))));
            case CLIENT_SECRET_POST -> {
                fields.put("client_id", id);
                fields.put("client_secret", secretOf(id));
                yield Http.members(http.post(url + "/token", fields));
            }
            case NONE -> {
                fields.put("client_id", id);
                yield Http.members(http.post(url + "/token", fields));
            }
            case CLIENT_SECRET_JWT, PRIVATE_KEY_JWT ->
                throw new IllegalArgumentException("cannot log in for a client that authenticates by " + method);
        };
    }

    String secretOf(String clientId) {
        return client(clientId)
                .secret()
                .orElseThrow(() -> new IllegalArgumentException("the client " + clientId + " has no secret"));
    }

    private ClientSettings client(String clientId) {
        return settings.clients().stream()
                .filter(client -> client.id().value().equals(clientId))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no client " + clientId + "; declare it"));
    }

    private String passwordOf(String username) {
        return settings.users().stream()
                .filter(user -> user.username().equals(username))
                .findFirst()
                .flatMap(UserSettings::password)
                .orElse(LatchkeyServer.PASSWORD);
    }

    private String unguessable() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return encode(bytes);
    }

    private static String challenge(String verifier) {
        try {
            return encode(MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
