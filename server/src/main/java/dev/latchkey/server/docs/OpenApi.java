package dev.latchkey.server.docs;

import dev.latchkey.server.http.Handler;
import dev.latchkey.server.http.Request;
import dev.latchkey.server.http.Response;
import dev.latchkey.token.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * {@code GET /openapi.json}: the description of the API, written by hand beside this class and completed with the address of
 * the issuer. A test holds it against the routes, in both directions. Read when it is first asked for.
 */
public final class OpenApi implements Handler {
    private static final String RESOURCE = "openapi.json";
    private static final String PLACE_OF_THE_ISSUER = "https://issuer.example";

    private final String issuer;
    private final Predicate<String> isServed;

    /**
     * Describes an issuer.
     *
     * @param isServed whether a path is served under its settings; of others nothing is told
     */
    public OpenApi(String issuer, Predicate<String> isServed) {
        this.issuer = issuer;
        this.isServed = isServed;
    }

    @Override
    public Response handle(Request request) {
        String quoted = Json.write(issuer);
        Map<String, Object> description = new LinkedHashMap<>(Json.parseObject(text()));
        Map<String, Object> served = new LinkedHashMap<>();
        paths().forEach((path, item) -> {
            if (isServed.test(path.toString())) {
                served.put(path.toString(), item);
            }
        });
        description.put("paths", served);
        String document =
                Json.write(description).replace(PLACE_OF_THE_ISSUER, quoted.substring(1, quoted.length() - 1));
        return Response.jsonBytes(document.getBytes(StandardCharsets.UTF_8)).withHeader("Cache-Control", "no-cache");
    }

    /** What is described, as {@code GET /users/me}. */
    public static Set<String> operations() {
        Set<String> operations = new TreeSet<>();
        paths().forEach((path, item) -> {
            if (item instanceof Map<?, ?> methods) {
                methods.keySet()
                        .forEach(method -> operations.add(method.toString().toUpperCase(Locale.ROOT) + " " + path));
            }
        });
        return operations;
    }

    private static Map<?, ?> paths() {
        return Json.parseObject(text()).get("paths") instanceof Map<?, ?> paths ? paths : Map.of();
    }

    private static String text() {
        return new String(Asset.bytes(RESOURCE), StandardCharsets.UTF_8);
    }
}
