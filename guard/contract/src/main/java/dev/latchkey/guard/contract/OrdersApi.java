package dev.latchkey.guard.contract;

import dev.latchkey.guard.Access;
import dev.latchkey.guard.Caller;
import dev.latchkey.guard.Guard;
import dev.latchkey.token.Json;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The API that each adapter serves for the contract. Its answers are JSON in UTF-8, sent with status 200 as
 * {@code application/json}; an adapter only has to say which method answers which route, and to hand over the caller it knows:
 *
 * <table>
 * <caption>Routes</caption>
 * <tr><td>GET /public</td><td>not guarded</td><td>{@link #open()}</td></tr>
 * <tr><td>GET /me</td><td>{@link #ME}</td><td>{@link #me}</td></tr>
 * <tr><td>GET /orders</td><td>{@link #READ}</td><td>{@link #me}</td></tr>
 * <tr><td>POST /orders</td><td>{@link #WRITE}</td><td>{@link #place}</td></tr>
 * <tr><td>GET /orders/{id}</td><td>{@link #READ}</td><td>{@link #order}</td></tr>
 * <tr><td>GET /admin</td><td>{@link #ADMIN}</td><td>{@link #me}</td></tr>
 * <tr><td>GET /optional</td><td>{@link #OPTIONAL}</td><td>{@link #greet}</td></tr>
 * <tr><td>GET /step-up</td><td>{@link #STEP_UP}</td><td>{@link #me}</td></tr>
 * </table>
 *
 * <p>and the metadata of {@link #guard()}, where it has any. Safe for many threads.
 */
public final class OrdersApi {
    public static final Access ME = Access.authenticated();
    public static final Access READ = Access.authenticated().scopes("orders:read");
    public static final Access WRITE = Access.authenticated().scopes("orders:read", "orders:write");
    public static final Access ADMIN = Access.authenticated().roles("admin", "owner");
    public static final Access OPTIONAL = Access.optional();
    public static final Access STEP_UP =
            Access.authenticated().acr("urn:example:two-factor").maxAge(Duration.ofMinutes(5));

    private final Guard guard;
    private final AtomicInteger served = new AtomicInteger();

    OrdersApi(Guard guard) {
        this.guard = guard;
    }

    /** What to guard it with. */
    public Guard guard() {
        return guard;
    }

    /** What is for everybody. */
    public String open() {
        return answer(Map.of("open", true));
    }

    /** Who calls. */
    public String me(Caller caller) {
        return answer(about(caller));
    }

    /** The order of this id, the path's last segment, decoded. */
    public String order(String id, Caller caller) {
        Map<String, Object> members = about(caller);
        members.put("order", id);
        return answer(members);
    }

    /** Takes an order: the body of the request as it is. */
    public String place(String body, Caller caller) {
        Map<String, Object> members = about(caller);
        members.put("placed", body);
        return answer(members);
    }

    /** Who calls, or that nobody is known to. */
    public String greet(Optional<Caller> caller) {
        return answer(Map.of("hello", caller.map(Caller::displayName).orElse("anonymous")));
    }

    /** How many requests have reached the API itself. */
    int served() {
        return served.get();
    }

    private String answer(Map<String, ?> members) {
        served.incrementAndGet();
        return Json.write(members);
    }

    private static Map<String, Object> about(Caller caller) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("sub", caller.subject());
        members.put("name", caller.displayName());
        members.put("scopes", caller.scopes().stream().sorted().toList());
        members.put("roles", caller.roles().stream().sorted().toList());
        return members;
    }
}
