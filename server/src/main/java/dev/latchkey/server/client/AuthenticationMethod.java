package dev.latchkey.server.client;

import java.util.Arrays;
import java.util.Optional;

/** How a client authenticates: {@code token_endpoint_auth_method} (RFC 7591 §2). */
public enum AuthenticationMethod {
    CLIENT_SECRET_BASIC("client_secret_basic"),
    CLIENT_SECRET_POST("client_secret_post"),
    NONE("none");

    private final String value;

    AuthenticationMethod(String value) {
        this.value = value;
    }

    public static Optional<AuthenticationMethod> named(String value) {
        return Arrays.stream(values())
                .filter(method -> method.value.equals(value))
                .findFirst();
    }

    @Override
    public String toString() {
        return value;
    }
}
