package dev.latchkey.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.token.Algorithm;
import dev.latchkey.token.Json;
import dev.latchkey.token.Jwk;
import dev.latchkey.token.JwkSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TokenCommandTest {
    private static final String SECRET = "correct horse battery staple, twice over";
    private static final String LONG_SECRET = SECRET + SECRET;

    @TempDir
    private Path folder = Path.of("");

    private static String create(String... more) {
        return Shell.plain()
                .run(with(more, "token", "create", "--secret", SECRET))
                .line();
    }

    private static String[] with(String[] more, String... first) {
        String[] all = new String[first.length + more.length];
        System.arraycopy(first, 0, all, 0, first.length);
        System.arraycopy(more, 0, all, first.length, more.length);
        return all;
    }

    @Test
    void anotherLibraryVerifiesWhatCreatePrints() throws ParseException, JOSEException {
        SignedJWT token = SignedJWT.parse(create(
                "--sub",
                "Sir Ameen",
                "--expires",
                "1m",
                "--claim",
                "admin=true",
                "--claim",
                "name=Sir A.",
                "--audience",
                "a",
                "--audience",
                "b",
                "--issuer",
                "https://i",
                "--id",
                "1",
                "--not-before",
                "5s",
                "--type",
                "at+jwt"));
        assertThat(token.verify(new MACVerifier(SECRET))).isTrue();
        assertThat(token.getHeader().getType()).hasToString("at+jwt");
        JWTClaimsSet claims = token.getJWTClaimsSet();
        assertThat(claims.getSubject()).isEqualTo("Sir Ameen");
        assertThat(claims.getAudience()).containsExactly("a", "b");
        assertThat(claims.getIssueTime()).isEqualTo(Date.from(Shell.NOW));
        assertThat(claims.getNotBeforeTime()).isEqualTo(Date.from(Shell.NOW.plusSeconds(5)));
        assertThat(claims.getExpirationTime()).isEqualTo(Date.from(Shell.NOW.plusSeconds(60)));
        assertThat(claims.getBooleanClaim("admin")).isTrue();
        assertThat(claims.getStringClaim("name")).isEqualTo("Sir A.");
    }

    @Test
    void verifiesWhatAnotherLibraryMade() throws JOSEException {
        SignedJWT token = new SignedJWT(
                new JWSHeader(JWSAlgorithm.HS512),
                new JWTClaimsSet.Builder()
                        .subject("Sir Ameen")
                        .expirationTime(Date.from(Shell.NOW.plusSeconds(9)))
                        .build());
        token.sign(new MACSigner(LONG_SECRET));
        Shell.Outcome outcome = Shell.plain().run("token", "verify", "--secret", LONG_SECRET, token.serialize());
        assertThat(outcome.exitCode()).isZero();
        assertThat(Json.parseObject(outcome.out())).containsEntry("sub", "Sir Ameen");
        assertThat(outcome.err()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--issuer i2 | wrong-issuer",
                "--audience b | wrong-audience",
                "--type at+jwt | wrong-type",
                "--algorithms HS384,HS512 | unsupported-algorithm",
                "--require sub,email | missing-claim",
            })
    void refusesWithTheNameOfTheReason(String option, String reason) {
        String token = Shell.plain()
                .run("token", "create", "--secret", LONG_SECRET, "--sub", "s", "--issuer", "i1", "--audience", "a")
                .line();
        Shell.Outcome outcome =
                Shell.plain().run(with(option.split(" ", -1), "token", "verify", token, "--secret", LONG_SECRET));
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).startsWith(reason + ": ").hasLineCount(1);
    }

    @Test
    void refusesWhatIsTooOldTooYoungOrChanged() {
        String token = create("--expires", "1m", "--not-before", "10s");
        assertThat(verify(Shell.plain().at(Shell.NOW.plusSeconds(10)), SECRET, token)
                        .exitCode())
                .isZero();
        assertThat(verify(Shell.plain(), SECRET, token).err()).startsWith("not-yet-valid: ");
        assertThat(verify(Shell.plain().at(Shell.NOW.plusSeconds(60)), SECRET, token)
                        .err())
                .startsWith("expired: ");
        assertThat(verify(Shell.plain(), SECRET + "x", token).err()).startsWith("bad-signature: ");
        assertThat(verify(Shell.plain(), SECRET, token + "=").err()).startsWith("malformed: ");
    }

    private static Shell.Outcome verify(Shell shell, String secret, String token) {
        return shell.run("token", "verify", "--secret", secret, token);
    }

    @Test
    void readsOneTokenALine() {
        String good = create("--sub", "s");
        Shell.Outcome outcome =
                Shell.plain().with(good + "\r\nnonsense\n\n" + good).run("token", "verify", "--secret", SECRET, "-");
        List<String> lines = outcome.out().lines().toList();
        assertThat(lines).hasSize(4);
        assertThat(Json.parseObject(lines.get(0)))
                .containsEntry("valid", true)
                .containsEntry("reason", null)
                .hasEntrySatisfying(
                        "claims",
                        claims -> assertThat(claims)
                                .asInstanceOf(InstanceOfAssertFactories.MAP)
                                .containsEntry("sub", "s"));
        assertThat(Json.parseObject(lines.get(1)))
                .containsEntry("valid", false)
                .containsEntry("reason", "malformed")
                .containsEntry("claims", null);
        assertThat(Json.parseObject(lines.get(2))).containsEntry("reason", "malformed");
        assertThat(lines.get(3)).isEqualTo(lines.get(0));
        assertThat(outcome.exitCode()).isEqualTo(1);
    }

    @Test
    void theSecretCanComeFromTheEnvironmentOrAFile() throws IOException {
        Path file = folder.resolve("secret");
        Files.writeString(file, SECRET + "\n");
        String token = Shell.plain()
                .with(Map.of("LATCHKEY_SECRET", SECRET))
                .run("token", "create")
                .line();
        assertThat(verify(Shell.plain(), "@" + file, token).exitCode()).isZero();
        assertThat(verify(Shell.plain(), "@" + folder.resolve("none"), token))
                .isEqualTo(new Shell.Outcome(1, "", "latchkey: cannot read " + folder.resolve("none") + "\n"));
    }

    @Test
    void aShortSecretIsRefusedWithTheLengthItNeeds() {
        assertThat(Shell.plain().run("token", "create", "--secret", "hunter2"))
                .isEqualTo(new Shell.Outcome(
                        1, "", "latchkey: a secret for HS256 has at least 32 bytes, this one has 7 (RFC 7518 §3.2)\n"));
    }

    @ParameterizedTest
    @EnumSource(
            value = Algorithm.class,
            names = {"RS256", "PS256", "ES256", "ES384", "EdDSA"})
    void signsWithAKeyFileAndVerifiesByItsKeySet(Algorithm algorithm) throws IOException {
        Jwk key = Jwk.generate(algorithm);
        Path privateKey = folder.resolve("private.jwk");
        Path keySet = folder.resolve("jwks.json");
        Files.writeString(privateKey, Json.write(key.toMap()));
        Files.writeString(keySet, JwkSet.of(key).toJson());
        String token = Shell.plain()
                .run("token", "create", "--key", privateKey.toString(), "--sub", "s")
                .line();
        assertThat(Shell.plain()
                        .run("token", "verify", "--jwks", keySet.toString(), token)
                        .exitCode())
                .isZero();
        assertThat(Shell.plain()
                        .run("token", "verify", "--secret", SECRET, token)
                        .err())
                .startsWith("unsupported-algorithm");
        Shell.Outcome wrong = Shell.plain().run("token", "create", "--key", privateKey.toString(), "--alg", "HS256");
        assertThat(wrong.err()).contains("holds a key for " + algorithm).hasLineCount(1);
    }

    @Test
    void decodePrintsWithoutChecking() {
        String token = create("--sub", "s", "--expires", "1s");
        String forged = token.substring(0, token.lastIndexOf('.') + 1) + "AAAA";
        Shell late = Shell.plain().at(Shell.NOW.plusSeconds(99));
        assertThat(Json.parseObject(late.run("token", "decode", forged).out())).containsEntry("sub", "s");
        assertThat(late.run("token", "decode", "--header", forged).out()).startsWith("{\"header\":{\"alg\":\"HS256\"");
        assertThat(late.run("token", "decode", "x.y.z").exitCode()).isEqualTo(1);
        assertThat(late.with(token + "\n" + token).run("token", "decode", "-").out())
                .hasLineCount(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "token create | --secret or --key is missing",
                "token create --secret a --key b | exclude each other",
                "token create --secret 0123456789012345678901234567890123456789 --alg none | there is no algorithm"
                        + " none",
                "token create --secret 0123456789012345678901234567890123456789 --expires soon | --expires has to be a"
                        + " duration",
                "token create --secret 0123456789012345678901234567890123456789 --claim exp=1 | has an option of its"
                        + " own",
                "token create --secret 0123456789012345678901234567890123456789 --claim x | has to be NAME=VALUE",
                "token create --sup x | there is no option --sup; did you mean --sub?",
                "token verify --secret 0123456789012345678901234567890123456789 | TOKEN is missing",
                "token verify x | --secret or --jwks is missing",
                "tokn | there is no command tokn; did you mean token?",
                "help tokn | there is no command tokn",
            })
    void wrongUsageIsOneLineAndExitCode2(String line, String message) {
        Shell.Outcome outcome = Shell.plain().run(line.split(" ", -1));
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).startsWith("latchkey: ").contains(message).hasLineCount(1);
    }
}
