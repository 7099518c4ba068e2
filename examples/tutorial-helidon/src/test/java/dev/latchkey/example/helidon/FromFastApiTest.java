package dev.latchkey.example.helidon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.guard.Access;
import dev.latchkey.guard.Caller;
import dev.latchkey.guard.Guard;
import dev.latchkey.guard.helidon.HelidonGuard;
import dev.latchkey.token.Algorithm;
import dev.latchkey.token.Jwk;
import dev.latchkey.token.Jwt;
import dev.latchkey.token.Refusal;
import dev.latchkey.token.VerifiedToken;
import dev.latchkey.token.Verifier;
import io.helidon.webserver.http.HttpRouting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The code of docs/guide/from-fastapi.md: it is here or in the applications letter by letter, and compiles. */
class FromFastApiTest {
    private static final Pattern JAVA_BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @Test
    void theGuideShowsWhatIsHere() throws IOException {
        String examples;
        try (Stream<Path> files = Files.walk(Path.of(".."))) {
            examples = files.filter(file -> file.toString().endsWith(".java") && Files.isRegularFile(file))
                    .map(FromFastApiTest::letters)
                    .collect(Collectors.joining("\n"));
        }
        List<String> blocks = JAVA_BLOCK
                .matcher(Files.readString(Path.of("../../docs/guide/from-fastapi.md")))
                .results()
                .map((MatchResult block) -> letters(block.group(1)))
                .toList();

        assertThat(blocks)
                .hasSizeGreaterThan(5)
                .allSatisfy(block -> assertThat(examples).contains(block));
    }

    private static String letters(Path file) {
        try {
            return letters(Files.readString(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String letters(String text) {
        return text.replaceAll("\\s+", "");
    }

    @Test
    void aTokenIsMadeAndRead() {
        assertThat(greeting("alice")).isEqualTo("Hello alice");
    }

    private static String greeting(String name) {
        Jwk key = Jwk.generate(Algorithm.ES256);
        String token = Jwt.create()
                .issuer("https://login.example")
                .subject(name)
                .audience("https://orders.example")
                .expiresIn(Duration.ofMinutes(15))
                .sign(key);

        Verifier verifier = Verifier.with(key)
                .issuer("https://login.example")
                .audience("https://orders.example")
                .type("JWT")
                .algorithms(Algorithm.ES256)
                .build();
        String answer = switch (verifier.check(token)) {
            case VerifiedToken verified -> "Hello " + verified.subject();
            case Refusal refusal -> refusal.reason().code();
        };
        return answer;
    }

    @Test
    void aSecretStandsForAnIssuer() {
        try (Guard guard = shared("a secret of at least 32 bytes, and this is one")) {
            greeting(HelidonGuard.of(guard), HttpRouting.builder());
        }
    }

    private static Guard shared(String secret) {
        Guard guard =
                Guard.sharedSecret(secret).audience("https://orders.example").build();
        return guard;
    }

    private static void greeting(HelidonGuard api, HttpRouting.Builder routing) {
        routing.get(
                "/user",
                api.protect(
                        Access.authenticated(), (request, response, caller) -> response.send(caller.displayName())));
        routing.get(
                "/greeting",
                api.require(Access.optional()),
                (request, response) -> response.send("Hello "
                        + HelidonGuard.caller(request).map(Caller::displayName).orElse("stranger")));
    }
}
