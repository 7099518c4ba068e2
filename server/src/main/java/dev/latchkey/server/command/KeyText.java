package dev.latchkey.server.command;

import dev.latchkey.token.Algorithm;
import dev.latchkey.token.JsonException;
import dev.latchkey.token.Jwk;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Keys for commands: shared secrets, and files with a JWK or PEM. */
final class KeyText {
    /** What a PEM key may be for when no algorithm was named, the usual one of each kind. */
    private static final List<Algorithm> USUAL =
            List.of(Algorithm.ES256, Algorithm.RS256, Algorithm.EdDSA, Algorithm.ES384, Algorithm.ES512);

    private KeyText() {}

    static Jwk secret(Algorithm algorithm, String secret) {
        try {
            return Jwk.secret(algorithm, secret.getBytes(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw CommandException.refused(e.getMessage() + " (RFC 7518 §3.2)");
        }
    }

    static Jwk read(String file, Optional<Algorithm> algorithm) {
        String text = SecretText.readFile(file);
        try {
            if (!text.contains("-----BEGIN")) {
                Jwk key = Jwk.parse(text);
                if (algorithm.isPresent() && key.algorithm() != algorithm.get()) {
                    throw CommandException.refused(
                            file + " holds a key for " + key.algorithm() + ", not " + algorithm.get());
                }
                return key;
            }
            return algorithm.map(named -> Jwk.ofPem(named, text)).orElseGet(() -> usual(text));
        } catch (JsonException e) {
            throw CommandException.refused(file + " is neither a JWK nor PEM");
        } catch (IllegalArgumentException e) {
            throw CommandException.refused(file + ": " + e.getMessage());
        }
    }

    private static Jwk usual(String pem) {
        for (Algorithm algorithm : USUAL) {
            try {
                return Jwk.ofPem(algorithm, pem);
            } catch (IllegalArgumentException e) {
                // of another kind; the last one tells
                if (algorithm == USUAL.getLast()) {
                    throw e;
                }
            }
        }
        throw new IllegalStateException("there are algorithms");
    }

    static Algorithm algorithm(String name) {
        return Algorithm.named(name)
                .orElseThrow(() -> CommandException.usage("there is no algorithm " + name + "; there are "
                        + String.join(
                                ", ",
                                List.of(Algorithm.values()).stream()
                                        .map(Enum::name)
                                        .toList())));
    }
}
