package dev.latchkey.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The code of README.md, run. */
class ReadmeTest {
    private static final Pattern SNIPPET = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);

    private final List<String> logged = new ArrayList<>();

    @Test
    void theCodeOfTheReadmeRuns() {
        Jwk key = Jwk.generate(Algorithm.ES256);
        String token = Jwt.create()
                .issuer("https://login.example")
                .subject("Sir Ameen")
                .audience("https://orders.example")
                .type("at+jwt")
                .expiresIn(Duration.ofMinutes(1))
                .sign(key);

        JwkSet keys = JwkSet.parse(JwkSet.of(key).toJson());
        Verifier verifier = Verifier.with(keys)
                .issuer("https://login.example")
                .audience("https://orders.example")
                .algorithms(Algorithm.ES256)
                .type("at+jwt")
                .require("sub")
                .build();
        String subject = verifier.verify(token).subject();
        assertThat(subject).isEqualTo("Sir Ameen");

        token += "x";
        Verification verification = verifier.check(token);
        if (verification instanceof Refusal refusal) {
            log(refusal.reason().code() + ": " + refusal.message());
        }
        assertThat(logged).containsExactly("malformed: the token's signature is not canonical base64url");

        String pem = PemTest.pem("es256-pkcs8");
        byte[] secret = new byte[32];
        Jwk fromJwk = Jwk.parse(key.toJson());
        Jwk fromPem = Jwk.ofPem(Algorithm.ES256, pem);
        Jwk shared = Jwk.secret(Algorithm.HS256, secret);
        assertThat(List.of(fromJwk, fromPem, shared)).allMatch(Jwk::canSign);
    }

    @Test
    void theCodeOfTheReadmeIsThatOfThisTest() throws IOException {
        String test = squeezed(Files.readString(Path.of("src/test/java/dev/latchkey/token/ReadmeTest.java")));
        List<String> snippets = SNIPPET.matcher(Files.readString(Path.of("README.md")))
                .results()
                .map((MatchResult match) -> squeezed(match.group(1)))
                .toList();

        assertThat(snippets).hasSize(4).allSatisfy(snippet -> assertThat(test).contains(snippet));
    }

    private static String squeezed(String code) {
        return code.replaceAll("\\s+", " ").strip();
    }

    private void log(String line) {
        logged.add(line);
    }
}
