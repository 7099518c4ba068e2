package dev.latchkey.server.client;

import java.util.Arrays;
import java.util.Optional;

/** How a client authenticates: {@code token_endpoint_auth_method} (RFC 7591 §2, OpenID Connect Core §9). */
public enum AuthenticationMethod {
    CLIENT_SECRET_BASIC("client_secret_basic", Proof.SECRET),
    CLIENT_SECRET_POST("client_secret_post", Proof.SECRET),
    CLIENT_SECRET_JWT("client_secret_jwt", Proof.SHARED_KEY),
    PRIVATE_KEY_JWT("private_key_jwt", Proof.PRIVATE_KEY),
    NONE("none", Proof.NOTHING);

    private final String value;
    private final Proof proof;

    /** What the client proves itself by. */
    public enum Proof {
        /** Its secret, sent. */
        SECRET,
        /** An assertion under its secret, which the server has to know. */
        SHARED_KEY,
        /** An assertion under a key that only the client has. */
        PRIVATE_KEY,
        NOTHING
    }

    AuthenticationMethod(String value, Proof proof) {
        this.value = value;
        this.proof = proof;
    }

    public static Optional<AuthenticationMethod> named(String value) {
        return Arrays.stream(values())
                .filter(method -> method.value.equals(value))
                .findFirst();
    }

    public Proof proof() {
        return proof;
    }

    /** Whether the client is given a secret. */
    public boolean usesSecret() {
        return proof == Proof.SECRET || proof == Proof.SHARED_KEY;
    }

    /** Whether the client sends a {@code client_assertion} (RFC 7521 §4.2). */
    public boolean usesAssertion() {
        return proof == Proof.SHARED_KEY || proof == Proof.PRIVATE_KEY;
    }

    @Override
    public String toString() {
        return value;
    }
}
