package dev.latchkey.server.user;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A password in a Keycloak export, which keeps salt, digest and costs in fields of their own. It becomes one of the strings that
 * {@code password} reads: PBKDF2 as passlib writes it, Argon2 as a PHC string.
 */
record KeycloakCredential(Map<?, ?> secret, Map<?, ?> costs) {
    String hash() {
        byte[] salt = bytes(secret.get("salt"));
        byte[] digest = bytes(secret.containsKey("value") ? secret.get("value") : secret.get("hashedSaltedValue"));
        String algorithm = String.valueOf(costs.get("algorithm"));
        return switch (algorithm) {
            case "pbkdf2", "pbkdf2-sha256", "pbkdf2-sha512" ->
                "$" + algorithm + "$" + number(costs.get("hashIterations")) + "$" + adapted(salt) + "$"
                        + adapted(digest);
            case "argon2" -> argon2(salt, digest);
            default ->
                throw new UserImportException("The password is hashed by something else than pbkdf2 and argon2.");
        };
    }

    private String argon2(byte[] salt, byte[] digest) {
        String version = "1.0".equals(parameter("version")) ? "16" : "19";
        return "$argon2" + parameter("type") + "$v=" + version + "$m=" + number(parameter("memory")) + ",t="
                + number(costs.get("hashIterations")) + ",p=" + number(parameter("parallelism")) + "$" + unpadded(salt)
                + "$" + unpadded(digest);
    }

    private @Nullable Object parameter(String name) {
        if (costs.get("additionalParameters") instanceof Map<?, ?> parameters
                && parameters.get(name) instanceof List<?> values
                && values.size() == 1) {
            return values.getFirst();
        }
        return null;
    }

    private static String number(@Nullable Object value) {
        String digits = String.valueOf(value);
        if (!digits.matches("[0-9]{1,9}")) {
            throw new UserImportException("The password has a cost that is not a number.");
        }
        return digits;
    }

    private static byte[] bytes(@Nullable Object value) {
        try {
            return Base64.getDecoder().decode(value instanceof String text ? text : "?");
        } catch (IllegalArgumentException e) {
            throw new UserImportException("The password has no salt and value in base64.");
        }
    }

    private static String adapted(byte[] bytes) {
        return unpadded(bytes).replace('+', '.');
    }

    private static String unpadded(byte[] bytes) {
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }
}
