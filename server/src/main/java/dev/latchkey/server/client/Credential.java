package dev.latchkey.server.client;

/** What the store keeps of a client's secret. Which one follows from its {@link AuthenticationMethod}. Prints no secret. */
public sealed interface Credential {

    /** There is no secret: the client is a public one, or known by its public keys. */
    record None() implements Credential {}

    /**
     * A secret that is only compared.
     *
     * @param hash as {@link ClientSecret#hash} made it
     */
    record HashedSecret(String hash) implements Credential {
        @Override
        public String toString() {
            return "HashedSecret";
        }
    }

    /**
     * A secret that has to be known, since it is the key of assertions.
     *
     * @param sealed as {@link ClientSecrets} encrypted it
     */
    record SealedSecret(String sealed) implements Credential {
        @Override
        public String toString() {
            return "SealedSecret";
        }
    }

    /** Whether this is the kind that the method needs. */
    default boolean fits(AuthenticationMethod method) {
        return switch (method.proof()) {
            case SECRET -> this instanceof HashedSecret;
            case SHARED_KEY -> this instanceof SealedSecret;
            case PRIVATE_KEY, NOTHING -> this instanceof None;
        };
    }
}
