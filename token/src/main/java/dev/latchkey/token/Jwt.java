package dev.latchkey.token;

import java.time.InstantSource;

/**
 * Where tokens begin.
 *
 * <pre>{@code
 * String token = Jwt.create().issuer("https://login.example").subject("alice").expiresIn(Duration.ofMinutes(15)).sign(key);
 * }</pre>
 *
 * @see Verifier for checking them
 */
public final class Jwt {
    private Jwt() {}

    /** Begins a token whose times are counted by the system's clock. */
    public static JwtBuilder create() {
        return new JwtBuilder(InstantSource.system());
    }

    /** Begins a token whose times are counted by this clock. */
    public static JwtBuilder create(InstantSource clock) {
        return new JwtBuilder(clock);
    }

    /** What does the cryptography here: the native provider with its version, or {@code JDK}. */
    public static String cryptoProvider() {
        return Crypto.chosen().description();
    }
}
