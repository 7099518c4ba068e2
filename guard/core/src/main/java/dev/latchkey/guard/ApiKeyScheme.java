package dev.latchkey.guard;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * API keys in a header of their own.
 *
 * @param header its name
 * @param lookup whose a key is; empty if nobody's
 */
record ApiKeyScheme(String header, Function<String, Optional<Caller>> lookup) {
    private static final int MAX_LENGTH = 1024;

    /** The key of the request; null if it has none. */
    @Nullable
    String find(GuardRequest request, Challenges challenges) {
        List<String> values = request.headers(header);
        if (values.isEmpty()) {
            return null;
        }
        if (values.size() > 1) {
            throw challenges.invalidRequest("There is more than one " + header + " header");
        }
        return values.get(0).strip();
    }

    Optional<Caller> caller(String key) {
        return key.isEmpty() || key.length() > MAX_LENGTH ? Optional.empty() : lookup.apply(key);
    }
}
