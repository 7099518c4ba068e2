package dev.latchkey.example.contract;

import dev.latchkey.token.Json;
import java.net.http.HttpResponse;
import java.util.Map;

/** An answer of the application, JSON throughout. */
record Answer(int status, String challenge, Map<String, Object> json) {
    static Answer of(HttpResponse<String> response) {
        return new Answer(
                response.statusCode(),
                response.headers().firstValue("WWW-Authenticate").orElse(""),
                Json.parseObject(response.body()));
    }

    String text(String member) {
        return String.valueOf(json.get(member));
    }
}
