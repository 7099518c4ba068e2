package dev.latchkey.example.helidon;

import dev.latchkey.guard.Access;
import dev.latchkey.guard.Caller;
import dev.latchkey.guard.Guard;
import dev.latchkey.guard.helidon.HelidonGuard;
import dev.latchkey.token.Json;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerResponse;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** An API whose routes tell who calls. A route says what its callers need; everything else is the guard's. */
public final class Tutorial {
    static final String AUDIENCE = "https://tutorial.example";

    private static final Access ANY_CALLER = Access.authenticated();
    private static final Access ME = Access.authenticated().scopes("me");
    private static final Access MY_ITEMS = ME.scopes("items");

    private final HelidonGuard api;
    private final SelfMadeTokens selfMade;

    Tutorial(Guard guard, InstantSource clock) {
        this.api = HelidonGuard.of(guard);
        this.selfMade = new SelfMadeTokens(clock);
    }

    /** Serves at {@code -Dserver.port}, for callers who logged in at {@code -Dlatchkey.guard.issuer}. */
    public static void main(String[] args) {
        String issuer = System.getProperty("latchkey.guard.issuer", "http://localhost:9000");
        Guard guard = Guard.issuer(issuer).audience(AUDIENCE).build();
        new Tutorial(guard, InstantSource.system()).serve(Integer.getInteger("server.port", 8000));
    }

    WebServer serve(int port) {
        return WebServer.builder()
                .host("localhost")
                .port(port)
                .routing(this::routes)
                .build()
                .start();
    }

    private void routes(HttpRouting.Builder routing) {
        routing.get("/new_route", selfMade::create)
                .get("/decode_token", selfMade::decode)
                .get("/protected", json(ANY_CALLER, who -> greeting("Access granted", who)))
                .get("/secure", json(ANY_CALLER, who -> greeting("Token received", who)))
                .get("/user", json(ANY_CALLER, who -> Map.of("username", who.displayName())))
                .get("/status[/]", json(ANY_CALLER, _ -> Map.of("status", "ok")))
                .get("/users/me[/]", json(ME, Tutorial::me))
                .get("/users/me/items[/]", json(MY_ITEMS, Tutorial::items));
    }

    private Handler json(Access needed, Function<Caller, Map<String, ?>> answer) {
        return api.protect(needed, (_, response, caller) -> send(response, answer.apply(caller)));
    }

    private static Map<String, Object> me(Caller caller) {
        return Map.of(
                "sub", caller.subject(),
                "username", caller.displayName(),
                "roles", caller.roles().stream().sorted().toList(),
                "scopes", caller.scopes().stream().sorted().toList());
    }

    private static Map<String, Object> greeting(String message, Caller caller) {
        return Map.of("message", message, "user", caller.displayName());
    }

    private static Map<String, Object> items(Caller caller) {
        return Map.of("items", List.of("Foo"), "owner", caller.displayName());
    }

    /** As JSON, its members in the order of their names. */
    static void send(ServerResponse response, Map<String, ?> body) {
        response.header(HeaderNames.CONTENT_TYPE, "application/json");
        response.send(Json.write(new TreeMap<>(body)));
    }
}
