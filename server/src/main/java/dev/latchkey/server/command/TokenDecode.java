package dev.latchkey.server.command;

import dev.latchkey.token.Json;
import dev.latchkey.token.TokenRefusedException;
import dev.latchkey.token.UnverifiedToken;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** {@code token decode}: prints what a token says, without any check of its signature. */
final class TokenDecode implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.of("decode", "Prints the claims of a token without checking it: nothing it says is proven.")
                .flag("--header", "Prints the header too: {header, claims}.")
                .positional("TOKEN", "The token; - reads one a line from standard input and prints a line for each.");
    }

    @Override
    public int run(Arguments arguments, Terminal terminal) throws IOException {
        boolean withHeader = arguments.flag("--header");
        if (!arguments.positional().equals("-")) {
            return decode(arguments.positional(), withHeader, terminal);
        }
        int exitCode = OK;
        LineInput input = new LineInput(terminal);
        for (Optional<String> token = input.next(); token.isPresent(); token = input.next()) {
            exitCode = Math.max(exitCode, decode(token.get(), withHeader, terminal));
        }
        return exitCode;
    }

    private static int decode(String text, boolean withHeader, Terminal terminal) {
        try {
            UnverifiedToken token = UnverifiedToken.parse(text);
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("header", token.header());
            all.put("claims", token.claims());
            terminal.out().println(Json.write(withHeader ? all : token.claims()));
            return OK;
        } catch (TokenRefusedException e) {
            terminal.err().println(e.reason().code() + ": " + e.getMessage());
            return REFUSED;
        }
    }
}
