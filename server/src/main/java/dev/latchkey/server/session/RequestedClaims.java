package dev.latchkey.server.session;

import dev.latchkey.token.Json;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The claims that a request asks for one by one: the {@code claims} parameter (OpenID Connect Core §5.5). Immutable.
 *
 * @param userInfo to be told at the user info endpoint
 * @param idToken to be told in the ID token
 */
public record RequestedClaims(Map<String, Request> userInfo, Map<String, Request> idToken) {
    public static final RequestedClaims NONE = new RequestedClaims(Map.of(), Map.of());

    /** More claims than anybody can have. */
    private static final int MAX_CLAIMS = 100;

    private static final String USER_INFO = "userinfo";
    private static final String ID_TOKEN = "id_token";

    /**
     * How one claim is asked for.
     *
     * @param essential whether the client cannot do without; told all the same where it is not
     * @param values those that would do, the most wanted first; none for any
     */
    public record Request(boolean essential, List<String> values) {
        static final Request VOLUNTARY = new Request(false, List.of());

        public Request {
            values = List.copyOf(values);
        }
    }

    public RequestedClaims {
        userInfo = Collections.unmodifiableMap(new LinkedHashMap<>(userInfo));
        idToken = Collections.unmodifiableMap(new LinkedHashMap<>(idToken));
    }

    /** Reads the parameter; empty where it is not what Core §5.5 describes. Members it does not define are passed over. */
    public static Optional<RequestedClaims> parse(String json) {
        try {
            Map<String, Object> members = Json.parseObject(json);
            return Optional.of(new RequestedClaims(requests(members.get(USER_INFO)), requests(members.get(ID_TOKEN))));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static Map<String, Request> requests(@Nullable Object value) {
        Map<String, Request> requests = new LinkedHashMap<>();
        switch (value) {
            case null -> {}
            case Map<?, ?> object
            when object.size() <= MAX_CLAIMS ->
                object.forEach((name, request) -> requests.put((String) name, request(request)));
            default -> throw new IllegalArgumentException("not an object, or too large a one");
        }
        return requests;
    }

    private static Request request(@Nullable Object value) {
        return switch (value) {
            case null -> Request.VOLUNTARY;
            case Map<?, ?> object -> new Request(essential(object), values(object));
            default -> throw new IllegalArgumentException("not a request for a claim");
        };
    }

    private static boolean essential(Map<?, ?> object) {
        return switch (object.get("essential")) {
            case null -> false;
            case Boolean essential -> essential;
            default -> throw new IllegalArgumentException("essential is true or false");
        };
    }

    private static List<String> values(Map<?, ?> object) {
        Stream<?> value = Stream.ofNullable(object.get("value"));
        Stream<?> values = switch (object.get("values")) {
            case null -> Stream.empty();
            case List<?> list -> list.stream();
            default -> throw new IllegalArgumentException("values is a list");
        };
        return Stream.concat(value, values)
                .filter(Objects::nonNull)
                .map(Object::toString)
                .distinct()
                .toList();
    }

    /** Those whose names are allowed. */
    public RequestedClaims only(Predicate<String> allowed) {
        return new RequestedClaims(only(userInfo, allowed), only(idToken, allowed));
    }

    private static Map<String, Request> only(Map<String, Request> requests, Predicate<String> allowed) {
        Map<String, Request> kept = new LinkedHashMap<>(requests);
        kept.keySet().removeIf(allowed.negate());
        return kept;
    }

    /** The names of the claims for the user info endpoint. */
    public Set<String> userInfoNames() {
        return userInfo.keySet();
    }

    /** The names of the claims for the ID token. */
    public Set<String> idTokenNames() {
        return idToken.keySet();
    }

    /** Without the values: what has to be remembered to tell the claims again. Empty text for no claims. */
    public String toText() {
        return userInfo.isEmpty() && idToken.isEmpty()
                ? ""
                : Json.write(Map.of(USER_INFO, nulls(userInfo), ID_TOKEN, nulls(idToken)));
    }

    private static Map<String, @Nullable Object> nulls(Map<String, Request> requests) {
        Map<String, @Nullable Object> names = new LinkedHashMap<>();
        requests.keySet().forEach(name -> names.put(name, null));
        return names;
    }

    /** What {@link #toText} wrote. */
    public static RequestedClaims ofText(String text) {
        return text.isEmpty() ? NONE : parse(text).orElseThrow(() -> new IllegalArgumentException("not claims"));
    }
}
