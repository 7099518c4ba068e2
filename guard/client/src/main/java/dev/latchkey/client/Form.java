package dev.latchkey.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The parameters of a token request, in {@code application/x-www-form-urlencoded}. For one thread. */
final class Form {
    private final StringBuilder text = new StringBuilder();

    Form add(String name, String value) {
        text.append(text.length() == 0 ? "" : "&")
                .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
        return this;
    }

    String text() {
        return text.toString();
    }

    /** Says nothing of what is in it. */
    @Override
    public String toString() {
        return "Form";
    }
}
