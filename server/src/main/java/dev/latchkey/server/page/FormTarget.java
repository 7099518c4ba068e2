package dev.latchkey.server.page;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a form goes.
 *
 * @param action a path of the issuer, with its query if there is one
 * @param hidden the hidden fields, in order
 * @param continuesTo the origin or scheme that the answer may send the browser on to, as {@code https://rp.example} or
 *     {@code com.example.app:}; browsers hold redirects after a form against {@code form-action} too (CSP 3 §6.4.1)
 */
public record FormTarget(String action, Map<String, String> hidden, Optional<String> continuesTo) {
    private static final Pattern PATH = Pattern.compile("/(?:[\\x21-\\x7e&&[^/\\\\]][\\x21-\\x7e&&[^\\\\]]*)?");

    public FormTarget {
        if (!PATH.matcher(action).matches()) {
            throw new IllegalArgumentException("not a path of this server: " + action.length() + " characters");
        }
        hidden = Collections.unmodifiableMap(new LinkedHashMap<>(hidden));
        continuesTo.ifPresent(Sources::check);
    }

    /**
     * A form whose answer may send the browser on to another address: to all of its scheme, since browsers hold the whole chain
     * of redirects after a form against it, and clients send users on.
     *
     * @param uri registered by a client
     */
    public static FormTarget leadingTo(String uri, String action, Map<String, String> hidden) {
        return new FormTarget(action, hidden, Optional.of(URI.create(uri).getScheme() + ":"));
    }

    /** A form that ends at this server. */
    public static FormTarget of(String action, Map<String, String> hidden) {
        return new FormTarget(action, hidden, Optional.empty());
    }
}
