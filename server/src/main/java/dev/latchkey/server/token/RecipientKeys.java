package dev.latchkey.server.token;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Chooses among the keys of a client those that something may be encrypted to (RFC 7517 §4). */
final class RecipientKeys {
    private static final Set<String> CURVES = Set.of("P-256", "P-384", "P-521");
    private static final Set<String> OPERATIONS = Set.of("encrypt", "wrapKey", "deriveKey", "deriveBits");

    private RecipientKeys() {}

    /** Those that fit the key management algorithm; first the ones that say they are for it. */
    static List<Map<String, Object>> fitting(List<Map<String, Object>> keys, String algorithm) {
        return keys.stream()
                .filter(key -> isOfKind(key, algorithm) && isForEncryption(key, algorithm))
                .sorted(Comparator.comparing((Map<String, Object> key) -> !algorithm.equals(key.get("alg")))
                        .thenComparing(key -> !"enc".equals(key.get("use"))))
                .toList();
    }

    private static boolean isOfKind(Map<String, Object> key, String algorithm) {
        return algorithm.startsWith("RSA")
                ? "RSA".equals(key.get("kty"))
                : "EC".equals(key.get("kty")) && key.get("crv") instanceof String curve && CURVES.contains(curve);
    }

    private static boolean isForEncryption(Map<String, Object> key, String algorithm) {
        return (!key.containsKey("use") || "enc".equals(key.get("use"))) // RFC 7517 §4.2
                && (!key.containsKey("alg") || algorithm.equals(key.get("alg"))) // RFC 7517 §4.4
                && (!(key.get("key_ops") instanceof List<?> operations)
                        || operations.stream().anyMatch(RecipientKeys::encrypts)); // RFC 7517 §4.3
    }

    private static boolean encrypts(@Nullable Object operation) {
        return operation instanceof String name && OPERATIONS.contains(name);
    }
}
