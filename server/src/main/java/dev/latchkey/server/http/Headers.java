package dev.latchkey.server.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The header fields of a request: names in any case, each with one value or several (RFC 9110 §5). Immutable as far as a
 * handler can tell, and of no use after its request has been answered.
 */
public interface Headers {
    String ACCEPT = "accept";
    String AUTHORIZATION = "authorization";
    String CONTENT_TYPE = "content-type";
    String COOKIE = "cookie";
    String FORWARDED = "forwarded";
    String HOST = "host";
    String IF_NONE_MATCH = "if-none-match";
    String ORIGIN = "origin";
    String REQUEST_ID = "x-request-id";
    String USER_AGENT = "user-agent";
    String X_FORWARDED_FOR = "x-forwarded-for";
    String X_FORWARDED_HOST = "x-forwarded-host";

    /** All values in the order they came, one for each time the field was sent; empty if it was not. */
    List<String> all(String name);

    default Optional<String> first(String name) {
        List<String> values = all(name);
        return values.isEmpty() ? Optional.empty() : Optional.of(values.getFirst());
    }

    /** Headers made of pairs: name, value, name, value. A name may come several times. */
    static Headers of(String... pairs) {
        if (pairs.length % 2 != 0) {
            throw new IllegalArgumentException("a header name without a value");
        }
        String[] own = pairs.clone();
        for (int i = 0; i < own.length; i += 2) {
            own[i] = own[i].toLowerCase(Locale.ROOT);
        }
        return name -> {
            String wanted = name.toLowerCase(Locale.ROOT);
            List<String> values = new ArrayList<>(1);
            for (int i = 0; i < own.length; i += 2) {
                if (own[i].equals(wanted)) {
                    values.add(own[i + 1]);
                }
            }
            return values;
        };
    }
}
