package dev.latchkey.server.command;

import dev.latchkey.token.Algorithm;
import dev.latchkey.token.Json;
import dev.latchkey.token.Jwk;
import dev.latchkey.token.JwkSet;
import dev.latchkey.token.KeySource;
import dev.latchkey.token.Refusal;
import dev.latchkey.token.Verification;
import dev.latchkey.token.VerifiedToken;
import dev.latchkey.token.Verifier;
import dev.latchkey.token.VerifierBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code token verify}: says whether a token is good, and what it claims. */
final class TokenVerify implements Command {
    private static final int BITS_PER_BYTE = 8;

    @Override
    public Syntax syntax() {
        return Syntax.of(
                        "verify",
                        "Checks a token and prints its claims. Exit code 1 and the name of the reason when it is"
                                + " refused.")
                .option(
                        "--secret",
                        "SECRET",
                        "The shared secret; @FILE reads it from a file; without --secret and --jwks it is "
                                + SecretText.VARIABLE + " of the environment.")
                .option("--jwks", "FILE-OR-URL", "The key set, a file or an http(s) URL; also one JWK.")
                .option("--issuer", "ISSUER", "Its iss; any unless given.")
                .repeated("--audience", "AUDIENCE", "Its aud, or one of several; any unless given.")
                .option("--type", "TYPE", "Its typ, as at+jwt; any unless given.")
                .option("--algorithms", "A,B", "The algorithms; all that fit the keys unless given.")
                .option("--require", "C,D", "Claims it must have besides.")
                .option("--leeway", "DURATION", "How far clocks may differ; none unless given.")
                .flag("--allow-no-expiry", "Takes a token without exp.")
                .positional(
                        "TOKEN",
                        "The token; - reads one a line from standard input and prints a line of JSON for each: "
                                + "{valid, reason, claims}.");
    }

    @Override
    public int run(Arguments arguments, Terminal terminal) throws IOException {
        Verifier verifier = verifier(arguments, terminal);
        if (arguments.positional().equals("-")) {
            return verifyLines(verifier, terminal);
        }
        return switch (verifier.check(arguments.positional())) {
            case VerifiedToken token -> {
                terminal.out().println(Json.write(token.claims()));
                yield OK;
            }
            case Refusal refusal -> {
                terminal.err().println(refusal.reason().code() + ": " + refusal.message());
                yield REFUSED;
            }
        };
    }

    private static int verifyLines(Verifier verifier, Terminal terminal) throws IOException {
        int exitCode = OK;
        LineInput input = new LineInput(terminal);
        for (Optional<String> token = input.next(); token.isPresent(); token = input.next()) {
            Verification verification = verifier.check(token.get());
            terminal.out().println(Json.write(result(verification)));
            if (verification instanceof Refusal) {
                exitCode = REFUSED;
            }
        }
        return exitCode;
    }

    private static Map<String, @Nullable Object> result(Verification verification) {
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        switch (verification) {
            case VerifiedToken token -> {
                result.put("valid", true);
                result.put("reason", null);
                result.put("claims", token.claims());
            }
            case Refusal refusal -> {
                result.put("valid", false);
                result.put("reason", refusal.reason().code());
                result.put("claims", null);
                result.put("message", refusal.message());
            }
        }
        return result;
    }

    private static Verifier verifier(Arguments arguments, Terminal terminal) {
        Optional<String> jwks = arguments.text("--jwks");
        if (jwks.isPresent() && arguments.flag("--secret")) {
            throw CommandException.usage("--secret and --jwks exclude each other");
        }
        VerifierBuilder verifier = jwks.isPresent()
                ? withKeys(JwksInput.read(jwks.get()), arguments)
                : withSecret(
                        SecretText.find(arguments, terminal)
                                .orElseThrow(() -> CommandException.usage("--secret or --jwks is missing")),
                        arguments);
        arguments.text("--issuer").ifPresentOrElse(verifier::issuer, verifier::anyIssuer);
        arguments.text("--type").ifPresentOrElse(verifier::type, verifier::anyType);
        List<String> audience = arguments.all("--audience");
        if (audience.isEmpty()) {
            verifier.anyAudience();
        } else {
            verifier.audience(audience.toArray(String[]::new));
        }
        verifier.require(arguments.list("--require").toArray(String[]::new)).clock(terminal.clock());
        if (arguments.flag("--allow-no-expiry")) {
            verifier.neverExpiring();
        }
        try {
            arguments.duration("--leeway").ifPresent(verifier::leeway);
        } catch (IllegalArgumentException e) {
            throw CommandException.usage("--leeway: " + e.getMessage());
        }
        return verifier.build();
    }

    private static VerifierBuilder withKeys(KeySource keys, Arguments arguments) {
        return Verifier.with(keys)
                .algorithms(algorithms(
                        arguments,
                        Arrays.stream(Algorithm.values())
                                .filter(algorithm -> !algorithm.isSymmetric())
                                .toList()));
    }

    private static VerifierBuilder withSecret(String secret, Arguments arguments) {
        int bits = secret.getBytes(StandardCharsets.UTF_8).length * BITS_PER_BYTE;
        List<Algorithm> fitting = Arrays.stream(Algorithm.values())
                .filter(Algorithm::isSymmetric)
                .filter(algorithm -> algorithm == Algorithm.HS256
                        || Integer.parseInt(algorithm.name().substring(2)) <= bits)
                .toList();
        Algorithm[] chosen = algorithms(arguments, fitting);
        List<Jwk> keys = Arrays.stream(chosen)
                .map(algorithm -> KeyText.secret(algorithm, secret))
                .toList();
        return Verifier.with(JwkSet.of(keys)).algorithms(chosen);
    }

    private static Algorithm[] algorithms(Arguments arguments, List<Algorithm> otherwise) {
        List<Algorithm> named =
                arguments.list("--algorithms").stream().map(KeyText::algorithm).toList();
        return (named.isEmpty() ? otherwise : named).toArray(Algorithm[]::new);
    }
}
