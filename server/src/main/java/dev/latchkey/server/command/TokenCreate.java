package dev.latchkey.server.command;

import dev.latchkey.token.Algorithm;
import dev.latchkey.token.Json;
import dev.latchkey.token.JsonException;
import dev.latchkey.token.Jwk;
import dev.latchkey.token.Jwt;
import dev.latchkey.token.JwtBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code token create}: prints a signed JWT. */
final class TokenCreate implements Command {
    private static final Duration DEFAULT_LIFETIME = Duration.ofMinutes(15);
    private static final Set<String> OWN_OPTIONS = Set.of("sub", "iss", "aud", "exp", "nbf", "iat", "jti");

    @Override
    public Syntax syntax() {
        return Syntax.of("create", "Prints a signed JWT.")
                .option("--sub", "SUBJECT", "Whom it is about.")
                .option("--expires", "DURATION", "How long it is good: 90s, 15m, 12h, 30d; 15m unless given.")
                .repeated(
                        "--claim",
                        "NAME=VALUE",
                        "A claim more; a value that is JSON is taken as such, other text as text.")
                .option("--issuer", "ISSUER", "Who issues it.")
                .repeated("--audience", "AUDIENCE", "Whom it is for.")
                .option("--id", "ID", "Its own identifier, jti.")
                .option("--not-before", "DURATION", "From now until it becomes good.")
                .option("--type", "TYPE", "The header's typ; JWT unless given.")
                .option(
                        "--secret",
                        "SECRET",
                        "The shared secret of HS256, HS384 and HS512; @FILE reads it from a file; without this option"
                                + " it is "
                                + SecretText.VARIABLE + " of the environment.")
                .option("--key", "FILE", "The private key, a JWK or PEM.")
                .option("--alg", "ALGORITHM", "The algorithm; HS256 for a secret, the key's own otherwise.");
    }

    @Override
    public int run(Arguments arguments, Terminal terminal) {
        Jwk key = key(arguments, terminal);
        JwtBuilder token = Jwt.create(terminal.clock());
        arguments.text("--issuer").ifPresent(token::issuer);
        arguments.text("--sub").ifPresent(token::subject);
        List<String> audience = arguments.all("--audience");
        if (!audience.isEmpty()) {
            token.audience(audience);
        }
        arguments.text("--id").ifPresent(token::id);
        arguments.text("--type").ifPresent(token::type);
        arguments
                .duration("--not-before")
                .ifPresent(wait -> token.notBefore(terminal.clock().instant().plus(wait)));
        arguments.all("--claim").forEach(claim -> addClaim(token, claim));
        token.expiresIn(arguments.duration("--expires").orElse(DEFAULT_LIFETIME));
        try {
            terminal.out().println(token.sign(key));
        } catch (IllegalArgumentException e) {
            throw CommandException.refused(String.valueOf(e.getMessage()));
        }
        return OK;
    }

    private static Jwk key(Arguments arguments, Terminal terminal) {
        Optional<Algorithm> algorithm = arguments.text("--alg").map(KeyText::algorithm);
        Optional<String> file = arguments.text("--key");
        if (file.isPresent()) {
            if (arguments.flag("--secret")) {
                throw CommandException.usage("--secret and --key exclude each other");
            }
            return KeyText.read(file.get(), algorithm);
        }
        String secret = SecretText.find(arguments, terminal)
                .orElseThrow(() -> CommandException.usage("--secret or --key is missing"));
        return KeyText.secret(algorithm.orElse(Algorithm.HS256), secret);
    }

    private static void addClaim(JwtBuilder token, String claim) {
        int equals = claim.indexOf('=');
        if (equals < 1) {
            throw CommandException.usage("--claim has to be NAME=VALUE");
        }
        String name = claim.substring(0, equals);
        if (OWN_OPTIONS.contains(name)) {
            throw CommandException.usage("the claim " + name + " has an option of its own or is set by itself");
        }
        token.claim(name, value(claim.substring(equals + 1)));
    }

    private static Object value(String text) {
        try {
            Object json = Json.parse(text);
            return json == null ? text : json;
        } catch (JsonException e) {
            return text;
        }
    }
}
