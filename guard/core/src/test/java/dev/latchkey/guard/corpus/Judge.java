package dev.latchkey.guard.corpus;

import java.util.Locale;
import java.util.Set;

/**
 * A library set up to take access tokens by RFC 9068 of {@link Mint#ISSUER} for {@link Mint#AUDIENCE}, signed by a key of
 * {@link Keys#published()}, at {@link Mint#NOW} and with no allowance for clocks that differ; as strictly as it can be.
 */
interface Judge {
    /** The asymmetric algorithms of RFC 7518 and RFC 8037. */
    Set<String> ALGORITHMS =
            Set.of("ES256", "ES384", "ES512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "EdDSA");

    String name();

    /** A class of the library, to find its version. */
    Class<?> origin();

    /** How it is set up, a sentence or two in Markdown. */
    String setUp();

    /** What it can verify. */
    default Set<String> algorithms() {
        return ALGORITHMS;
    }

    /**
     * Whether it takes the token. A refusal by the exceptions that the library documents is false; what else it throws
     * is thrown.
     */
    boolean accepts(String token);

    /** By hand, where a library has no check for it: RFC 9068 §4. */
    static boolean isAccessTokenType(@org.jspecify.annotations.Nullable Object type) {
        return type instanceof String text
                && Set.of("at+jwt", "application/at+jwt").contains(text.toLowerCase(Locale.ROOT));
    }
}
