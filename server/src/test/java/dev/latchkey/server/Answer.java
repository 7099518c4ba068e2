package dev.latchkey.server;

import dev.latchkey.token.Json;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What came back over HTTP. */
public record Answer(HttpResponse<String> response) {
    public int status() {
        return response.statusCode();
    }

    public String body() {
        return response.body();
    }

    public Map<String, Object> json() {
        return Json.parseObject(response.body());
    }

    /** A member that is a string. */
    public String text(String member) {
        return (String) Objects.requireNonNull(json().get(member), member + " in " + response.body());
    }

    public List<String> headers(String name) {
        return response.headers().allValues(name);
    }

    public Optional<String> header(String name) {
        return response.headers().firstValue(name);
    }
}
