package dev.latchkey.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Hundreds of tokens that must not be accepted, each with the reason that must be given. */
class BadTokenTest {
    private static final List<String> UNQUOTED = List.of("alice", "admin", "evil", "eyJ");

    private final Verifier strict = Forge.expectations().build();
    /** One that takes every algorithm: what {@code alg} says must not matter more than which key it is. */
    private final Verifier generous =
            Forge.expectations().algorithms(Algorithm.values()).build();

    static Stream<BadToken> all() {
        return Stream.of(BadSpellings.all(), BadHeaders.all(), BadClaims.all(), BadSignatures.all())
                .flatMap(tokens -> tokens);
    }

    @Test
    void theGoodOneIsAccepted() {
        assertThat(strict.check(Forge.good())).isInstanceOf(VerifiedToken.class);
        assertThat(strict.check(Forge.builtGood())).isInstanceOf(VerifiedToken.class);
    }

    @Test
    void thereAreEnough() {
        assertThat(all()).hasSizeGreaterThan(300).extracting(BadToken::name).doesNotHaveDuplicates();
    }

    @ParameterizedTest(quoteTextArguments = false)
    @MethodSource("all")
    void isRefused(BadToken bad) {
        boolean confused =
                bad.reason() == RefusalReason.UNKNOWN_KEY && bad.name().startsWith("public bytes");
        Verifier verifier = confused ? generous : strict;
        verifier.verify(Forge.good()); // a header that was accepted is recognised: it must not help others
        Verification verification = verifier.check(bad.token());

        assertThat(verification).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.reason()).isEqualTo(bad.reason());
            assertThat(refusal.message()).isNotBlank().hasSizeLessThan(200);
            assertThat(UNQUOTED).noneMatch(part -> refusal.message().contains(part));
        });
    }

    @ParameterizedTest(quoteTextArguments = false)
    @MethodSource("all")
    void isRefusedByAGenerousVerifierToo(BadToken bad) {
        assertThat(generous.check(bad.token())).isInstanceOf(Refusal.class);
    }

    @ParameterizedTest(quoteTextArguments = false)
    @MethodSource("all")
    void isNotReadIfMalformed(BadToken bad) {
        if (bad.reason() == RefusalReason.MALFORMED) {
            assertThat(catching(bad.token())).isEqualTo(RefusalReason.MALFORMED);
        }
    }

    private static RefusalReason catching(String token) {
        try {
            UnverifiedToken.parse(token);
            throw new AssertionError("was read");
        } catch (TokenRefusedException e) {
            return e.reason();
        }
    }
}
