package dev.latchkey.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerifierTest {
    private final Verifier verifier = Forge.expectations().build();

    @ParameterizedTest
    @EnumSource(RefusalReason.class)
    void everyReasonIsGivenInASentence(RefusalReason reason) {
        String token = switch (reason) {
            case EXPIRED -> Forge.withClaims(Forge.claimsBut("exp", "" + Forge.at(0)));
            case NOT_YET_VALID -> Forge.withClaims(Forge.claimsBut("nbf", "" + Forge.at(1)));
            case BAD_SIGNATURE -> Forge.token(Forge.HEADER, Forge.CLAIMS, Forge.STRANGER);
            case MALFORMED -> "not a token";
            case WRONG_ISSUER -> Forge.withClaims(Forge.claimsBut("iss", "\"joe\""));
            case WRONG_AUDIENCE -> Forge.withClaims(Forge.claimsBut("aud", "\"joe\""));
            case WRONG_TYPE -> Forge.withHeader("{\"alg\":\"ES256\",\"typ\":\"JWT\"}");
            case UNSUPPORTED_ALGORITHM -> Forge.withHeader("{\"alg\":\"none\"}");
            case UNKNOWN_KEY -> Forge.withHeader("{\"alg\":\"ES256\",\"kid\":\"joe\"}");
            case MISSING_CLAIM -> Forge.withClaims(Forge.claimsBut("sub", ""));
        };
        String message = switch (reason) {
            case EXPIRED -> "the token expired at 2026-03-01T12:00:00Z";
            case NOT_YET_VALID -> "the token is not valid before 2026-03-01T12:00:01Z";
            case BAD_SIGNATURE -> "the token's signature is wrong";
            case MALFORMED -> "a signed token has three parts";
            case WRONG_ISSUER -> "the token was not issued by https://login.example";
            case WRONG_AUDIENCE -> "the token is not for https://orders.example";
            case WRONG_TYPE -> "the token is not of the type at+jwt";
            case UNSUPPORTED_ALGORITHM -> "the token is not signed with an expected algorithm: [ES256]";
            case UNKNOWN_KEY -> "the token is signed with a key that is not known here";
            case MISSING_CLAIM -> "the token has no sub";
        };

        assertThat(verifier.check(token)).isEqualTo(new Refusal(reason, message));
        assertThatThrownBy(() -> verifier.verify(token)).isInstanceOfSatisfying(TokenRefusedException.class, e -> {
            assertThat(e.reason()).isEqualTo(reason);
            assertThat(e).hasMessage(message);
        });
        assertThat(reason.code())
                .isEqualTo(reason.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
    }

    @Test
    void whatWasVerifiedCanBeAsked() {
        VerifiedToken token = verifier.verify(Forge.withClaims(
                Forge.claims(",\"roles\":[\"admin\",\"user\"],\"scope\":\"a b\",\"n\":5,\"nbf\":" + Forge.at(-1))));

        assertThat(token.subject()).isEqualTo("alice");
        assertThat(token.issuer()).isEqualTo(Forge.ISSUER);
        assertThat(token.audience()).containsExactly(Forge.AUDIENCE);
        assertThat(token.expiresAt()).isEqualTo(Forge.NOW.plusSeconds(60));
        assertThat(token.issuedAt()).isEqualTo(Forge.NOW.minusSeconds(60));
        assertThat(token.id()).isEqualTo("1");
        assertThat(token.strings("roles")).containsExactly("admin", "user");
        assertThat(token.strings("scope")).containsExactly("a b");
        assertThat(token.strings("n")).isEmpty();
        assertThat(token.strings("absent")).isEmpty();
        assertThat(token.string("n")).isNull();
        assertThat(token.keyId()).isEqualTo("ec");
        assertThat(token.algorithm()).isEqualTo(Algorithm.ES256);
        assertThat(token.header()).containsEntry("typ", "at+jwt");
        assertThatThrownBy(() -> token.claims().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void anExpiredTokenIsTakenOnlyWhereThatIsWaivedAndAnUnsignedOneNever() {
        VerifierBuilder builder = Verifier.with(Forge.EC_KEY)
                .anyIssuer()
                .anyAudience()
                .anyType()
                .algorithms(Algorithm.ES256)
                .clock(() -> Forge.NOW);
        String expired = Forge.withClaims("{\"exp\":1}");

        assertThat(builder.build().check(expired))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.reason()).isEqualTo(RefusalReason.EXPIRED));
        assertThat(builder.evenExpired().build().check(expired)).isInstanceOf(VerifiedToken.class);
        assertThat(builder.build().check(expired.substring(0, expired.lastIndexOf('.') + 1)))
                .isInstanceOf(Refusal.class);
        assertThat(builder.build().check(Forge.withClaims("{}"))).isInstanceOf(Refusal.class);
    }

    @Test
    void aTokenWithoutSubjectHasNone() {
        VerifiedToken token = Verifier.with(Forge.EC_KEY)
                .anyIssuer()
                .anyAudience()
                .anyType()
                .neverExpiring()
                .algorithms(Algorithm.ES256)
                .build()
                .verify(Forge.withClaims("{}"));

        assertThatThrownBy(token::subject).isInstanceOf(IllegalStateException.class);
        assertThat(token.issuer()).isNull();
        assertThat(token.expiresAt()).isNull();
        assertThat(token.audience()).isEmpty();
    }

    @Test
    void everyForgottenExpectationIsNamed() {
        assertThatThrownBy(() -> Verifier.with(Forge.EC_KEY).build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a verifier has to be told what to expect: algorithms(…) is missing,"
                        + " issuer(…) or anyIssuer() is missing, audience(…) or anyAudience() is missing,"
                        + " type(…) or anyType() is missing");
        assertThatThrownBy(() -> Forge.expectations().anyIssuer().build())
                .hasMessage(
                        "a verifier has to be told what to expect: issuer(…) and anyIssuer() contradict each other");
        assertThatThrownBy(() -> Forge.expectations().issuer("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Forge.expectations().leeway(Duration.ofHours(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Forge.expectations().maxLength(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "exp, 0, true",
        "exp, -29, true",
        "exp, -30, false",
        "nbf, 30, true",
        "nbf, 31, false",
        "iat, 90, true",
        "iat, 91, false"
    })
    void leewayMovesEveryTime(String claim, long seconds, boolean accepted) {
        Verifier lenient = Forge.expectations().leeway(Duration.ofSeconds(30)).build();
        String token = Forge.withClaims(Forge.claimsBut(claim, "" + Forge.at(seconds)));

        assertThat(lenient.check(token)).isInstanceOf(accepted ? VerifiedToken.class : Refusal.class);
    }

    @Test
    void timesMayHaveFractions() {
        VerifiedToken token = verifier.verify(Forge.withClaims(Forge.claimsBut("exp", Forge.at(0) + ".5")));
        assertThat(token.expiresAt()).isEqualTo(Forge.NOW.plusMillis(500));

        VerifiedToken finest = verifier.verify(Forge.withClaims(Forge.claimsBut("exp", "1.7723664600000000001e9")));
        assertThat(finest.expiresAt()).isEqualTo(Instant.ofEpochSecond(1_772_366_460));
    }

    @ParameterizedTest
    @ValueSource(strings = {"at+jwt", "AT+JWT", "application/at+jwt", "Application/At+Jwt"})
    void theTypeIsComparedAsAMediaType(String type) {
        String token = Forge.withHeader("{\"alg\":\"ES256\",\"typ\":\"" + type + "\"}");

        assertThat(verifier.check(token)).isInstanceOf(VerifiedToken.class);
        assertThat(Forge.expectations().type("application/at+jwt").build().check(token))
                .isInstanceOf(VerifiedToken.class);
    }

    @Test
    void claimsThatAreToBeStringsAreNothingElse() {
        Verifier verifier = Forge.expectations().strings("scope").build();

        assertThat(verifier.check(Forge.good())).isInstanceOf(VerifiedToken.class);
        assertThat(verifier.check(Forge.withClaims(Forge.claims(",\"scope\":\"a b\""))))
                .isInstanceOf(VerifiedToken.class);
        assertThat(Stream.of("1", "true", "null", "[\"a\",\"b\"]", "{\"a\":1}")
                        .map(value -> verifier.check(Forge.withClaims(Forge.claims(",\"scope\":" + value)))))
                .allSatisfy(verification -> assertThat(verification)
                        .isInstanceOfSatisfying(
                                Refusal.class,
                                refusal -> assertThat(refusal.reason()).isEqualTo(RefusalReason.MALFORMED)));
    }

    @Test
    void whatIsEncodedMayBeSaidAloud() {
        String header = Forge.HEADER.replace("}", ",\"b64\":true}");

        assertThat(Forge.expectations().build().check(Forge.withHeader(header))).isInstanceOf(VerifiedToken.class);
    }

    @Test
    void oneAudienceOfSeveralIsEnough() {
        String token = Forge.withClaims(Forge.claimsBut("aud", "[\"joe\",\"" + Forge.AUDIENCE + "\"]"));

        assertThat(verifier.check(token)).isInstanceOf(VerifiedToken.class);
        assertThat(Forge.expectations().audience("x").build().check(token)).isInstanceOf(VerifiedToken.class);
    }

    @Test
    void withoutANameEveryKeyIsTried() {
        Verifier several = Verifier.with(JwkSet.of(Forge.STRANGER, Forge.RSA_KEY, Forge.EC_KEY))
                .anyIssuer()
                .anyAudience()
                .anyType()
                .algorithms(Algorithm.ES256, Algorithm.RS256)
                .clock(InstantSource.fixed(Forge.NOW))
                .build();

        assertThat(several.verify(Forge.withHeader("{\"alg\":\"ES256\"}")).keyId())
                .isEqualTo("ec");
        assertThat(several.verify(Forge.token("{\"alg\":\"RS256\"}", Forge.CLAIMS, Forge.RSA_KEY))
                        .keyId())
                .isEqualTo("rsa");
    }

    @Test
    void aSourceThatAnswersWithAKeyOfAnotherAlgorithmDoesNotDecide() {
        Verifier misled = Verifier.with((keyId, algorithm) -> List.of(Forge.EC_KEY, Forge.SECRET))
                .anyIssuer()
                .anyAudience()
                .anyType()
                .algorithms(Algorithm.RS256)
                .clock(InstantSource.fixed(Forge.NOW))
                .build();

        assertThat(misled.check(Forge.token("{\"alg\":\"RS256\"}", Forge.CLAIMS, Forge.EC_KEY)))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.reason()).isEqualTo(RefusalReason.UNKNOWN_KEY));
    }

    @Test
    void theLimitOnLengthCanBeMoved() {
        String token = Forge.good();

        assertThat(Forge.expectations().maxLength(token.length()).build().check(token))
                .isInstanceOf(VerifiedToken.class);
        assertThat(Forge.expectations().maxLength(token.length() - 1).build().check(token))
                .isInstanceOf(Refusal.class);
    }

    /** More threads than a key keeps signature objects for, all on the same key. */
    @ParameterizedTest
    @EnumSource(names = {"ES256", "HS256", "RS256", "EdDSA"})
    void keysAndVerifiersAreSharedByThreads(Algorithm algorithm) throws Exception {
        Jwk key = Jwk.generate(algorithm);
        Verifier shared = Verifier.with(key)
                .anyIssuer()
                .anyAudience()
                .anyType()
                .algorithms(algorithm)
                .build();
        Callable<Void> work = () -> {
            for (int i = 0; i < 10; i++) {
                String subject = Thread.currentThread().threadId() + "-" + i;
                String token = Jwt.create()
                        .subject(subject)
                        .expiresIn(Duration.ofMinutes(5))
                        .sign(key);
                assertThat(shared.verify(token).subject()).isEqualTo(subject);
                assertThat(shared.check(token.substring(0, token.length() - 8) + "AAAAAAAA"))
                        .isInstanceOf(Refusal.class);
            }
            return null;
        };
        try (ExecutorService threads = Executors.newFixedThreadPool(32)) {
            List<Future<Void>> futures = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                futures.add(threads.submit(work));
            }
            for (Future<Void> future : futures) {
                future.get();
            }
        }
    }
}
