package dev.latchkey.token;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A set of keys, as issuers publish them. Immutable and safe for use by many threads.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7517#section-5">RFC 7517 §5</a>
 */
public final class JwkSet implements KeySource {
    /** The most keys of a set: each may have to be tried for a token that names none. */
    public static final int MAX_KEYS = 100;

    private static final Candidates NONE = new Candidates(List.of(), Map.of(), List.of());

    private final List<Jwk> keys;
    private final List<String> ignored;
    private final Map<Algorithm, Candidates> candidates = new EnumMap<>(Algorithm.class);

    private JwkSet(Collection<Jwk> keys, List<String> ignored) {
        if (keys.size() > MAX_KEYS) {
            throw new IllegalArgumentException("a key set has at most " + MAX_KEYS + " keys");
        }
        this.keys = List.copyOf(keys);
        this.ignored = List.copyOf(ignored);
        for (Algorithm algorithm : Algorithm.values()) {
            candidates.put(algorithm, Candidates.of(this.keys, algorithm));
        }
    }

    /** The set of these keys, private ones and secrets included. */
    public static JwkSet of(Jwk... keys) {
        return new JwkSet(List.of(keys), List.of());
    }

    /** The set of these keys, private ones and secrets included. */
    public static JwkSet of(Collection<Jwk> keys) {
        return new JwkSet(keys, List.of());
    }

    /**
     * The usable keys of a JWK set. Others, for encryption or of kinds that are unknown or too weak, are left out, as RFC
     * 7517 §5 asks; {@link #ignored()} says why.
     *
     * @throws IllegalArgumentException if the text is no key set at all
     */
    public static JwkSet parse(String json) {
        if (!(Json.parseObject(json).get("keys") instanceof List<?> members)) {
            throw new IllegalArgumentException("a key set has a list of keys");
        }
        if (members.size() > MAX_KEYS) {
            throw new IllegalArgumentException("a key set has at most " + MAX_KEYS + " keys");
        }
        List<Jwk> keys = new ArrayList<>();
        List<String> ignored = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            try {
                keys.add(key(members.get(i)));
            } catch (IllegalArgumentException e) {
                ignored.add("key " + (i + 1) + ": " + e.getMessage());
            }
        }
        return new JwkSet(keys, ignored);
    }

    @SuppressWarnings("unchecked")
    private static Jwk key(@Nullable Object members) {
        if (members instanceof Map<?, ?> object) {
            return Jwk.of((Map<String, ?>) object);
        }
        throw new IllegalArgumentException("not a JSON object");
    }

    /** All keys of the set, in its order. */
    public List<Jwk> keys() {
        return keys;
    }

    /** Why keys of the parsed text are not in the set, a sentence each. */
    public List<String> ignored() {
        return ignored;
    }

    /**
     * The keys with this name; where there is none, those that were given no name, which may have any. All that fit the
     * algorithm if no name is asked for.
     */
    @Override
    public List<Jwk> find(@Nullable String keyId, Algorithm algorithm) {
        Candidates fitting = candidates.getOrDefault(algorithm, NONE);
        return keyId == null ? fitting.all() : fitting.named().getOrDefault(keyId, fitting.unnamed());
    }

    /** The public halves as members of a JWK set; shared secrets are left out. */
    public Map<String, Object> toPublicMap() {
        List<Map<String, Object>> publicKeys = keys.stream()
                .filter(key -> !key.algorithm().isSymmetric())
                .map(key -> key.toPublic().toMap())
                .toList();
        return Map.of("keys", publicKeys);
    }

    /** {@link #toPublicMap()} as JSON text. */
    public String toJson() {
        return Json.write(toPublicMap());
    }

    @Override
    public String toString() {
        return "JwkSet" + keys;
    }

    private record Candidates(List<Jwk> all, Map<String, List<Jwk>> named, List<Jwk> unnamed) {
        static Candidates of(List<Jwk> keys, Algorithm algorithm) {
            List<Jwk> all = new ArrayList<>();
            List<Jwk> unnamed = new ArrayList<>();
            Map<String, List<Jwk>> named = new HashMap<>();
            for (Jwk key : keys) {
                Jwk bound = key.canVerify() ? key.bound(algorithm) : null;
                if (bound != null) {
                    all.add(bound);
                    (bound.keyIdStated() ? named.computeIfAbsent(bound.keyId(), id -> new ArrayList<>()) : unnamed)
                            .add(bound);
                }
            }
            return new Candidates(all, named, unnamed);
        }
    }
}
