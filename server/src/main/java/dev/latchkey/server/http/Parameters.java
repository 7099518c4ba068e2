package dev.latchkey.server.http;

import dev.latchkey.server.protocol.OAuthError;
import dev.latchkey.server.protocol.OAuthException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/**
 * The parameters of a request, checked: form encoding, number and size are within bounds, and none that may come once comes
 * twice. One sent without a value counts as not sent (RFC 6749 §3.1). Immutable; prints as the names only, because values are
 * passwords and tokens.
 */
public final class Parameters {
    /** More than any request of OAuth or OpenID Connect has. */
    public static final int MAX_COUNT = 100;
    /** Longer than any name that is registered for OAuth. */
    public static final int MAX_NAME_LENGTH = 100;
    /** Room for a signed request object or assertion. */
    public static final int MAX_VALUE_LENGTH = 32 * 1024;

    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9_.-]{1,40}");

    private final Map<String, List<String>> values;

    private Parameters(Map<String, List<String>> values) {
        this.values = values;
    }

    /** For tests and for parameters that come from elsewhere: name, value, name, value. */
    public static Parameters of(String... pairs) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            add(values, pairs[i], pairs[i + 1]);
        }
        return new Parameters(values);
    }

    static Parameters parse(byte[] form, String... repeatable) {
        return parse(new String(form, StandardCharsets.ISO_8859_1), repeatable);
    }

    /**
     * Parses a form body or a query.
     *
     * @param form text whose characters are bytes (0–255)
     * @param repeatable names that may come more than once
     * @throws OAuthException {@code invalid_request}
     */
    public static Parameters parse(String form, String... repeatable) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        int count = 0;
        int start = 0;
        while (start < form.length()) {
            int end = form.indexOf('&', start);
            end = end < 0 ? form.length() : end;
            if (end > start) {
                if (++count > MAX_COUNT) {
                    throw refused("There are more than " + MAX_COUNT + " parameters");
                }
                addPair(values, form, start, end);
            }
            start = end + 1;
        }
        refuseRepetition(values, Set.of(repeatable));
        return new Parameters(values);
    }

    private static void addPair(Map<String, List<String>> values, String form, int start, int end) {
        int equals = form.indexOf('=', start);
        equals = equals < 0 || equals > end ? end : equals;
        try {
            String name = PercentEncoding.decodeForm(form, start, equals);
            String value = equals == end ? "" : PercentEncoding.decodeForm(form, equals + 1, end);
            if (name.length() > MAX_NAME_LENGTH) {
                throw refused("A parameter name is too long");
            }
            if (value.length() > MAX_VALUE_LENGTH) {
                throw refused("The value of parameter " + shown(name) + " is too long");
            }
            if (!name.isEmpty()) {
                add(values, name, value);
            }
        } catch (MalformedFormException e) {
            throw refused("The parameters are not form-encoded: " + e.getMessage());
        }
    }

    /**
     * The members of a flat JSON object as parameters.
     *
     * @throws OAuthException {@code invalid_request} if a value is neither a string nor null, or too long
     */
    static Parameters ofJson(Map<String, Object> object) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        if (object.size() > MAX_COUNT) {
            throw refused("There are more than " + MAX_COUNT + " parameters");
        }
        object.forEach((name, value) -> {
            switch (value) {
                case null -> {}
                case String text
                when text.length() <= MAX_VALUE_LENGTH && text.indexOf('\0') < 0 -> add(values, name, text);
                default -> throw refused("The member " + shown(name) + " is not a string, or too long a one");
            }
        });
        return new Parameters(values);
    }

    private static void add(Map<String, List<String>> values, String name, String value) {
        if (!value.isEmpty()) { // RFC 6749 §3.1: without a value it counts as omitted
            List<String> present = values.get(name);
            if (present == null) {
                values.put(name, List.of(value));
            } else {
                List<String> more = new ArrayList<>(present);
                more.add(value);
                values.put(name, List.copyOf(more));
            }
        }
    }

    private static void refuseRepetition(Map<String, List<String>> values, Set<String> repeatable) {
        values.forEach((name, all) -> {
            if (all.size() > 1 && !repeatable.contains(name)) {
                throw refused("The parameter " + shown(name) + " is sent more than once"); // RFC 6749 §3.1, §3.2
            }
        });
    }

    /** The value of a parameter, or the first one where it may be repeated. */
    public Optional<String> first(String name) {
        List<String> all = values.get(name);
        return all == null ? Optional.empty() : Optional.of(all.getFirst());
    }

    /**
     * The value of a parameter that has to be there.
     *
     * @throws OAuthException {@code invalid_request} if it is not
     */
    public String required(String name) {
        List<String> all = values.get(name);
        if (all == null) {
            throw refused("The parameter " + name + " is missing");
        }
        return all.getFirst();
    }

    /** Every value of a parameter that may be repeated. */
    public List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    public Set<String> names() {
        return Set.copyOf(values.keySet());
    }

    /** These parameters without all others, so that a grant cannot be influenced by what is none of its business. */
    public Parameters only(Set<String> names) {
        Map<String, List<String>> kept = new LinkedHashMap<>();
        values.forEach((name, all) -> {
            if (names.contains(name)) {
                kept.put(name, all);
            }
        });
        return new Parameters(kept);
    }

    /** With this one value for the name, whatever there was. */
    public Parameters with(String name, String value) {
        Map<String, List<String>> more = new LinkedHashMap<>(values);
        more.put(name, List.of(value));
        return new Parameters(more);
    }

    /** All but those of this name. */
    public Parameters without(String name) {
        Map<String, List<String>> kept = new LinkedHashMap<>(values);
        kept.remove(name);
        return new Parameters(kept);
    }

    /** Form-encoded, as they stand in a query. */
    public String toForm() {
        StringJoiner form = new StringJoiner("&");
        values.forEach((name, all) -> all.forEach(value -> form.add(URLEncoder.encode(name, StandardCharsets.UTF_8)
                + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8))));
        return form.toString();
    }

    @Override
    public String toString() {
        return "Parameters" + values.keySet().stream().map(Parameters::shown).toList();
    }

    /** A name fit for an error description: what a caller made up is not repeated to it. */
    private static String shown(String name) {
        return PLAIN_NAME.matcher(name).matches() ? name : "with an unusual name";
    }

    private static OAuthException refused(String description) {
        return new OAuthException(OAuthError.invalidRequest(description));
    }
}
