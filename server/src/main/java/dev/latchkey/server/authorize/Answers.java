package dev.latchkey.server.authorize;

import dev.latchkey.server.http.Request;
import dev.latchkey.server.http.Response;
import dev.latchkey.server.page.Page;
import dev.latchkey.server.page.Pages;
import dev.latchkey.server.protocol.OAuthError;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/** Sends answers to clients through the browser, every one with {@code state} and {@code iss} (RFC 9207 §2). */
final class Answers {
    private final String issuer;
    private final Pages pages;

    Answers(String issuer, Pages pages) {
        this.issuer = issuer;
        this.pages = pages;
    }

    Response error(Recipient recipient, OAuthError error, Request request) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("error", error.code());
        parameters.put("error_description", error.description());
        return send(recipient, parameters, request);
    }

    Response send(Recipient recipient, Map<String, String> parameters, Request request) {
        Map<String, String> all = new LinkedHashMap<>(parameters);
        recipient.state().ifPresent(state -> all.put("state", state));
        all.put("iss", issuer);
        String uri = recipient.redirectUri();
        return switch (recipient.mode()) {
            case QUERY -> Response.seeOther(uri + (uri.indexOf('?') < 0 ? "?" : "&") + form(all));
            case FRAGMENT -> Response.seeOther(uri + "#" + form(all));
            case FORM_POST -> pages.render(new Page.FormPost(uri, all), request);
        };
    }

    private static String form(Map<String, String> parameters) {
        StringJoiner form = new StringJoiner("&");
        parameters.forEach((name, value) -> form.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return form.toString();
    }
}
