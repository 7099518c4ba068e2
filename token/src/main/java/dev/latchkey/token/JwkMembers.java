package dev.latchkey.token;

import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The members of a JWK, read one by one. Errors name the member and never its value. */
record JwkMembers(Map<String, ?> members) {
    boolean has(String name) {
        return members.containsKey(name);
    }

    @Nullable
    String optional(String name) {
        Object value = members.get(name);
        if (value == null && !members.containsKey(name)) {
            return null;
        }
        if (value instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("the key's " + name + " is not a string");
    }

    String required(String name) {
        String value = optional(name);
        if (value == null) {
            throw new IllegalArgumentException("the key has no " + name);
        }
        return value;
    }

    byte[] bytes(String name) {
        byte[] bytes = Base64Url.decode(required(name));
        if (bytes == null || bytes.length == 0) {
            throw new IllegalArgumentException("the key's " + name + " is not base64url");
        }
        return bytes;
    }

    byte[] bytes(String name, int length) {
        byte[] bytes = bytes(name);
        if (bytes.length != length) {
            // RFC 7518 §6.2.1.2, RFC 8037 §2: all bytes, leading zeros too
            throw new IllegalArgumentException("the key's " + name + " is not " + length + " bytes long");
        }
        return bytes;
    }

    BigInteger number(String name) {
        return new BigInteger(1, bytes(name));
    }

    /** The strings of a list without repetition, or null if there is none. */
    @Nullable
    List<String> strings(String name) {
        if (!members.containsKey(name)) {
            return null;
        }
        if (members.get(name) instanceof List<?> list && new HashSet<>(list).size() == list.size()) {
            if (list.stream().allMatch(String.class::isInstance)) {
                return list.stream().map(String.class::cast).toList();
            }
        }
        throw new IllegalArgumentException("the key's " + name + " is not a list of different strings");
    }
}
