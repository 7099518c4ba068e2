package dev.latchkey.guard;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.latchkey.token.Algorithm;
import dev.latchkey.token.Jwk;
import dev.latchkey.token.JwkSet;
import dev.latchkey.token.Jwt;
import dev.latchkey.token.Verifier;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** Whatever is sent is answered: never with an exception, and never as if it were somebody's. */
class GuardFuzzTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-06-01T12:00:00Z"));
    private static final Jwk KEY = Jwk.generate(Algorithm.ES256);
    private static final Guard GUARD = Guard.issuer(
                    TrustedIssuer.of(TestIssuer.NAME).keys(JwkSet.of(KEY.toPublic())))
            .audience(TestIssuer.AUDIENCE)
            .basic("orders", (name, password) -> Optional.empty())
            .apiKey("X-API-Key", key -> Optional.empty())
            .clock(CLOCK)
            .build();

    @FuzzTest
    void authorization(byte[] bytes) {
        String value = new String(bytes, StandardCharsets.ISO_8859_1);
        for (String header : new String[] {"Authorization", "X-API-Key"}) {
            Decision decision =
                    GUARD.check(SentRequest.get("https://orders.example/").with(header, value), Access.authenticated());
            assertThat(decision).isInstanceOf(Decision.Refused.class);
            RefusedAnswer answer = ((Decision.Refused) decision).answer();
            assertThat(answer.status()).isIn(400, 401);
            assertThat(answer.body()).isASCII();
            assertThat(answer.challenges())
                    .isNotEmpty()
                    .allMatch(challenge -> challenge.chars().allMatch(c -> c >= 0x20 && c <= 0x7e));
        }
    }

    @FuzzTest
    void proof(byte[] bytes) {
        String token = Jwt.create(CLOCK)
                .type("at+jwt")
                .issuer(TestIssuer.NAME)
                .subject("alice")
                .audience(TestIssuer.AUDIENCE)
                .claim("client_id", "web")
                .claim("cnf", Map.of("jkt", KEY.thumbprint()))
                .expiresAt(CLOCK.instant().plusSeconds(60))
                .id("1")
                .sign(KEY);
        SentRequest request = SentRequest.get("https://orders.example/")
                .with("Authorization", "DPoP " + token)
                .with("DPoP", new String(bytes, StandardCharsets.ISO_8859_1));

        assertThat(GUARD.check(request, Access.authenticated())).isInstanceOf(Decision.Refused.class);
    }

    @FuzzTest
    void statusList(byte[] bytes) {
        String token = Jwt.create(CLOCK)
                .type("statuslist+jwt")
                .subject("https://login.example/status-lists/0")
                .expiresAt(CLOCK.instant().plusSeconds(60))
                .claim(
                        "status_list",
                        Map.of(
                                "bits",
                                1,
                                "lst",
                                Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)))
                .sign(KEY);
        try {
            StatusList list = StatusList.parse(token, "https://login.example/status-lists/0", verifier());
            assertThat(list.isValid(8L * StatusList.MAX_BYTES)).isFalse();
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageContaining("status list");
        }
    }

    private static Verifier verifier() {
        return Verifier.with(KEY)
                .algorithms(Algorithm.ES256)
                .type("statuslist+jwt")
                .anyIssuer()
                .anyAudience()
                .clock(CLOCK)
                .maxLength(StatusList.MAX_TEXT)
                .build();
    }
}
