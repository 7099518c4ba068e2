package dev.latchkey.server.client;

import dev.latchkey.token.Algorithm;
import dev.latchkey.token.Json;
import dev.latchkey.token.Jwk;
import dev.latchkey.token.JwkSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The public keys of a client. Keys of kinds that are not known here are passed over, each by itself (RFC 7517 §5); there are
 * at most {@link JwkSet#MAX_KEYS}. Immutable.
 */
public final class ClientKeySet {
    /** No keys. */
    public static final ClientKeySet EMPTY = new ClientKeySet(JwkSet.of(), List.of());

    private final JwkSet signing;
    private final List<Map<String, Object>> members;

    private ClientKeySet(JwkSet signing, List<Map<String, Object>> members) {
        this.signing = signing;
        this.members = List.copyOf(members);
    }

    /**
     * Reads a JWK Set.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static ClientKeySet parse(String json) {
        JwkSet signing = JwkSet.parse(json);
        List<Map<String, Object>> members = new ArrayList<>();
        if (Json.parseObject(json).get("keys") instanceof List<?> keys) {
            keys.forEach(key -> addMembers(members, key));
        }
        return new ClientKeySet(signing, members);
    }

    @SuppressWarnings("unchecked") // names of members are strings
    private static void addMembers(List<Map<String, Object>> members, @Nullable Object key) {
        if (key instanceof Map<?, ?> object) {
            members.add((Map<String, Object>) object);
        }
    }

    /** Those that verify signatures of the algorithm, which is never one for secrets, and have the name if one is given. */
    public List<Jwk> verifying(@Nullable String keyId, Algorithm algorithm) {
        return algorithm.isSymmetric() ? List.of() : signing.find(keyId, algorithm);
    }

    /** All keys, as they were given, also those that do not verify signatures. */
    public List<Map<String, Object>> members() {
        return members;
    }
}
